"""Clocks of states and marks: what a matter owes where it stands and what it waits for (`cases.states.OWED`, `MARKS`),
from when and until when."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.process.owed import Owed
from binzhou_xinfang.process.steps import Desk as AnyDesk
from binzhou_xinfang.statute.models import current_calendar
from binzhou_xinfang.statute.reckoning import Reckoning, reckon
from binzhou_xinfang.statute.rulebook import Rulebook
from cases.clocks.making import Clocks, is_of_the_road, new_clock
from cases.deciding import decider_of
from cases.delivering import server_of
from cases.models import Deadline, PetitionCase
from cases.states import OWN_CLOCKS, Desk

Debts = Iterable[Owed[PetitionCase]]


# The desks at which something is owed by a clock of its own. Where nobody is registered who could decide, it is owed to
# whoever took the matter in: a clock that nobody has is seen by nobody.
_AT: Mapping[AnyDesk, Callable[[PetitionCase], int]] = {
    Desk.HOLDER: lambda case: case.holder_id,
    Desk.REGISTERED: lambda case: case.registered_unit_id,
    Desk.SERVER: server_of,
    Desk.DECIDER: lambda case: decider_of(case) or case.registered_unit_id,
}


def unit_of(case: PetitionCase, debt: Owed[PetitionCase]) -> Unit:
    """Find the unit at whose desk it is owed now."""
    key = _AT[debt.by](case)
    known = {case.holder_id: "holder", case.registered_unit_id: "registered_unit"}
    unit: Unit = getattr(case, known[key]) if key in known else Unit.objects.get(pk=key)
    return unit


def runs_for(case: PetitionCase, debts: Debts, clock: Deadline) -> bool:
    """Check that the clock is that of one of the debts, for the unit at whose desk it is owed now."""
    return any(debt.own == clock.rule and _AT[debt.by](case) == clock.unit_id for debt in debts if debt.own)


def leaving(case: PetitionCase, owed: Debts, running: Iterable[Deadline]) -> Clocks:
    """List the clocks of states and marks that are over, where the matter stands and at whose desk it lies now."""
    own = [clock for clock in running if clock.rule in OWN_CLOCKS and is_of_the_road(clock)]
    return [clock for clock in own if not runs_for(case, owed, clock)]


def owed_clocks(
    case: PetitionCase, owed: Debts, running: Clocks, *, on: date, since: date | None, book: Rulebook
) -> Clocks:
    """Make the clocks of these debts, not saved, for who has the matter now; one that still runs there is kept.
    `since`: the day that the move names for the debts that count from such a day."""
    there = {(clock.rule, clock.unit_id) for clock in running}
    made = [
        owed_clock(case, debt, running, on=since if debt.since and since else on, book=book)
        for debt in owed
        if (debt.own, unit_of(case, debt).pk) not in there
    ]
    return [clock for clock in made if clock]


def owed_clock(
    case: PetitionCase, debt: Owed[PetitionCase], running: Iterable[Deadline], *, on: date, book: Rulebook
) -> Deadline | None:
    """Make the clock of a state or mark, not saved; None where a clock of the law that it may not outlast leaves it no
    day."""
    assert debt.own is not None  # noqa: S101  only debts with a clock of their own are wanted
    unit = unit_of(case, debt)
    clock = new_clock(case, debt.own, on=on, unit=unit, book=book)
    if yields(debt, clock.legal_on, running, on=on):
        return None
    last = last_of(debt, running, on=on)
    if last is None or clock.legal_on <= last:
        return clock
    period, calendar = book.period(debt.own, on), current_calendar()
    days = days_until(last, period.length, lambda d: reckon(period.rule, on, calendar=calendar, period=period, days=d))
    return new_clock(case, debt.own, on=on, unit=unit, days=days, book=book) if days else None


def yields(debt: Owed[PetitionCase], ends_on: date, running: Iterable[Deadline], *, on: date) -> bool:
    """Check that a clock of the law, not lapsed yet, ends no later than the debt's own would."""
    return any(clock.rule in debt.before and on <= clock.legal_on <= ends_on for clock in running)


def last_of(debt: Owed[PetitionCase], running: Iterable[Deadline], *, on: date) -> date | None:
    """Find the day that the debt's own clock may not outlast; None without one, or when it has passed already."""
    return min(
        (clock.legal_on for clock in running if clock.rule in debt.within and clock.legal_on >= on), default=None
    )


def days_until(last: date, most: int | None, ends: Callable[[int], Reckoning]) -> int | None:
    """Find the most days, up to `most`, with which a clock ends by the day `last`; None when not even one does."""
    return next((days for days in range(most or 0, 0, -1) if ends(days).legal <= last), None)
