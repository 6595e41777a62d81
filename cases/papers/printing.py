"""Printing a paper: numbered, kept with the matter and told in its course. No state and no clock moves."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.hearing import HEARING_REQUEST
from binzhou_xinfang.letters.kinds.registration import RECEIPT, REGISTRATION_FORM
from binzhou_xinfang.records.event_fields import KEPT, EventField
from cases.engine import note
from cases.facts import Facts, facts_of
from cases.models import NO_MOVE, CaseLetter, Petition, PetitionCase
from cases.papers.facts import of_arrival, of_hearing_request, of_receipt
from cases.papers.kinds import PAPERS, refuse_printer
from cases.queries import visible_to
from cases.states import EVENTS, OfMatter

PRINTED = EVENTS.declare(
    "paper-printed",
    "出具文书",
    {"petition": OfMatter("信访件："), "document": EventField("文书："), "letters": KEPT},
)
FACTS: Mapping[LetterKind, Callable[[PetitionCase, Petition], Facts]] = {
    REGISTRATION_FORM: of_arrival,
    RECEIPT: of_receipt,
    HEARING_REQUEST: of_hearing_request,
}


@transaction.atomic
def print_paper(
    seen: Petition, *, kind: LetterKind, by: Post, at: datetime, given: Mapping[str, Any] | None = None
) -> CaseLetter:
    """出具 a paper of the arrival's matter; `given`: what the petitioner says in it.

    Raises NotPermitted; Refusal with what stands against it, or naming a fact that is missing.
    """
    case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.case_id)
    refuse_printer(by, kind, case, seen)
    if not visible_to(by).filter(pk=case.pk).exists():
        raise NotPermitted(f"您当前的岗位看不到该事项，不能出具{kind.label}。")
    if hindrance := PAPERS[kind].hindrance(case, seen):
        raise Refusal(hindrance)
    on, own = timezone.localdate(at), FACTS[kind](case, seen) | dict(given or {})
    facts = facts_of(kind, case, on=on, by=by, clocks=[], own=own)
    letter = issuing.issue(kind, unit=by.unit, on=on, facts=facts, by=by, is_sealed=case.is_sealed)
    link = CaseLetter.objects.create(case=case, letter=letter, move=NO_MOVE)
    detail = {"document": kind.label, "petition": seen.number, "letters": [letter.reference]}
    note(case, PRINTED, by=by, at=at, detail=detail)
    return link
