"""Facts of the papers: all that was registered of an arrival, and what a petitioner's request says of the matter."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from binzhou_xinfang.letters.kinds.handling import OPINION
from cases.facts import Facts, earlier_letter
from cases.models import Companion, Petition, PetitionCase, Petitioner
from cases.vocabulary import PartyRole, ReviewKind


def of_arrival(case: PetitionCase, petition: Petition) -> Facts:
    """Tell all fields of a registration; what was not written down stays empty."""
    companions = list(petition.companions.select_related("petitioner").order_by("pk"))
    return {
        **_of_person(petition.lead),
        **_of_matter(case),
        "addressee": petition.lead.name,
        "petitioner": petition.lead.name,
        "petition_number": petition.number,
        "channel": petition.get_channel_display(),
        "received_on": petition.arrived_on,
        "arrived_on": petition.arrived_on,
        "registered_at": _moment(petition),
        "registrar": petition.registrar.name if petition.registrar else "",
        "receiver": petition.registrar.name if petition.registrar else "",
        "source": " ".join(part for part in (petition.get_source_display(), petition.external_id) if part),
        "addressed_to": petition.addressed_to,
        "postmarked_on": petition.postmarked_on,
        "people_count": str(petition.people),
        "affected_count": str(petition.affected_people or ""),
        "is_repeat": "重件" if petition.is_repeat else "初件",
        "query_code": petition.query_code,
        "content": petition.content,
        "representatives": _names(companions, PartyRole.REPRESENTATIVE, PartyRole.JOINT),
        "agents": "；".join(_names(companions, PartyRole.AGENT)),
    }


def _moment(petition: Petition) -> str:
    at = timezone.localtime(petition.registered_at)
    return f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分"


def _of_person(person: Petitioner) -> Facts:
    wishes = ["要求保密" if person.wants_secrecy else "不要求保密"]
    wishes.append("同意公开" if person.consents_to_publication else "不同意公开")
    return {
        "id_kind": person.get_id_kind_display() if person.id_number else "",
        "id_number": person.id_number,
        "sex": person.get_sex_display(),
        "born_on": person.born_on,
        "ethnicity": person.ethnicity,
        "political_status": person.political_status,
        "occupation": person.get_occupation_display(),
        "employer": person.employer,
        "phone": person.phone,
        "landline": person.landline,
        "email": person.email,
        "address": person.address,
        "household": person.household_region,
        "residence": person.residence_region,
        "wishes": "，".join(wishes),
    }


def _of_matter(case: PetitionCase) -> Facts:
    first = case.petitions.select_related("unit").order_by("pk")[0]
    return {
        "first_unit": first.unit.name,
        "first_on": first.arrived_on,
        "visits": f"第{case.petition_count}次" if case.petition_count > 1 else "",
        "topic": str(case.topic or "") or "未分类",
        "purpose": case.get_purpose_display(),
        "place": f"{case.region.name}{case.region_detail}",
        "cause": case.reason,
        "accused": "、".join(part for part in (case.accused, case.enterprise) if part),
        "marks": "、".join(case.flags),
        "threat": "：".join(part for part in (case.get_threat_display(), case.threat_detail) if part),
        "responsible_unit": case.responsible.name if case.responsible else "",
        "requests": [request.text for request in case.requests.all()] or [case.summary],
        "handling": _handling(case),
    }


def _handling(case: PetitionCase) -> list[str]:
    letters = case.letters.select_related("letter").order_by("pk")
    return [f"{link.label}{link.letter.number}" for link in letters if link.move]


def _names(companions: Iterable[Companion], *roles: PartyRole) -> list[str]:
    return [
        "".join([one.petitioner.name, f"（{one.relation}）" if one.relation else ""])
        for one in companions
        if one.role in roles
    ]


def of_hearing_request(case: PetitionCase, petition: Petition) -> Facts:
    """Tell who asks whom for a hearing: the unit that handles the matter, or the body that rechecks its answer."""
    recheck = case.reviews.filter(kind=ReviewKind.RECHECK, signed_on=None).select_related("body").first()
    answer = earlier_letter(case, OPINION)
    companions = list(petition.companions.select_related("petitioner").order_by("pk"))
    facts: dict[str, Any] = {
        "addressee": recheck.body.name if recheck else (case.responsible or case.holder).name,
        "applicant": case.lead.name,
        "applicant_phone": case.lead.phone,
        "applicant_address": case.lead.address,
        "opinion_number": answer.number if answer else "",
        "representatives": _names(companions, PartyRole.REPRESENTATIVE),
        "agents": "；".join(_names(companions, PartyRole.AGENT)),
    }
    return facts
