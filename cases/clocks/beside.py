"""Clocks of a unit's debts beside the road of a matter: an answer to 督办 runs whatever the moves do.

An app above starts and meets them here, and writes no clock and no matter itself. The caller holds the matter.
"""

from datetime import date, datetime

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.periods import Rule
from cases.clocks.ladder import arm
from cases.clocks.making import new_clock
from cases.clocks.turning import refresh_due
from cases.models import Deadline, PetitionCase


def start_beside(
    case_id: int, rule: Rule, *, subject: str, unit: Unit, on: date, at: datetime, days: int | None = None
) -> Deadline:
    """Start the clock of what the unit owes for `subject`; one that still runs for it gives way."""
    case = PetitionCase.objects.get(pk=case_id)
    case.deadlines.running().filter(subject=subject).update(cancelled_on=on, suspended_on=None)
    clock = new_clock(case, rule, on=on, unit=unit, days=days)
    clock.subject = subject
    arm(clock, current_rulebook().on(on).ladder(rule), at=at)
    clock.save()
    _refresh(case, on)
    return clock


def meet_beside(clock_id: int, *, met_on: date, today: date) -> None:
    """Say that it was done on the day, if the clock still runs."""
    clock = Deadline.objects.select_related("case").get(pk=clock_id)
    Deadline.objects.running().filter(pk=clock_id).update(met_on=met_on)
    _refresh(clock.case, today)


def _refresh(case: PetitionCase, on: date) -> None:
    if case.is_open:
        refresh_due(case, case.deadlines.running(), on=on)
        case.save(update_fields=["due_on", "due_rule"])
