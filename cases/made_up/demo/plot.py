"""The three hundred scenes of the demo: every state, from long overdue to just begun, with every bend of the road."""

from collections.abc import Iterator
from random import Random

from cases.made_up.demo.roads import Scene, Turn
from cases.states import State

# State, how many, and between which days left they lie; DELIVERED below zero is closed by the watch on its day.
_CROWDS: tuple[tuple[State, int, int, int], ...] = (
    (State.REGISTERED, 22, -6, 15),
    (State.TRIAGED, 16, -4, 13),
    (State.REFERRED, 26, -5, 15),
    (State.ASSIGNED, 12, -3, 14),
    (State.OBJECTED, 7, 10, 14),
    (State.SIGNED_FOR, 20, -5, 13),
    (State.ACCEPTED, 20, 30, 59),
    (State.HANDLING, 52, -9, 55),
    (State.EXTENSION_ASKED, 7, 1, 20),
    (State.DRAFTED, 14, -2, 30),
    (State.CHECKED, 10, -3, 28),
    (State.ISSUED, 10, 0, 6),
    (State.DELIVERED, 40, -25, 29),
    (State.CLOSED, 44, 0, 110),
)
_NEEDED = {State.ASSIGNED: Turn.ASSIGNED, State.OBJECTED: Turn.REFUSED, State.EXTENSION_ASKED: Turn.EXTENDED}
# The turns, how often in a hundred, and what they cannot go with.
_ODDS: tuple[tuple[Turn, int, frozenset[Turn]], ...] = (
    (Turn.AGREED, 8, frozenset()),
    (Turn.REFUSED, 7, frozenset({Turn.AGREED})),
    (Turn.ASSIGNED, 18, frozenset()),
    (Turn.EXTENDED, 14, frozenset()),
    (Turn.NOT_EXTENDED, 7, frozenset({Turn.EXTENDED})),
    (Turn.RETURNED, 15, frozenset()),
    (Turn.LATE, 12, frozenset({Turn.EXTENDED, Turn.NOT_EXTENDED})),
)


def scenes(rng: Random) -> Iterator[Scene]:
    """List all scenes, the same for the same state of `rng`."""
    for state, count, low, high in _CROWDS:
        for number in range(count):
            left = low + round(number * (high - low) / (count - 1))
            yield Scene(state, left, _turns(state, rng))


def _turns(state: State, rng: Random) -> frozenset[Turn]:
    turns = {_NEEDED[state]} if state in _NEEDED else set()
    for turn, percent, barred in _ODDS:
        if rng.randrange(100) < percent and not turns & barred:
            turns.add(turn)
    if state is State.REFERRED:
        turns.discard(Turn.ASSIGNED)
    if state is State.OBJECTED:
        turns.discard(Turn.AGREED)
    if state is State.DELIVERED:
        # The watch closes nothing that owes a closing report.
        turns.discard(Turn.ASSIGNED)
    elif state is not State.CLOSED:
        turns.discard(Turn.LATE)
    return frozenset(turns)
