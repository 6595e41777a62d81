"""Making one clock, by the rule in force on the day on which it starts."""

from datetime import date

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.statute.reckoning import reckon
from binzhou_xinfang.statute.rulebook import Rulebook
from cases.models import Deadline, PetitionCase

Clocks = list[Deadline]


def new_clock(
    case: PetitionCase,
    rule: Rule,
    *,
    on: date,
    unit: Unit | None,
    days: int | None = None,
    book: Rulebook | None = None,
) -> Deadline:
    """Make a clock that starts with an event on day `on` and follows the rule in force on that day, not saved.

    `days`: a length set by a person. `book`: the rulebook, when the caller has read it.
    """
    period = (book or current_rulebook()).period(rule, on)
    due = reckon(rule, on, calendar=current_calendar(), period=period, days=days)
    return Deadline(
        case=case,
        rule=rule,
        unit=unit,
        started_on=on,
        days=days,
        strict_on=due.strict,
        legal_on=due.legal,
        is_provisional=due.provisional,
    )


def own_days(rule: Rule, days: int | None) -> int | None:
    """Read the days that a person set, for a rule whose length is set by persons."""
    return days if PERIODS[rule].length is None else None


def is_of_the_road(clock: Deadline) -> bool:
    """Check that the moves turn the clock. A unit's debt beside the road, an answer to 督办, is owed whatever they
    do."""
    return not clock.subject
