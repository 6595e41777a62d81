"""Clocks of the states: what a matter owes where it stands (`cases.states.OWED`), from when and until when."""

from collections.abc import Callable, Iterable
from datetime import date

from binzhou_xinfang.process.owed import Owed
from binzhou_xinfang.statute.models import current_calendar
from binzhou_xinfang.statute.reckoning import Reckoning, reckon
from binzhou_xinfang.statute.rulebook import Rulebook
from cases.clocks.making import Clocks, is_of_the_road, new_clock
from cases.models import Deadline, PetitionCase
from cases.states import OWN_CLOCKS

Debts = Iterable[Owed[PetitionCase]]


def leaving(case: PetitionCase, owed: Debts, running: Iterable[Deadline]) -> Clocks:
    """List the clocks of states that the matter owes no longer, where it stands and at whose desk it lies now."""
    kept = {debt.own for debt in owed}
    own = [clock for clock in running if clock.rule in OWN_CLOCKS and is_of_the_road(clock)]
    return [clock for clock in own if clock.rule not in kept or clock.unit_id != case.holder_id]


def owed_clocks(case: PetitionCase, owed: Debts, running: Clocks, *, on: date, book: Rulebook) -> Clocks:
    """Make the clocks of these debts, not saved, for who has the matter now; one that still runs there is kept."""
    there = {clock.rule for clock in running if clock.unit_id == case.holder_id}
    made = [owed_clock(case, debt, running, on=on, book=book) for debt in owed if debt.own not in there]
    return [clock for clock in made if clock]


def owed_clock(
    case: PetitionCase, debt: Owed[PetitionCase], running: Iterable[Deadline], *, on: date, book: Rulebook
) -> Deadline | None:
    """Make the clock of a state, not saved; None where a clock of the law that it may not outlast leaves it no day."""
    assert debt.own is not None  # noqa: S101  only debts with a clock of their own are wanted
    clock = new_clock(case, debt.own, on=on, unit=case.holder, book=book)
    last = last_of(debt, running)
    if last is None or clock.legal_on <= last:
        return clock
    period, calendar = book.period(debt.own, on), current_calendar()
    days = days_until(last, period.length, lambda d: reckon(period.rule, on, calendar=calendar, period=period, days=d))
    return new_clock(case, debt.own, on=on, unit=case.holder, days=days, book=book) if days else None


def last_of(debt: Owed[PetitionCase], running: Iterable[Deadline]) -> date | None:
    """Find the day that the debt's own clock may not outlast; None without one."""
    return min((clock.legal_on for clock in running if clock.rule in debt.within), default=None)


def days_until(last: date, most: int | None, ends: Callable[[int], Reckoning]) -> int | None:
    """Find the most days, up to `most`, with which a clock ends by the day `last`; None when not even one does."""
    return next((days for days in range(most or 0, 0, -1) if ends(days).legal <= last), None)
