"""Clocks that may run in each state, by the table of moves, and those among them that nobody could answer there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.states.duty import Desk
from cases.states.keepers import KEEPERS, Keeper
from cases.states.owed import OWED
from cases.states.table import MAY, TRANSITIONS
from cases.states.transition import Transition
from cases.states.vocabulary import State

# The clocks by which a unit owes what a state asks of it.
_OF_STATES = frozenset(rule for answer in OWED.values() for debt in answer.owed for rule in debt.clocks)
_ELSEWHERE = frozenset({Keeper.PASSER, Keeper.DECIDER, Keeper.ASSIGNER, Keeper.REVIEWER})


def may_run() -> Mapping[State, frozenset[Rule]]:
    """List for each state the clocks of states that some way through the table leaves running there."""
    found: defaultdict[State, frozenset[Rule]] = defaultdict(frozenset)
    while True:
        before = found.copy()
        for source, target, row in _ways():
            left = (before[source] if source else frozenset()) - {*row.meets, *row.cancels, row.suspends}
            goes_on = {row.resumes} if row.resumes else set()
            found[target] |= (left | goes_on | {*row.starts, *row.simple}) & _OF_STATES
        if found == before:
            return found


def _ways() -> Iterator[tuple[State | None, State, Transition]]:
    for row in TRANSITIONS.values():
        for source in row.sources or (None,):
            if row.target is not None:
                yield source, row.target, row
            elif source and row.returns and source not in row.stays:
                yield from ((source, back, row) for back in _led_to(source))
            elif source:
                yield source, source, row
            if row.owing is not None:
                yield source, row.owing, row


def _led_to(state: State) -> set[State]:
    return {source for row in TRANSITIONS.values() if row.target is state for source in row.sources}


def urged_in_vain() -> Iterator[str]:
    """Name each duty of a unit that may run while the matter lies with another desk, where no move of the unit could
    fulfil it, and the state does not say that it waits (`Owed.awaited_by`)."""
    running = may_run()
    for state, keeper in KEEPERS.items():
        if keeper not in _ELSEWHERE:
            continue
        held = {rule for debt in OWED[state].owed for rule in debt.awaited_by}
        own = {rule for debt in OWED[state].owed if debt.by is Desk.HOLDER for rule in debt.watched_by}
        for rule in sorted(running[state] - held - own):
            if not PERIODS[rule].gives_right and not _can_be_met(state, rule):
                yield f"{state.value}: 事项在其他单位，{rule.label}无法完成，应当写明等待（awaited_by）"


def _can_be_met(state: State, rule: Rule) -> bool:
    return any(
        state in row.sources and rule in row.meets and {Desk.RESPONSIBLE, Desk.CO_HANDLER} & {*MAY[move].desks}
        for move, row in TRANSITIONS.items()
        if move in MAY
    )
