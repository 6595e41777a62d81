"""Prefilling of a letter that is written by hand with what the matter itself can say."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.kinds import ByHand, LetterKind, Reader
from binzhou_xinfang.statute.periods import Rule
from cases.drafts.feedback import feedback_due
from cases.facts import contact, facts_of
from cases.models import PetitionCase

Facts = dict[str, Any]


def prefill(kind: LetterKind, case: PetitionCase, *, by: Post, on: date) -> Facts:
    """Gather the facts of the kind that are known, as `LetterDraft.facts` keeps them."""
    wanted = kind.facts
    own = {name: find(case) for name, find in _FOUND.items() if name in wanted}
    own |= _plainly_known(case, by) | {
        "addressee": _addressee(kind, case),
        "feedback_due_on": feedback_due(kind, on),
    }
    known = facts_of(kind, case, on=on, by=by, clocks=[], own=own)
    return {name: _plain(known[name]) for name in wanted if known.get(name)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _plainly_known(case: PetitionCase, by: Post) -> Facts:
    unit = case.responsible.name if case.responsible else ""
    return {
        "unit_concerned": unit,
        "responsible_unit": unit,
        "summary": case.summary,
        "topic": str(case.topic or ""),
        "place": f"{case.region.name}{case.region_detail}",
        "visits": str(case.petition_count),
        "cases": case.number,
        "registrar": by.user.name,
        **contact(by),
    }


def _addressee(kind: LetterKind, case: PetitionCase) -> str:
    reader = kind.owner.reader if isinstance(kind.owner, ByHand) else Reader.PETITIONER
    if reader is Reader.TO_BE_NAMED:
        return ""
    if reader is Reader.RESPONSIBLE:
        return (case.responsible or case.holder).name
    return (case.sender or case.registered_unit).name if reader is Reader.SENDER else case.lead.name


def _problem(case: PetitionCase) -> str:
    # What others owe is not told to the unit as its own.
    late = case.deadlines.lapsed().running().filter(unit=case.responsible_id or case.holder_id).order_by("pk")
    return "、".join(f"{clock.get_rule_display()}届满未完成" for clock in late)


def _lines_of_opinion(case: PetitionCase, column: str) -> list[str]:
    signed = case.opinions.exclude(signed_on=None).first()
    return [line for line in getattr(signed, column, "").splitlines() if line.strip()]


def _process(case: PetitionCase) -> list[str]:
    noted = case.events.filter(kind__in=("investigate", "study")).order_by("seq")
    told = noted.values_list("detail", flat=True)
    return [" ".join(str(text).split()) for detail in told if (text := detail.get("note"))]


def _requests(case: PetitionCase) -> list[str]:
    return [request.text for request in case.requests.all()] or [case.summary]


def _running_until(case: PetitionCase) -> date | None:
    clock = case.deadlines.running().filter(rule=Rule.HANDLING).first()
    return clock.legal_on if clock else None


def _accepted_on(case: PetitionCase) -> date | None:
    clock = case.deadlines.filter(rule=Rule.HANDLING).order_by("-pk").first()
    return clock.started_on if clock else None


# Each costs a query, so only what the kind wants is looked for.
_FOUND: Mapping[str, Callable[[PetitionCase], Any]] = {
    "problem": _problem,
    "findings": lambda case: _lines_of_opinion(case, "facts"),
    "bases": lambda case: _lines_of_opinion(case, "basis"),
    "process": _process,
    "requests": _requests,
    "due_on": _running_until,
    "accepted_on": _accepted_on,
}
