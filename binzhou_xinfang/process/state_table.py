"""Table of the states of all lives: what is owed, by which clock, who is told, the ways out and who may take them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.process.life import Life
from binzhou_xinfang.process.owed import Mark, Owed
from binzhou_xinfang.process.steps import State, Step
from binzhou_xinfang.statute.rules import Period, Rule

HEADS: Mapping[str, str] = {
    "life": "事务", "state": "状态", "what": "应当办理", "by": "由谁承担", "clock": "期限", "told": "提醒",
    "ways": "出路", "who": "由谁办理",
}  # fmt: skip
Periods = Mapping[Rule, Period]


def rows(lives: Iterable[Life[Any]], periods: Periods) -> list[dict[str, str]]:
    """List one row for each debt of each state, and for what else is to be said of the state, then one for each mark;
    `periods`: the rules as they are in force on the day of the table."""
    table: list[dict[str, str]] = []
    for life in lives:
        table += [row for state in life.states for row in _rows_of(life, state, periods)]
        table += [_row_of_mark(life, mark, periods) for mark in life.marks.values() if isinstance(mark, Mark)]
    return table


def _rows_of(life: Life[Any], state: State, periods: Periods) -> Iterator[dict[str, str]]:
    answer, out = life.owed[state], _ways_out(life, state)
    common = {
        "life": life.label,
        "state": str(state.label),
        "ways": "、".join(str(row.key.label) for row in out),
        "who": _who(out),
    }
    yield from (common | _debt(debt, periods) for debt in answer.owed)
    if answer.nothing:
        what = f"其余：{answer.nothing}" if answer.owed else f"不欠：{answer.nothing}"
        yield common | {"what": what, "by": "", "clock": "", "told": ""}


def _row_of_mark(life: Life[Any], mark: Mark[Any], periods: Periods) -> dict[str, str]:
    settling = [life.steps[key] for key in mark.settled_by]
    return {
        "life": life.label,
        "state": "不论状态",
        "ways": "、".join(str(row.key.label) for row in settling),
        "who": _who(settling),
        **_debt(mark.debt, periods),
    }


def _debt(debt: Owed[Any], periods: Periods) -> dict[str, str]:
    waiting = "、".join(str(rule.label) for rule in debt.awaited_by)
    held = f"（作出以前不催办责任单位的{waiting}）" if waiting else ""
    return {
        "what": (f"{debt.when}：{debt.what}" if debt.when else debt.what) + held,
        "by": str(debt.by.label),
        "clock": "；".join(_clock(periods[rule], debt) for rule in debt.watched_by),
        "told": _told([periods[rule] for rule in debt.watched_by]),
    }


def _ways_out(life: Life[Any], state: State) -> list[Step[Any]]:
    """List the steps that may leave the state."""
    return [row for row in life.rows_from(state) if {*row.targets} - {state}]


def _who(rows_out: Sequence[Step[Any]]) -> str:
    by: dict[str, list[str]] = {}
    for row in rows_out:
        by.setdefault(_people(row), []).append(str(row.key.label))
    return "；".join(f"{who}：{'、'.join(steps)}" for who, steps in by.items())


def _people(row: Step[Any]) -> str:
    seats = ["或".join(str(desk.label) for desk in seat.desks) + "的" + _roles(seat.roles) for seat in row.who]
    return "，或".join([*seats, *(["系统"] if row.by_system else [])])


def _roles(roles: Iterable[Role]) -> str:
    return "、".join(str(role.label) for role in Role if role in roles)


def _clock(period: Period, debt: Owed[Any]) -> str:
    length = f"{period.length}{period.unit.value}" if period.length else "由有权机关指定天数"
    within = "、".join(str(rule.label) for rule in debt.within) if period.rule == debt.own else ""
    since = debt.since if period.rule == debt.own and debt.since else period.starts_with
    first = "、".join(str(rule.label) for rule in debt.before) if period.rule == debt.own else ""
    within = f"，不晚于{within}" if within else f"，{first}届满在先的不另计" if first else ""
    until = f"，以{period.met_by}为完成" if period.met_by else ""
    return f"{period.rule.label}（自{since}起{length}{within}{until}；{period.article}）"


def _told(periods: Sequence[Period]) -> str:
    """Word whom each clock tells; clocks that tell the same stand together."""
    by: dict[str, list[str]] = {}
    for period in periods:
        words = "；".join(rung.words for rung in period.ladder) or "不提醒"
        by.setdefault(words, []).append(str(period.rule.label))
    if len(by) == 1:
        return next(iter(by))
    return "。".join(f"{'、'.join(labels)}——{words}" for words, labels in by.items())


def markdown(table: Sequence[Mapping[str, str]]) -> str:
    """Write the table as the papers have it."""
    lines = ["| " + " | ".join(HEADS.values()) + " |", "|" + "---|" * len(HEADS)]
    lines += ["| " + " | ".join(row[key] or "—" for key in HEADS) + " |" for row in table]
    return "\n".join(lines)
