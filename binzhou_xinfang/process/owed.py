"""Debts of a state: what is owed while an object stands there, at which desk, and which clock watches over it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic

from binzhou_xinfang.process.steps import Desk, M, State
from binzhou_xinfang.statute.rules import Rule


def _always(obj: Any) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Owed(Generic[M]):
    """One debt, `what` a desk owes.

    `clocks`: those that the steps start and stop; while the debt is there, one of them runs. `own`: the clock of the
    state itself, which starts for the desk when an object comes to stand there, from the legal day of the step, and is
    met when it leaves, unless the step cancels it. `unless`: while one of these runs, the own clock does not; `within`:
    it ends no later than these; `since`: in words, the day from which it counts when the step names another. `when`: in
    words, the objects that have this debt; `holds`: the same as a test.
    """

    what: str
    by: Desk
    clocks: tuple[Rule, ...] = ()
    own: Rule | None = None
    unless: tuple[Rule, ...] = ()
    within: tuple[Rule, ...] = ()
    since: str = ""
    when: str = ""
    holds: Callable[[M], bool] = _always

    @property
    def watched_by(self) -> tuple[Rule, ...]:
        """All clocks that may watch over it."""
        return tuple(dict.fromkeys((*((self.own,) if self.own else ()), *self.clocks, *self.unless)))


@dataclass(frozen=True)
class Debts(Generic[M]):
    """The answer of one state. `nothing`: why nothing, or nothing else, is owed there."""

    owed: tuple[Owed[M], ...] = ()
    nothing: str = ""


OwedIn = Mapping[State, Debts[M]]


def debts(*owed: Owed[Any], nothing: str = "") -> Debts[Any]:
    """Say what a state owes, or why nothing is."""
    return Debts(owed, nothing)


def own_clocks(table: OwedIn[Any]) -> frozenset[Rule]:
    """List the clocks that belong to states."""
    return frozenset(debt.own for answer in table.values() for debt in answer.owed if debt.own)


def wanted(table: OwedIn[M], state: State, obj: M, running: Iterable[str]) -> list[Owed[M]]:
    """List the debts of the object in this state whose own clock should run beside the `running` ones."""
    there = set(running)
    return [debt for debt in table[state].owed if debt.own and debt.holds(obj) and not there & {*debt.unless}]


def unanswered(table: OwedIn[Any], states: Iterable[State]) -> Iterator[str]:
    """List the faults of a table of debts over these states, a sentence each."""
    for state in states:
        answer = table.get(state)
        if answer is None or not (answer.owed or answer.nothing):
            yield f"没有说明该状态欠什么、由谁、到何时：{state.value}"
        elif answer.owed and not answer.nothing and all(debt.when for debt in answer.owed):
            yield f"没有说明其余情形为什么不欠：{state.value}"
    for debt in (debt for answer in table.values() for debt in answer.owed):
        if not debt.watched_by:
            yield f"没有期限看管：{debt.what}"
        if debt.when and debt.holds is _always:
            yield f"说了条件而没有判断：{debt.what}"
