"""Clocks that a move may touch: those that its row names, and what follows from the state and from other clocks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.models import PetitionCase
from cases.states import OWN_CLOCKS, TRANSITIONS, Move


@contextmanager
def as_its_row_says(case: PetitionCase, move: Move) -> Iterator[None]:
    """No clock of the road has other days after the move unless its row says so: else no check of the table sees it."""
    before, known = _days(case), case.events.count()
    yield
    moved = {Rule(days[0]) for pk, days in _days(case).items() if before.get(pk) != days}
    # A report that may not stay is passed on by the very act (`window.own_office`): by rows of their own.
    made = case.events.filter(seq__gt=known).values_list("kind", flat=True)
    rows = {move, *(Move(kind) for kind in made if kind in Move.values)}
    assert moved <= set().union(*map(_may_move, rows)), f"{move.label}改变了它的一行没有写明的期限（Transition.moves）"


def _days(case: PetitionCase) -> dict[int, list[Any]]:
    days = ("rule", "started_on", "extended_by", "not_before", "met_on", "cancelled_on")
    return {pk: rest for pk, *rest in case.deadlines.filter(subject="").values_list("pk", *days)}


def _may_move(move: Move) -> set[Rule | None]:
    row = TRANSITIONS[move]
    along = {rule for rule, period in PERIODS.items() if period.waits_for or period.moves_with}
    told = {*row.starts, *row.meets, *row.cancels, *row.simple, *row.restarts, *row.moves, row.suspends, row.resumes}
    return told | along | OWN_CLOCKS
