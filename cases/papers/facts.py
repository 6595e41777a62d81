"""Facts of the papers: all that was registered of an arrival, and what a petitioner's request says of the matter."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone

from binzhou_xinfang.letters.kinds.handling import OPINION
from cases.entries.declaration import Entry
from cases.entries.words import lines_of
from cases.facts import Facts, earlier_letter
from cases.models import Companion, Petition, PetitionCase, Petitioner
from cases.vocabulary import PartyRole, ReviewKind

# The box of the form in which an entry stands; an entry without one is printed among the rest.
BOXES: Mapping[type[Model], Mapping[str, str]] = {
    PetitionCase: {
        "purpose": "purpose",
        "topic": "topic",
        "region": "place",
        "reason": "cause",
        "accused": "accused",
        "threat": "threat",
    },
    Petitioner: {
        "id_number": "id_number",
        "phone": "phone",
        "landline": "landline",
        "email": "email",
        "sex": "sex",
        "born_on": "born_on",
        "ethnicity": "ethnicity",
        "political_status": "political_status",
        "occupation": "occupation",
        "address": "address",
        "employer": "employer",
        "household_region": "household",
        "residence_region": "residence",
    },
    Petition: {
        "channel": "channel",
        "source": "source",
        "addressed_to": "addressed_to",
        "arrived_on": "arrived_on",
        "postmarked_on": "postmarked_on",
        "people": "people_count",
        "affected_people": "affected_count",
        "content": "content",
    },
}
# Told as every letter tells them, in `matter` and `petitioner`; and what the office notes of a person is not printed on
# a form that this person reads and signs.
ELSEWHERE, UNPRINTED = frozenset({"title", "name"}), frozenset({"is_key_person"})


def of_arrival(case: PetitionCase, petition: Petition) -> Facts:
    """Tell all that was registered: what the form has a box for, and every other entry in a line of its own."""
    companions = list(petition.companions.select_related("petitioner").order_by("pk"))
    told: Facts = {"more": [], "ticks": []}
    for row in (case, petition.lead, petition):
        _tell_entries(told, row)
    return (
        told
        | _of_desk(petition)
        | _of_matter(case)
        | {
            "addressee": petition.lead.name,
            "petitioner": petition.lead.name,
            "is_repeat": "重件" if petition.is_repeat else "初件",
            "query_code": petition.query_code,
            "wishes": _wishes(told["ticks"]),
            "representatives": _names(companions, PartyRole.REPRESENTATIVE, PartyRole.JOINT),
            "agents": "；".join(_names(companions, PartyRole.AGENT)),
        }
    )


def of_receipt(case: PetitionCase, petition: Petition) -> Facts:
    """Tell the same for the receipt; of 检举控告 nothing but its number (第三十条第三款: it may be seen at home)."""
    return of_arrival(case, petition) | ({"matter": petition.number} if case.is_sealed else {})


def _tell_entries(told: Facts, row: Model) -> None:
    """Put the entries of a row into the boxes of the form, and what has no box under `more`."""
    boxes = BOXES[type(row)]
    for line in lines_of(row, masked=False, only=_is_printed, with_apart=True):
        value = getattr(row, line.name)
        if line.entry.is_tick:
            told["marks"] = line.text
        elif line.name in boxes:
            told[boxes[line.name]] = value if isinstance(value, date) else line.text
        elif line.name not in ELSEWHERE:
            told["more"].append(f"{line.label}：{line.text}")
        if line.name == "id_number":
            told["id_kind"] = line.label
        told["ticks"] += [tick.words for tick in line.ticks]


def _is_printed(entry: Entry) -> bool:
    return entry.row is not None and entry.name not in UNPRINTED


def _wishes(ticks: Iterable[str]) -> str:
    """Name what was ticked of the person, and that secrecy and publication were asked about where they were not."""
    wished = list(ticks)
    asked = {"要求保密": "不要求保密", "同意公开": "不同意公开"}
    return "，".join([*wished, *(other for wish, other in asked.items() if wish not in wished)])


def _of_desk(petition: Petition) -> Facts:
    at = timezone.localtime(petition.registered_at)
    clerk = petition.registrar.name if petition.registrar else ""
    return {
        "petition_number": petition.number,
        "received_on": petition.arrived_on,
        "registered_at": f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分",
        "registrar": clerk,
    }


def _of_matter(case: PetitionCase) -> Facts:
    first = case.petitions.select_related("unit").order_by("pk")[0]
    return {
        "first_unit": first.unit_name,
        "first_on": first.arrived_on,
        "visits": f"第{case.petition_count}次" if case.petition_count > 1 else "",
        "topic": str(case.topic or "") or "未分类",
        "responsible_unit": case.responsible.name if case.responsible else "",
        "requests": [request.text for request in case.requests.all()] or [case.summary],
        "handling": _handling(case),
    }


def _handling(case: PetitionCase) -> list[str]:
    letters = case.letters.select_related("letter").order_by("pk")
    return [f"{link.label}{link.letter.number}".strip() for link in letters if link.move]


def _names(companions: Iterable[Companion], *roles: PartyRole) -> list[str]:
    return [
        "".join([one.petitioner.name, f"（{one.said}）" if one.said else ""]) for one in companions if one.role in roles
    ]


def of_hearing_request(case: PetitionCase, petition: Petition) -> Facts:
    """Tell who asks whom for a hearing: the unit that handles the matter, or the body that rechecks its answer."""
    recheck = case.reviews.filter(kind=ReviewKind.RECHECK, signed_on=None).select_related("body").first()
    answer = earlier_letter(case, OPINION)
    companions = list(petition.companions.select_related("petitioner").order_by("pk"))
    facts: dict[str, Any] = {
        "basis": f"《信访工作条例》{'第三十六条第二款' if recheck else '第三十一条第六项'}",
        "addressee": recheck.body.name if recheck else (case.responsible or case.holder).name,
        "applicant": case.lead.name,
        "applicant_phone": case.lead.phone,
        "applicant_address": case.lead.address,
        "opinion_number": answer.number if answer else "",
        "representatives": _names(companions, PartyRole.REPRESENTATIVE),
        "agents": "；".join(_names(companions, PartyRole.AGENT)),
    }
    return facts
