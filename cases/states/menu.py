"""Menu of moves: the likely one, the steps in sight, the rest under its headings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cases.states.ground_lists import AskedEnd
from cases.states.groups import Group
from cases.states.table import PLACES
from cases.states.vocabulary import Move


@dataclass(frozen=True, slots=True)
class MoveMenu:
    """Open moves as a menu: the likely one and the other steps in sight, the rest under its headings."""

    likely: Move | None
    steps: tuple[Move, ...]
    beside: tuple[tuple[str, tuple[Move, ...]], ...]

    @property
    def hidden(self) -> int:
        """The count of moves under headings."""
        return sum(len(moves) for _, moves in self.beside)


_FEW = 4
# What says yes to what was asked for; 不同意提请事项 stands beside it.
_SAYS_YES: Mapping[str, Move] = {
    AskedEnd.WITHDRAWN: Move.WITHDRAW,
    AskedEnd.MEDIATED: Move.END,
    AskedEnd.NO_SUCCESSOR: Move.END,
    AskedEnd.SUCCESSOR: Move.SUCCEED,
    AskedEnd.UNSEALED: Move.UNSEAL,
    AskedEnd.VOIDED: Move.VOID,
}


def answers(end_asked: str) -> frozenset[Move]:
    """Name the move that agrees to what was asked for; empty when none was."""
    return frozenset({_SAYS_YES[end_asked]} if end_asked else ())


def menu_of(moves: list[Move], likely: Move | None, wanted: Collection[Move] = ()) -> MoveMenu:
    """Build the menu: few moves all stand in sight; of many only the steps of the road do, and those that are `wanted`
    of this matter now."""
    rest = [move for move in moves if move is not likely]
    shown = rest if len(moves) <= _FEW else [move for move in rest if move in wanted or not PLACES[move].beside]
    hidden = [move for move in rest if move not in shown]
    grouped = ((group.value, tuple(move for move in hidden if PLACES[move].group is group)) for group in Group)
    return MoveMenu(likely, tuple(shown), tuple((label, moves_of) for label, moves_of in grouped if moves_of))


@cache
def road() -> tuple[Move, ...]:
    """List the moves along the road, the furthest first."""
    ranked = [(place.road, move) for move, place in PLACES.items() if place.road is not None]
    return tuple(move for _, move in sorted(ranked, key=lambda step: -step[0]))


def likely_move(moves: Sequence[Move]) -> Move | None:
    """Choose the move that is most likely next among `moves`; None when the road goes on elsewhere."""
    return next((move for move in road() if move in moves), None)
