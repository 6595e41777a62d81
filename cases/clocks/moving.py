"""Moving the last day of a clock that runs: extension, the time of a hearing, and what moves along with it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.periods import PERIODS, Period, Rule
from binzhou_xinfang.statute.reckoning import Reckoning, reckon
from cases.clocks.ladder import arm, disarm
from cases.models import Deadline


def reckoning_of(deadline: Deadline) -> Reckoning:
    """Reckon the due day of a clock by today's calendar and the rule of the day on which it started."""
    return reckon(
        Rule(deadline.rule),
        deadline.started_on,
        calendar=current_calendar(),
        period=period_of(deadline),
        days=deadline.days,
        extend=deadline.extended_by,
        excluded=deadline.spans,
        not_before=deadline.not_before,
    )


def period_of(deadline: Deadline) -> Period:
    """Read the rule that a clock follows to its end: the one in force on the day on which it started."""
    return current_rulebook().period(Rule(deadline.rule), deadline.started_on)


def say_length(clock: Deadline) -> str:
    """Word the length of the clock, as was in force when it started: 5个工作日."""
    period = period_of(clock)
    return f"{period.length}{period.unit.value}"


def extend_clock(deadline: Deadline, *, days: int, at: datetime) -> Deadline:
    """Prolong a running clock by `days` (natural) from its unrolled day. Raises ReckoningError over the cap.

    A last day that has passed by then has passed: the lapse stays, and what is done in the new time is done late.
    """
    if timezone.localdate(at) > deadline.legal_on:
        deadline.lapsed_at = deadline.lapsed_at or at
    deadline.extended_by += days
    reckon_anew(deadline, changed=["extended_by"], at=at)
    return deadline


def along(running: Iterable[Deadline], lead: Deadline, *, days: int) -> Iterator[tuple[Deadline, int]]:
    """List the clocks of the same duty that move with `lead`, just extended by `days`, each with its own days: as many;
    of one that comes after the lead, so many that it does not end before."""
    for clock in running:
        period = PERIODS[Rule(clock.rule)]
        if lead.rule in period.moves_with:
            yield clock, max(days, (lead.strict_on - clock.strict_on).days) if period.waits_for else days


def waiting(running: Iterable[Deadline], leads: Sequence[Deadline], *, on: date) -> Iterator[tuple[Deadline, int]]:
    """List the clocks that would end before a lead that a body above has just set for the same matter, each with the
    days that it lacks. What has lapsed before the day `on` is not saved by it."""
    for clock in running:
        ends = [lead.strict_on for lead in leads if lead.rule in PERIODS[Rule(clock.rule)].waits_for]
        if ends and max(ends) > clock.strict_on and clock.legal_on >= on:
            yield clock, (max(ends) - clock.strict_on).days


def recount_clock(deadline: Deadline, *, since: date, not_before: date | None, at: datetime) -> None:
    """Count a clock anew from the day that was proven; a right does not end before `not_before`."""
    deadline.started_on, deadline.not_before = since, not_before
    reckon_anew(deadline, changed=["started_on", "not_before"], at=at)


def suspend_clock(deadline: Deadline, *, on: date) -> None:
    """Let the clock stand still from the day of the notice `on` (第三十六条第二款). Only a recheck may."""
    deadline.suspended_on = on
    disarm(deadline)
    deadline.save(update_fields=["suspended_on", "next_alert_at"])


def resume_clock(deadline: Deadline, *, on: date, at: datetime) -> None:
    """Let the clock go on with the day of the conclusion `on`; the days in between are not counted. On the day on which
    it was stopped: as though it never had been.
    """
    if deadline.suspended_on is None:
        return
    if on != deadline.suspended_on:
        deadline.excluded = [*deadline.excluded, [deadline.suspended_on.isoformat(), on.isoformat()]]
    deadline.suspended_on = None
    reckon_anew(deadline, changed=["excluded", "suspended_on"], at=at)


def reckon_anew(deadline: Deadline, *, changed: list[str], at: datetime) -> None:
    """Reckon the days of a clock of which the columns `changed` are new, and begin its watch again."""
    due = reckoning_of(deadline)
    deadline.strict_on, deadline.legal_on, deadline.is_provisional = due.strict, due.legal, due.provisional
    # The watch begins anew for the new day; the alerts of the old one stay, and so does a lapse.
    arm(deadline, current_rulebook().on(timezone.localdate(at)).ladder(Rule(deadline.rule)), at=at)
    watch = ["alerted_until", "next_alert_at", "lapsed_at"]
    deadline.save(update_fields=[*changed, "strict_on", "legal_on", "is_provisional", *watch])
