"""Ways out of the open states: the moves by which a keeper goes on with the posts that it has at least."""

from collections.abc import Iterator

from binzhou_xinfang.accounts.models import UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.statute.periods import Rule
from cases.states.duty import Desk
from cases.states.keepers import KEEPERS, STAFF, Keeper
from cases.states.table import MAY, PLACES, TRANSITIONS
from cases.states.vocabulary import IN_HANDLING, OPEN_STATES, Move, State


def ways_out(state: State, kind: UnitKind) -> list[Move]:
    """List the moves along the road by which a unit of this kind, which has the matter in this state, moves it on."""
    staff = STAFF[KEEPERS[state]][kind]
    return [
        move
        for move, row in TRANSITIONS.items()
        if state in row.sources and move in MAY and move in PLACES and _is_open_to(move, state, staff)
    ]


def _is_open_to(move: Move, state: State, staff: frozenset[Role]) -> bool:
    return _leads_on(move, state) and (MAY[move].by_system or bool(MAY[move].roles & staff))


def _leads_on(move: Move, state: State) -> bool:
    row = TRANSITIONS[move]
    leaves = row.returns or any(target not in (None, state) for target in (row.target, row.owing))
    # Who works on it has it on the desk.
    here = {Desk.HOLDER, Desk.RESPONSIBLE} if KEEPERS[state] is Keeper.WORKER else {Desk.HOLDER}
    return leaves and PLACES[move].road is not None and not here.isdisjoint(MAY[move].desks)


def half_open() -> Iterator[str]:
    """Name each move by which the law ends a claim that is being handled, or leads it another way, and which is shut in
    some part of the handling, a sentence each: what waits beside the road keeps nobody from his right."""
    for move, row in TRANSITIONS.items():
        leads_away = State.HANDLING in row.sources and Rule.HANDLING in row.cancels
        # Who is on the other way already has nowhere to turn.
        shut = IN_HANDLING - row.sources - {row.target}
        if leads_away and shut:
            names = "、".join(sorted(str(state.label) for state in shut))
            yield f"{move.value}: 办理中的事项可以结束或者改变途径，在“{names}”时却不能办理"


def dead_ends() -> Iterator[str]:
    """Name each open state without a keeper, and each kind of keeper that could not leave it, a sentence each."""
    for state in OPEN_STATES:
        if state not in KEEPERS:
            yield f"{state.value}: 没有写明事项在谁的手里（states.keepers）"
            continue
        for kind in STAFF[KEEPERS[state]]:
            if not ways_out(state, kind):
                yield f"{state.value}: {KEEPERS[state].label}为{kind.label}的，没有可以继续办理的动作"
