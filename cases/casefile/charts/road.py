"""The table of moves as a road: the ways open from a state, the people who may take them, and the straight way on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.wording import cite, listed
from cases.states import MAY, OPEN_STATES, TRANSITIONS, Move, State, likely_move, target_of

Fits = Callable[[Move], bool]
# What comes in anew is no step of a matter that is there.
ENTRY = (Move.REGISTER, Move.REPEAT)


@dataclass(frozen=True, slots=True)
class Way:
    """One move that is open from a state, in words. `is_likely`: the one that the road usually takes."""

    move: Move
    source: State
    target: State
    article: str
    who: str
    starts: tuple[str, ...]
    meets: tuple[str, ...]
    pauses: tuple[str, ...]
    resumes: tuple[str, ...]
    letters: tuple[str, ...]
    is_likely: bool = False

    @property
    def label(self) -> str:
        return str(self.move.label)

    @property
    def stays(self) -> bool:
        """True when the matter remains where it is."""
        return self.source is self.target

    @property
    def clocks(self) -> str:
        """The clocks that it turns, as one phrase; "" when none."""
        turned = (("起算", self.starts), ("完成", self.meets), ("中止", self.pauses), ("恢复", self.resumes))
        return "；".join(f"{verb}{listed(rules)}" for verb, rules in turned if rules)


def who_may(move: Move) -> str:
    """Name the desks and roles that may make the move, and the system where it acts by itself."""
    duty = MAY[move]
    desks = "或".join(str(desk.label) for desk in duty.desks)
    roles = listed(str(role.label) for role in Role if role in duty.roles)
    return f"{desks}的{roles}" + ("，或系统自动" if duty.by_system else "")


def _named(rules: Iterable[Rule | None]) -> tuple[str, ...]:
    return tuple(str(rule.label) for rule in rules if rule)


def way(
    move: Move,
    state: State,
    before: State | None,
    *,
    is_simple: bool = False,
    owes: bool = False,
    is_likely: bool = False,
) -> Way:
    """Read the move from a state as the table has it; `before` is where a return leads."""
    row = TRANSITIONS[move]
    return Way(
        move=move,
        source=state,
        target=target_of(move, state, before, owes=owes),
        article=cite(row.article),
        who=who_may(move),
        starts=_named(row.starts + (row.simple if is_simple else ())),
        meets=_named(row.meets),
        pauses=_named([row.suspends]),
        resumes=_named([row.resumes]),
        letters=tuple(str(kind.label) for kind in row.letters),
        is_likely=is_likely,
    )


def moves_from(state: State, fits: Fits) -> list[Move]:
    """List the moves of the table that lead on from the state, in its order, for whom whatever they are."""
    return [move for move, row in TRANSITIONS.items() if move not in ENTRY and state in row.sources and fits(move)]


def ways_from(
    state: State, before: State | None, fits: Fits, *, is_simple: bool = False, owes: bool = False
) -> list[Way]:
    """List all ways still open from the state, the likely one first."""
    moves = moves_from(state, fits)
    likely = likely_move(moves)
    ways = [way(move, state, before, is_simple=is_simple, owes=owes, is_likely=move is likely) for move in moves]
    return sorted(ways, key=lambda option: not option.is_likely)


def straight_on(
    state: State, before: State | None, fits: Fits, *, is_simple: bool = False, owes: bool = False
) -> list[Way]:
    """List the likely moves one after the other, until the file is closed or the road would turn back."""
    return list(_straight(state, before, fits, is_simple, owes))


def _straight(state: State, before: State | None, fits: Fits, is_simple: bool, owes: bool) -> Iterator[Way]:
    passed = {state}
    while state in OPEN_STATES:
        move = likely_move(moves_from(state, fits))
        if move is None:
            return
        step = way(move, state, before, is_simple=is_simple, owes=owes, is_likely=True)
        yield step
        if step.target in passed:
            return
        passed.add(step.target)
        before, state = state, step.target
