"""Clocks that wait for another desk: what cannot be done before somebody else has decided urges nobody.

Which they are says the state (`Owed.awaited_by`). A clock of the law counts on all the while: nobody gains a day. What
the office has set, and the body above may change, stands still (`Period.pauses_for`).
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.clocks.ladder import arm, disarm
from cases.clocks.making import Clocks
from cases.clocks.moving import resume_clock, suspend_clock
from cases.models import Deadline, PetitionCase
from cases.states import OWED, WAIT_ELSEWHERE, State


def wait_elsewhere(case: PetitionCase, running: Iterable[Deadline], *, on: date, at: datetime) -> Clocks:
    """Let those of the running clocks wait that a desk holds up where the matter stands now, and let the others go on;
    gives those whose last day was moved by it."""
    debts = [debt for debt in OWED[State(case.state)].owed if debt.awaited_by and debt.holds(case)]
    held = {rule for debt in debts for rule in debt.awaited_by}
    moved = []
    for clock in running:
        rule = Rule(clock.rule)
        if rule not in WAIT_ELSEWHERE or clock.subject:
            continue
        waits = rule in held and clock.unit_id != case.holder_id
        if not PERIODS[rule].pauses_for:
            _wait(clock, on=on, at=at) if waits else _go_on(clock, on=on, at=at)
        elif waits and clock.suspended_on is None:
            suspend_clock(clock, on=on)
        elif not waits and clock.suspended_on is not None:
            resume_clock(clock, on=max(on, clock.suspended_on), at=at)
            moved.append(clock)
    return moved


def _wait(clock: Deadline, *, on: date, at: datetime) -> None:
    if clock.waits_since is None:
        clock.waits_since = on
        disarm(clock)
        clock.save(update_fields=["waits_since", "next_alert_at"])


def _go_on(clock: Deadline, *, on: date, at: datetime) -> None:
    """Begin the watch again: of the days before the last one nothing is told any more, after it from now on."""
    if clock.waits_since is not None:
        clock.waits_since, clock.waited_until = None, on
        arm(clock, current_rulebook().on(timezone.localdate(at)).ladder(Rule(clock.rule)), at=at)
        clock.save(update_fields=["waits_since", "waited_until", "alerted_until", "next_alert_at"])
