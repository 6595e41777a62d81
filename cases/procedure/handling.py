"""告知受理、调查: what the unit does until it can answer (条例第二十三条、第三十一条)."""

from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, User
from cases.engine import Effect, action, refuse_impossible
from cases.models import PetitionCase
from cases.states import Move


@action(Move.ACCEPT)
def accept(case: PetitionCase, *, contact_phone: str, assignee: User | None = None, by: Post, at: datetime) -> Effect:
    """告知受理: the written notice to the petitioner; the 60 days run from this day (第三十四条)."""
    case.assignee, case.is_simple = assignee or by.user, False
    return Effect(
        {"assignee": case.assignee.name},
        facts={"handler": case.assignee.name, "handler_phone": contact_phone},
    )


@action(Move.INVESTIGATE)
def investigate(
    case: PetitionCase,
    *,
    note: str,
    heard_petitioner: bool = False,
    happened_on: date | None = None,
    by: Post,
    at: datetime,
) -> Effect:
    """Record what was asked, heard and found (第三十一条第六项：听取信访人陈述，调查核实)."""
    day = happened_on or timezone.localdate(at)
    refuse_impossible(case, day, at=at, field="happened_on")
    return Effect({"note": note, "heard_petitioner": heard_petitioner, "happened_on": day.isoformat()})
