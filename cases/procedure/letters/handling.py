"""告知、延期、意见书、送达、办结: letters of the unit that handles the matter."""

from datetime import date

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.handing_over import ASSIGNMENT
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.kinds.review import RECHECK_OPINION, REVIEW_OPINION
from cases.facts.laws import way_law
from cases.facts.matter import (
    Facts,
    accepted_on,
    earlier_letter,
    first_petition,
    signed_opinion,
    unit_received_on,
    via,
)
from cases.models import PetitionCase

ANSWERS = (OPINION, REVIEW_OPINION, RECHECK_OPINION)


def notice(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the way and the day by which the matter came to who gives the notice."""
    return {"received_on": unit_received_on(case), "via": via(case, on)}


def acceptance(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts of the notice with which the period of the unit begins."""
    return notice(case, on, by) | {
        "query_code": first_petition(case).query_code,
        "basis": way_law(case.legal_way) if case.legal_way else "《信访工作条例》",
        "accepted_on": on,
    }


def extension(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts of the period that is prolonged, and its beginning."""
    return {"accepted_on": accepted_on(case)}


def opinion(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather all that 第三十二条 wants in the opinion, and the remedy."""
    signed = signed_opinion(case)
    body = signed.review_body
    return notice(case, on, by) | {
        "accepted_on": accepted_on(case),
        "findings": signed.facts,
        "bases": [line for line in signed.basis.splitlines() if line.strip()],
        "answers": [
            {"request": answer.request.text, "outcome": answer.get_result_display(), "opinion": answer.text}
            for answer in signed.answers.select_related("request")
        ],
        "review_unit": body.name,
        "review_address": body.address or body.name,
    }


def proof(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts of the answer that was delivered."""
    answer = earlier_letter(case, *ANSWERS)
    kind = LetterKind(answer.kind) if answer else OPINION
    return {"recipient": case.lead.name, "document": kind.label, "document_number": answer.number if answer else ""}


def report(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the course and the end for the assigner (第二十二条第三项)."""
    assigned, letter = earlier_letter(case, ASSIGNMENT), earlier_letter(case, OPINION)
    noted = case.events.filter(kind__in=("investigate", "study")).order_by("seq")
    signed = case.opinions.exclude(signed_on=None).first()
    return {
        "addressee": (case.assigner or case.registered_unit).name,
        "assignment_number": assigned.number if assigned else "",
        "assigned_on": assigned.issued_on if assigned else None,
        "process": "；".join(str(step) for step in noted.values_list("detail__note", flat=True)),
        "findings": signed.facts if signed else "",
        "opinion_number": letter.number if letter else "已直接答复",
    }
