"""Debts of a state: what is owed while an object stands there, at which desk, and which clock watches over it.

A mark is what is asked of somebody beside the state (a person's recusal, an early end): it waits in whatever state, so
that it has a debt of its own.
"""

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
    it ends no later than these; `before`: it is not made where one of these ends no later and watches by itself;
    `since`: in words, the day from which it counts when the step names another. `awaited_by`: clocks of other desks,
    whose duty cannot be done before this one is: they urge nobody until then. `when`: in words, the objects that
    have this debt; `holds`: the same as a test.
    """

    what: str
    by: Desk
    clocks: tuple[Rule, ...] = ()
    own: Rule | None = None
    unless: tuple[Rule, ...] = ()
    within: tuple[Rule, ...] = ()
    before: tuple[Rule, ...] = ()
    since: str = ""
    awaited_by: tuple[Rule, ...] = ()
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


@dataclass(frozen=True)
class Mark(Generic[M]):
    """A column that says that the object waits for somebody. `settled_by`: keys of the steps that take it away."""

    debt: Owed[M]
    settled_by: tuple[str, ...]


# By the name of the column; a sentence: why nobody is waited for.
Marks = Mapping[str, Mark[M] | str]


def marked(marks: Marks[M], obj: M) -> list[Owed[M]]:
    """List the debts of the marks that the object bears."""
    return [mark.debt for mark in marks.values() if isinstance(mark, Mark) and mark.debt.holds(obj)]


def debts(*owed: Owed[Any], nothing: str = "") -> Debts[Any]:
    """Say what a state owes, or why nothing is."""
    return Debts(owed, nothing)


def debts_in(table: OwedIn[M], marks: Marks[M]) -> Iterator[Owed[M]]:
    """List every debt that there is, of states and of marks."""
    yield from (debt for answer in table.values() for debt in answer.owed)
    yield from (mark.debt for mark in marks.values() if isinstance(mark, Mark))


def own_clocks(table: OwedIn[Any], marks: Marks[Any]) -> frozenset[Rule]:
    """List the clocks that belong to states and to marks."""
    return frozenset(debt.own for debt in debts_in(table, marks) if debt.own)


def wanted(table: OwedIn[M], marks: Marks[M], state: State, obj: M, running: Iterable[str]) -> list[Owed[M]]:
    """List the debts of the object in this state, and of its marks, whose own clock should run beside the `running`
    ones."""
    there, all_of_it = set(running), [*table[state].owed, *marked(marks, obj)]
    return [debt for debt in all_of_it if debt.own and debt.holds(obj) and not there & {*debt.unless}]


def unanswered(table: OwedIn[Any], marks: Marks[Any], states: Iterable[State]) -> Iterator[str]:
    """List the faults of the debts of these states and marks, a sentence each."""
    for state in states:
        answer = table.get(state)
        if answer is None or not (answer.owed or answer.nothing):
            yield f"没有说明该状态欠什么、由谁、到何时：{state.value}"
        elif answer.owed and not answer.nothing and all(debt.when for debt in answer.owed):
            yield f"没有说明其余情形不欠的理由：{state.value}"
    for debt in debts_in(table, marks):
        if not debt.watched_by:
            yield f"没有期限看管：{debt.what}"
        if debt.when and debt.holds is _always:
            yield f"说了条件而没有判断：{debt.what}"
