"""TRANSITIONS: all rows in the order of the procedure. Who may make a move stands in `rules.MAY`."""

from collections.abc import Mapping
from types import MappingProxyType

from binzhou_xinfang.errors import Refusal
from cases.states.ending import ENDING
from cases.states.handling import HANDLING
from cases.states.intake import INTAKE
from cases.states.review import REVIEW
from cases.states.transition import Transition
from cases.states.vocabulary import ASIDE, Move, State

_ROWS = INTAKE | HANDLING | REVIEW | ENDING
TRANSITIONS: Mapping[Move, Transition] = MappingProxyType({move: _ROWS[move] for move in Move if move in _ROWS})


def target_of(move: Move, state: State, before: State | None, *, owes: bool = False) -> State:
    """The state that `move` leads to from `state`; `before` is the state that the matter goes back to, `owes`: whether
    a supported request waits for its execution.

    Raises Refusal when the table has no such way.
    """
    row = TRANSITIONS[move]
    if state not in row.sources:
        raise Refusal(f"事项现为“{state.label}”，不能{move.label}。请刷新页面查看最新状态。")
    if row.returns:
        return before or state
    if owes and row.owing:
        return row.owing
    return row.target or state


def remembered(move: Move, came_from: State, target: State, before: State | None) -> State | None:
    """What `PetitionCase.previous_state` holds after a step: from aside to aside the way back stays the same."""
    row = TRANSITIONS[move]
    if target is row.owing:
        return row.target
    return before if came_from in ASIDE and target in ASIDE else came_from
