"""Taking away marks that nobody could settle any longer: the matter has left the states in which somebody may."""

from collections.abc import Collection
from datetime import date

from binzhou_xinfang.process.owed import Mark
from binzhou_xinfang.statute.periods import Rule
from cases.models import PetitionCase
from cases.states import MARKS, SETTLED_BY, TRANSITIONS, State


def drop_marks(case: PetitionCase) -> list[str]:
    """Clear, in the row, each mark that none of its moves could settle where the matter stands now; gives their
    names."""
    state = State(case.state)
    dropped = [
        name
        for name, moves in SETTLED_BY.items()
        if getattr(case, name) and not any(state in TRANSITIONS[move].sources for move in moves)
    ]
    for name in dropped:
        setattr(case, name, type(case)._meta.get_field(name).get_default())  # type: ignore[union-attr]
    return dropped


def let_go(case: PetitionCase, dropped: Collection[str], *, on: date) -> None:
    """Close what stands beside the row for the marks that were dropped."""
    if "co_handlers" in dropped:
        case.co_handlings.filter(fed_back_on=None, released_on=None).update(released_on=on)
    if "is_recusal_asked" in dropped:
        case.recusals.filter(decided_on=None).update(decided_on=on, is_granted=False, note="事项不再由该单位办理")


def clocks_of(dropped: Collection[str]) -> frozenset[Rule]:
    """List the clocks that watched over the marks."""
    marks = (MARKS[name] for name in dropped)
    return frozenset(rule for mark in marks if isinstance(mark, Mark) for rule in mark.debt.watched_by)
