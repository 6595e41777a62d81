"""Lateness in words: a move that answers a duty, or puts it off, after its last day says why it comes only now."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import wraps
from inspect import Parameter, signature
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.utils import timezone

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.steps import Effect
from binzhou_xinfang.records.event_fields import Ask, EventField
from binzhou_xinfang.statute.periods import Rule
from cases.models import Deadline, PetitionCase

P = ParamSpec("P")
E = TypeVar("E", bound=Effect)
Act = Callable[Concatenate[PetitionCase, P], E]

REASON = "late_reason"
_ASK = Ask("逾期原因", "期限已届满的必须写明；未届满的不填", required=False, rows=2)
# The field of the event, and of the form, of every row that explains its lateness.
LATE = {REASON: EventField("逾期原因：", ask=_ASK)}


def explaining(act: Act[P, E], rules: Collection[Rule]) -> Act[P, E]:
    """Let the act take a `late_reason` besides, which it must have once one of the running clocks has lapsed, unless
    the day on which it was done (`met_on`) was in time.

    Raises Refusal without one; what is given in time is not kept.
    """

    @wraps(act)
    def explained(case: PetitionCase, /, *args: P.args, **kwargs: P.kwargs) -> E:
        given: dict[str, Any] = dict(kwargs)
        reason = str(given.pop(REASON, ""))
        late = late_clock([case], rules, on=timezone.localdate(given["at"]))
        effect = act(case, *args, **given)
        done_on = getattr(effect, "met_on", None)
        if late is not None and done_on is not None and done_on <= late.legal_on:
            late = None
        if late is not None and not reason.strip():
            raise Refusal(f"{lapse_of(late)}，请写明逾期的原因。", field=REASON)
        if late is not None:
            effect.detail[REASON] = reason
        return effect

    own = signature(act)
    more = Parameter(REASON, Parameter.KEYWORD_ONLY, default="", annotation=str)
    explained.__signature__ = own.replace(parameters=[*own.parameters.values(), more])  # type: ignore[attr-defined]
    return explained


def late_clock(cases: Iterable[PetitionCase], rules: Collection[Rule], *, on: date) -> Deadline | None:
    """Find a running clock of one of the matters whose last day lies before `on`. One query."""
    running = Deadline.objects.running().filter(case__in=cases, rule__in=rules, subject="", legal_on__lt=on)
    return running.order_by("legal_on").first()


def lapse_of(clock: Deadline) -> str:
    """Word when the clock ran out."""
    return f"{clock.get_rule_display()}已于{clock.legal_on:%Y年%m月%d日}届满"
