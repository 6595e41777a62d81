"""Rungs of one clock: the moments at which it is looked at, and the next one."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from binzhou_xinfang.records.anchors import midnight
from binzhou_xinfang.statute.rules import Rung
from cases.models import Deadline


def moment_of(clock: Deadline, rung: Rung) -> datetime:
    """Find the moment at which the clock reaches the rung: the beginning of its day.

    Up to the last day the strict one counts, after it the legal one: nobody is called late before (reference §2), nor
    urged for the days in which he had to wait for another desk.
    """
    # Migrations arm clocks of before, whose rows had no such column.
    waited = getattr(clock, "waited_until", None)
    day = clock.strict_on if rung.days <= 0 else max(clock.legal_on, waited or clock.legal_on)
    return midnight(day + timedelta(days=rung.days))


def arm(clock: Deadline, ladder: Sequence[Rung], *, at: datetime) -> None:
    """Set the clock's next moment after it was started, extended or resumed at the moment `at`; does not save.

    Rungs before the last day that have passed by then are passed over: there is nothing left to warn of. Those after
    it are not, so that a duty that began too late is marked all the same.
    """
    clock.alerted_until = min(at, midnight(clock.legal_on))
    clock.next_alert_at = next_moment(clock, ladder)


def next_moment(clock: Deadline, ladder: Sequence[Rung]) -> datetime | None:
    """Find the first moment of the ladder after those that are done with."""
    done = clock.alerted_until
    moments = (moment_of(clock, rung) for rung in ladder)
    return min((moment for moment in moments if done is None or moment > done), default=None)


def disarm(clock: Deadline) -> None:
    """Take the next moment from a clock that stands still, which reaches no rung; does not save."""
    clock.next_alert_at = None


def ahead(clock: Deadline, ladder: Sequence[Rung]) -> list[tuple[Rung, date]]:
    """List the rungs that the clock still comes to while it runs, with their days, the nearest first."""
    if not clock.is_urging:
        return []
    done = clock.alerted_until
    coming = [(moment_of(clock, rung), rung) for rung in ladder]
    still = sorted((one for one in coming if done is None or one[0] > done), key=lambda one: one[0])
    return [(rung, timezone.localdate(moment)) for moment, rung in still]
