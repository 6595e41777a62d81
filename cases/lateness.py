"""Lateness in words: a move that answers a duty, or puts it off, after its last day says why it comes only now."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import wraps
from inspect import Parameter, signature
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db.models import F, Q
from django.utils import timezone

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.owed import own_clocks
from binzhou_xinfang.process.steps import Effect
from binzhou_xinfang.records.event_fields import Ask, EventField
from cases.models import Deadline, PetitionCase
from cases.states import MARKS, Transition

P = ParamSpec("P")
E = TypeVar("E", bound=Effect)
Act = Callable[Concatenate[PetitionCase, P], E]

REASON = "late_reason"
ENTERED = "entered_late"
_ASK = Ask("逾期原因", "期限已届满的必须写明；未届满的不填", required=False, rows=2)
# The fields of the event of every row that explains its lateness; its form asks for the first. What was done in time
# and is written down too late accuses nobody of more than that.
LATE = {
    REASON: EventField("逾期原因：", ask=_ASK),
    ENTERED: EventField("事后登录的原因："),
}


def explaining(act: Act[P, E], row: Transition) -> Act[P, E]:
    """Let the act take a `late_reason` besides, which it must have once one of the running clocks of the row has
    lapsed, unless the day on which it was done (`met_on`) was in time. The system is asked nothing.

    Where it was done in time by its record (`done_on`) and counts only from its entry, the reason is that of the entry.
    Raises Refusal without one; what is given in time is not kept.
    """

    @wraps(act)
    def explained(case: PetitionCase, /, *args: P.args, **kwargs: P.kwargs) -> E:
        given: dict[str, Any] = dict(kwargs)
        reason = str(given.pop(REASON, ""))
        late = None
        if given["by"] is not None:
            late = late_clock([case], [row], unit=given["by"].unit_id, on=timezone.localdate(given["at"]))
        effect = act(case, *args, **given)
        if late is not None and not _is_by(late, getattr(effect, "met_on", None)):
            was_done = _is_by(late, getattr(effect, "done_on", None))
            if not reason.strip():
                raise Refusal(f"{lapse_of(late)}，{_WANTED[was_done]}", field=REASON)
            effect.detail[ENTERED if was_done else REASON] = reason
        return effect

    own = signature(act)
    more = Parameter(REASON, Parameter.KEYWORD_ONLY, default="", annotation=str)
    explained.__signature__ = own.replace(parameters=[*own.parameters.values(), more])  # type: ignore[attr-defined]
    return explained


_WANTED = {
    True: "所填日期在届满之前，请写明事后登录的原因。",
    False: "请写明逾期的原因。",
}


def _is_by(clock: Deadline, day: date | None) -> bool:
    return day is not None and day <= clock.legal_on


def late_clock(cases: Iterable[PetitionCase], rows: Collection[Transition], *, unit: int, on: date) -> Deadline | None:
    """Find a running clock of one of the matters whose last day lies before `on`, and that one of the rows explains
    when the `unit` makes it. One query."""
    rules = {rule for row in rows for rule in row.explains}
    # What waits for a word beside the road goes on for as long as it waits.
    own = {rule for row in rows for rule in row.ends} - own_clocks({}, MARKS)
    # What stands still was late only when it was so before.
    counts = Q(suspended_on=None) | Q(suspended_on__gt=F("legal_on"))
    running = Deadline.objects.running().filter(counts, case__in=cases, subject="", legal_on__lt=on)
    asked = running.filter(Q(rule__in=rules) | Q(rule__in=own, unit=unit))
    return asked.order_by("legal_on").first()


def lapse_of(clock: Deadline) -> str:
    """Word when the clock ran out."""
    return f"{clock.get_rule_display()}已于{clock.legal_on:%Y年%m月%d日}届满"
