"""System checks: the table of every life is whole."""

from collections.abc import Iterator
from typing import Any

from django.core import checks

from binzhou_xinfang.process.life import LIVES, Life
from binzhou_xinfang.process.owed import Mark, debts_in, unanswered
from binzhou_xinfang.statute.ladders import LAPSE
from binzhou_xinfang.statute.periods import PERIODS, Rule


@checks.register("xinfang")
def check_lives(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that each word for a step has its row; that rows lead between states of the life; that each state is
    reached, and left unless it is final; that somebody takes each step; that each state says what it owes, by a
    clock that runs, and so each column that may wait for somebody; that followers take steps that there are."""
    return [
        checks.Error(f"{life.label}（{life.name}）：{fault}", id="process.E001")
        for life in LIVES.values()
        for fault in faults_of(life)
    ]


def faults_of(life: Life[Any]) -> Iterator[str]:
    """List the faults of the life's table, a sentence each."""
    yield from _words(life)
    yield from _states(life)
    yield from _owed(life)
    yield from _marks(life)
    yield from _followers(life)


def _words(life: Life[Any]) -> Iterator[str]:
    words = {str(key) for kind in {type(row.key) for row in life.steps.values()} for key in kind.values}
    if missing := sorted(words - life.steps.keys()):
        yield f"没有这些步骤的行和动作：{missing}"
    if not life.steps:
        yield "没有步骤"
    if life.chain is None and type(life).record is Life.record:
        yield "事件没有去处：既没有自己的链，也没有自己的写法"
    for row in life.steps.values():
        if not row.who and not row.by_system:
            yield f"{row.key.value} 没有人可以办理"
        told = {row.event_at(target) for target in row.targets} - {""}
        if life.kinds and (unknown := sorted(kind for kind in told if life.kinds.get(kind) is None)):
            yield f"{row.key.value} 写没有声明的事件：{unknown}"


def _states(life: Life[Any]) -> Iterator[str]:
    rows = list(life.steps.values())
    for row in rows:
        if foreign := sorted(str(state) for state in {*row.sources, *row.targets} if state not in life.states):
            yield f"{row.key.value} 用到不属于它的状态：{foreign}"
    reached = {state for row in rows for state in row.targets if row.begins or row.sources - {state}}
    if not any(row.begins for row in rows):
        reached.add(life.entry)
    if lost := sorted(str(state) for state in set(life.states) - reached):
        yield f"不能到达的状态：{lost}"
    left = {state for row in rows for state in row.sources if {*row.targets} - {state}}
    if stuck := sorted(str(state) for state in set(life.states) - left - set(life.final)):
        yield f"没有出路的状态：{stuck}"


def _owed(life: Life[Any]) -> Iterator[str]:
    yield from unanswered(life.owed, life.marks, life.states)
    if foreign := sorted(str(state) for state in life.owed if state not in life.states):
        yield f"说明了不属于它的状态：{foreign}"
    own, desks = life.own_clocks, {desk for row in life.steps.values() for desk in row.desks}
    turned = {rule for row in life.steps.values() for rule in row.starts}
    for debt in debts_in(life.owed, life.marks):
        if stray := sorted(str(rule) for rule in debt.watched_by if rule not in own | turned):
            yield f"{debt.what} 由没有步骤起算的期限看管：{stray}"
        if debt.by not in desks:
            yield f"{debt.what} 由没有的岗位承担：{debt.by}"
    if silent := sorted(str(rule) for rule in own if not _tells(rule)):
        yield f"到期没有提醒的期限：{silent}"


def _marks(life: Life[Any]) -> Iterator[str]:
    columns = set(life.mark_columns())
    if silent := sorted(columns - set(life.marks)):
        yield f"没有说明这些标记是否等待某人、由谁、到何时：{silent}"
    if stray := sorted(set(life.marks) - columns):
        yield f"说明了没有的标记：{stray}"
    for name, mark in life.marks.items():
        if isinstance(mark, Mark) and (lost := sorted(set(mark.settled_by) - life.steps.keys()) or not mark.settled_by):
            yield f"标记 {name} 没有人可以了结：{lost}"


def _tells(rule: Rule) -> bool:
    """Check that the clock has its days, and that somebody is told when they have passed."""
    period = PERIODS[rule]
    return period.length is not None and any(rung.days == LAPSE for rung in period.ladder)


def _followers(life: Life[Any]) -> Iterator[str]:
    for follower in life.followers:
        if unknown := sorted(follower.after - life.steps.keys()):
            yield f"{follower.run.__qualname__} 跟随没有的步骤：{unknown}"
        other = LIVES.get(follower.life)
        taken = {key for key in follower.takes if other and key in other.steps and other.steps[key].by_system}
        if other is None or taken != follower.takes:
            yield f"{follower.run.__qualname__} 办理没有的步骤：{follower.life} {sorted(follower.takes - taken)}"
