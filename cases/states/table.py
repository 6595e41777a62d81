"""Table of moves: the one registry into which each room puts its moves, and the views that are read of it.

A move is put in by `cases.engine.action` beside its verb; one that brings a matter into being by `enter`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.steps import Guard as StepGuard
from binzhou_xinfang.process.steps import Seat, Step
from binzhou_xinfang.records.event_kinds import Fields
from cases.states.duty import JUDGING, Desk, Duty, Hand
from cases.states.event_kinds import EVENTS, MOVE_FIELDS, PAPERS
from cases.states.groups import Place
from cases.states.guards import FITS
from cases.states.keepers import ABOVE, Keeper
from cases.states.transition import Transition
from cases.states.vocabulary import ASIDE, Move, State

Verb = Callable[..., Any]
Row = TypeVar("Row")
_ORDER = {move: place for place, move in enumerate(Move)}

_transitions: dict[Move, Transition] = {}
_steps: dict[Move, Step[Any]] = {}
_duties: dict[Move, Duty] = {}
_places: dict[Move, Place] = {}
_fields: dict[Move, Fields] = {}
_verbs: dict[Move, Verb] = {}

# Read views, always in the order of the procedure.
TRANSITIONS: Mapping[Move, Transition] = MappingProxyType(_transitions)
STEPS: Mapping[Move, Step[Any]] = MappingProxyType(_steps)
MAY: Mapping[Move, Duty] = MappingProxyType(_duties)
PLACES: Mapping[Move, Place] = MappingProxyType(_places)
FIELDS: Mapping[Move, Fields] = MappingProxyType(_fields)
ACTIONS: Mapping[Move, Verb] = MappingProxyType(_verbs)


def enter(move: Move, row: Transition, duty: Duty, place: Place, fields: Fields) -> Step[Any]:
    """Put a move into the table: what it does, who makes it, where it stands in the menu, what its event tells.

    Raises ValueError for a move that is there already.
    """
    if move in _transitions:
        raise ValueError(f"the move {move.value} is in the table twice")
    _put(_transitions, move, row)
    _put(_steps, move, _step(move, row, duty, place))
    _put(_duties, move, duty)
    _put(_places, move, place)
    _put(_fields, move, fields)
    own = {"papers": PAPERS, **MOVE_FIELDS} if row.papers else MOVE_FIELDS
    EVENTS.declare(move.value, str(move.label), {**fields, **own}, tone=place.tone)
    return _steps[move]


def _step(move: Move, row: Transition, duty: Duty, place: Place) -> Step[Any]:
    """Compose the row as the kernel of all lives reads it.

    Only a move that is kept for another hand of the own unit is awaited when the kernel looks ahead: who sits at the
    desks of other bodies is theirs to see to. Of what nobody can move on, page and 运行状况 tell.
    """
    fills = Hand.DRAFTER if duty.drafts else Hand.ASKER if duty.asks else None
    own = ((Hand.DRAFTER,) if duty.other_hand else ()) + ((Hand.ASKER,) if duty.decides else ())
    leads = tuple(state for state in (row.target, row.owing) if state)
    return Step(
        key=move,
        sources=row.sources,
        targets=tuple(state for state in State if state not in ASIDE - row.stays) if row.returns else leads,
        who=(Seat(duty.roles, duty.desks),),
        by_system=duty.by_system,
        others_than=own + hands_below(row, duty),
        fills=fills,
        guards=tuple(StepGuard(guard.value, FITS[guard]) for guard in row.guards),
        article=row.article,
        starts=row.starts + row.simple,
        meets=row.meets,
        cancels=row.cancels,
        onward=place.road is not None,
        is_awaited=bool(own),
        named=duty.named,
    )


def hands_below(row: Transition, duty: Duty) -> tuple[Hand, ...]:
    """Name the hands that a decision of another body is kept from: nobody reviews, ends or judges from above what he
    did, or answers for, below (第二十八条第三款、第三十五条、第三十六条)."""
    sits_above = duty.desks == (Desk.HOLDER,) and bool(row.sources) and row.sources <= ABOVE.keys()
    if not (sits_above or JUDGING.issuperset(duty.desks)):
        return ()
    judges_review = any(ABOVE.get(state) is Keeper.REVIEWER for state in row.sources) and sits_above
    return (Hand.HANDLED, Hand.REVIEWED) if judges_review else (Hand.HANDLED,)


def enter_verb(move: Move, verb: Verb) -> None:
    """Put the verb of a move into the table."""
    _put(_verbs, move, verb)


def _put(table: dict[Move, Row], move: Move, row: Row) -> None:
    """Add the row; the table stays in the order of the procedure, whichever room comes first."""
    rows = sorted([*table.items(), (move, row)], key=lambda item: _ORDER[item[0]])
    table.clear()
    table.update(rows)


def target_of(move: Move, state: State, before: State | None, *, owes: bool = False) -> State:
    """Find the state that `move` leads to from `state`; `before` is the state that the matter goes back to, `owes`:
    a supported request waits for its execution.

    Raises Refusal when the table has no such way.
    """
    row = TRANSITIONS[move]
    if state not in row.sources:
        raise Refusal(f"事项现为“{state.label}”，不能{move.label}。请刷新页面查看最新状态。")
    if row.returns and state not in row.stays:
        return before or state
    if owes and row.owing:
        return row.owing
    return row.target or state


def remembered(move: Move, came_from: State, target: State, before: State | None) -> State | None:
    """Find the state for `PetitionCase.previous_state` after a step: from aside to aside the way back stays the
    same."""
    row = TRANSITIONS[move]
    if row.target is None and (
        not row.returns or came_from in row.stays
    ):  # it stays where it is, and so does its way back
        return before
    if target is row.owing:
        return row.target
    return before if came_from in ASIDE and target in ASIDE else came_from
