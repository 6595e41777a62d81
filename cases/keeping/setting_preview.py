"""Preview of a change of a setting: its effects in words, before it is made."""

from collections.abc import Mapping
from datetime import date

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.overlay import SHANDONG
from binzhou_xinfang.statute.parameter import Group
from binzhou_xinfang.statute.parameters import PARAMETERS, Key
from binzhou_xinfang.statute.reckoning import reckon
from binzhou_xinfang.statute.rulebook import Entry, Rulebook
from binzhou_xinfang.statute.rules import Rule
from binzhou_xinfang.statute.setting_types import Value
from binzhou_xinfang.statute.wording import listed, say_date, say_day
from cases.keeping.in_force import Item
from cases.keeping.settings import refuse_day
from cases.models import Deadline


def foretell(item: Item, values: Mapping[str, Value], *, effective_from: date, on: date) -> list[str]:
    """Foretell the effects of setting `values` from `effective_from`, one sentence each; the reason when it cannot
    be."""
    book = current_rulebook()
    regime = book.on(effective_from)
    changed = {key: value for key, value in values.items() if value != regime.value(key)}
    if not changed:
        return ["与届时执行的设定相同，没有变化。"]
    try:
        refuse_day(changed, effective_from, on=on)
    except Refusal as refusal:
        return [str(refusal)]
    day = say_date(effective_from, on)
    said = [f"{PARAMETERS[key].label}：自{day}起为{PARAMETERS[key].shape.say(value)}" for key, value in changed.items()]
    said += _kept(item, changed)
    after = book.with_entries(Entry(key, effective_from, value) for key, value in changed.items())
    if item.rule and any(PARAMETERS[key].reckons for key in changed):
        said += _example(item.rule, book, after, effective_from, on)
    said += [
        f"{PARAMETERS[key].label}另已设定自{say_date(entry.effective_from, on)}起为"
        f"{PARAMETERS[key].shape.say(entry.value)}，届时以其为准"
        for key in changed
        for entry in book.to_come(key, effective_from)
    ]
    return said


def _kept(item: Item, changed: Mapping[str, Value]) -> list[str]:
    """Word the effect on the clocks that run, and on Shandong's rows. Reports of wrongdoing are not counted."""
    if item.name == Key.SHANDONG:
        return [_switched(bool(changed[Key.SHANDONG]))]
    said = []
    if any(PARAMETERS[key].reckons for key in changed):
        running = Deadline.objects.running().filter(case__is_sealed=False)
        number = (running.filter(rule=item.rule) if item.rule else running).count()
        said.append(f"正在计算的{number}个期限和已经结束的期限保持原来的届满日，不受影响")
    if any(not PARAMETERS[key].reckons for key in changed) and item.rule:
        said.append("提醒阶梯用于届时所有正在计算的期限，已经发出的提醒不变")
    said += [_FROM_THEN_ON[group] for group in _FROM_THEN_ON if item.group is group]
    return said


_FROM_THEN_ON = {
    Group.NUMBERING: "已经编定的号不变，仍可按原号查找；序号接着编，不重新开始",
    Group.PAPER: "届时起签发的文书照此排版；已经制发的文书不变",
    Group.PRIVACY: "届时起页面、接口和新文书都照此遮盖；已经制发的文书不变",
}


def _switched(is_on: bool) -> str:
    clocks = listed(what.label for what in SHANDONG if isinstance(what, Rule))
    return f"此后{'开始' if is_on else '不再开始'}计算：{clocks}；已经开始的照原规定计算到结束"


def _example(rule: Rule, before: Rulebook, after: Rulebook, start: date, on: date) -> list[str]:
    calendar, old, new = current_calendar(), before.period(rule, start), after.period(rule, start)
    if old.length is None:
        return []
    was, will = (reckon(rule, start, calendar=calendar, period=period).legal for period in (old, new))
    end = "最迟" if new.counts_back else "届满日"
    return [f"例如{say_date(start, on)}{new.starts_with}的，{end}为{say_day(will, on)}（原为{say_day(was, on)}）"]
