"""Explanation of a due day, in the sentences that `--explain` prints and a click on the day shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from binzhou_xinfang.statute.calendar import MAKE_UP_WORKDAY, WorkCalendar
from binzhou_xinfang.statute.periods import PERIODS
from binzhou_xinfang.statute.rules import DayUnit, ExtensionBase, PauseMode, Period
from binzhou_xinfang.statute.wording import listed, say_date, say_day, say_span, weekday

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """A stretch that does not count: the days after `first` up to and with `last`, or one of them (`mode`)."""

    first: date
    last: date
    mode: PauseMode = PauseMode.TO_CONCLUSION

    @property
    def days(self) -> int:
        """The natural days that the pause takes out of the period."""
        return 1 if self.mode is PauseMode.HEARING_DAY else (self.last - self.first).days

    @property
    def counted(self) -> str:
        """The mode by which its days are taken out, in words."""
        return {PauseMode.BOTH_DAYS: "首尾两日均计", PauseMode.HEARING_DAY: "只计听证一日"}.get(self.mode, "首日不计")


@dataclass(frozen=True, kw_only=True)
class Count:
    """Record of one reckoning, from which the explanation is told.

    `plain` is the last day before extension and suspension, `base` the day an extension counts on from, `rolled` the
    last day as the rule gives it; `legal` lies after it when a right is kept open. Working days are listed in
    `workdays`; `extend` and `pauses` occur with natural days only.
    """

    period: Period
    start: date
    length: int
    plain: date
    base: date
    strict: date
    legal: date
    rolled: date
    unpublished: tuple[int, ...]
    extend: int = 0
    pauses: tuple[Pause, ...] = ()
    workdays: tuple[date, ...] = ()


def explain(count: Count, calendar: WorkCalendar) -> Iterator[str]:
    """Word the steps in their order: start, rule, days counted and skipped, extension, suspension, end, provisional."""
    yield _start(count)
    yield _rule(count)
    if count.period.unit is DayUnit.WORKING:
        yield from _working(count, calendar)
    else:
        yield from _natural(count)
        yield _roll(count, calendar)
        if count.legal != count.rolled:
            kept = _counted(count.legal, count.start, calendar)
            yield f"送达日期是事后登录、经核实的，为信访人保留提出申请的时间，期限到{kept}届满。"
    if count.unpublished:
        years = listed(f"{year}年" for year in count.unpublished)
        yield f"{years}的放假安排尚未录入，暂按周六、周日休息推算，结果为暂定。"


def _start(count: Count) -> str:
    day = f"{count.start.year}年{say_day(count.start, count.start)}"
    if count.period.counts_back:
        return f"{day}{count.period.starts_with}，当日不计入，从前一日往前数。"
    return f"{day}{count.period.starts_with}，当日不计入，从次日起算。"


def _rule(count: Count) -> str:
    rule = f"{count.period.rule.label}，依据{count.period.article}"
    rule += _own_length(count.period)
    if count.period.unit is DayUnit.WORKING:
        return f"{rule}，按工作日计算，{MAKE_UP_WORKDAY}的日子计入。"
    return f"{rule}，按自然日计算，中间的休息日、节假日计入。"


def _own_length(period: Period) -> str:
    """Word a length that is the office's own and not the law's as such."""
    law = PERIODS[period.rule]
    if period.set_from is None or (period.length, period.unit) == (law.length, law.unit):
        return ""
    since = f"{period.set_from.year}年{say_date(period.set_from, period.set_from)}"
    other = "规定" if law.is_fixed else "默认"
    return f"（本局自{since}起设定为{period.length}{period.unit.value}，{other}为{law.length}{law.unit.value}）"


def _natural(count: Count) -> Iterator[str]:
    today, due = count.start, count.plain
    yield f"{say_span(count.start + _ONE_DAY, due, today)}，共{count.length}日。"
    if count.extend:
        due = count.base + timedelta(days=count.extend)
        which = "顺延后" if count.period.extension_base is ExtensionBase.ROLLED else "未顺延"
        base = say_date(count.base, today)
        why = "批准延长" if count.period.max_extension else "随同一职责的期限延长"
        yield f"{why}{count.extend}日，从{which}的{base}接着数，到{say_day(due, today)}。"
    for pause in count.pauses:
        due += timedelta(days=pause.days)
        first = pause.first + _ONE_DAY if pause.mode is PauseMode.BOTH_DAYS else pause.first
        span = say_span(first, pause.last, today)
        yield f"{span}为听证所需时间，{pause.counted}，扣除{pause.days}日，到{say_day(due, today)}。"


def _working(count: Count, calendar: WorkCalendar) -> Iterator[str]:
    days = listed(_counted(day, count.start, calendar) for day in count.workdays)
    yield f"{days}，共{count.length}个工作日。"
    first, last = sorted((count.start, count.strict))
    skipped = list(_rest_groups(_between(first, last), calendar, count.start))
    if skipped:
        yield f"不计入的日子：{'；'.join(skipped)}。"
    latest = "最迟" if count.period.counts_back else "期限到"
    yield f"{latest}{_counted(count.strict, count.start, calendar)}。"


def _roll(count: Count, calendar: WorkCalendar) -> str:
    end = _counted(count.strict, count.start, calendar)
    if calendar.is_workday(count.strict):
        return f"最后一日{end}是工作日，不顺延。"
    if not count.period.rolls:
        return f"最后一日{end}是休息日，按本局设定不顺延。"
    first = count.strict
    while not calendar.is_workday(first - _ONE_DAY):
        first -= _ONE_DAY
    (group,) = _rest_groups(_between(first - _ONE_DAY, count.rolled), calendar, count.start)
    return f"最后一日{end}是休息日：{group}，顺延至{_counted(count.rolled, count.start, calendar)}。"


def _counted(day: date, today: date, calendar: WorkCalendar) -> str:
    if calendar.is_make_up(day):
        return f"{say_date(day, today)}({weekday(day)}，{MAKE_UP_WORKDAY})"
    return say_day(day, today)


def _between(first: date, last: date) -> Iterator[date]:
    """List the days after `first` and before `last`."""
    return (first + timedelta(days=number) for number in range(1, (last - first).days))


def _rest_groups(days: Iterable[date], calendar: WorkCalendar, today: date) -> Iterator[str]:
    """Word runs of rest days among `days`, each with its names: 10月1日至10月8日国庆节、中秋节放假."""
    run: list[date] = []
    for day in days:
        if calendar.is_workday(day):
            continue
        if run and day - run[-1] != _ONE_DAY:
            yield _rest_group(run, calendar, today)
            run = []
        run.append(day)
    if run:
        yield _rest_group(run, calendar, today)


def _rest_group(run: list[date], calendar: WorkCalendar, today: date) -> str:
    festivals = list(dict.fromkeys(name for day in run if (name := calendar.festival_of(day))))
    span = say_span(run[0], run[-1], today)
    if festivals:
        return f"{span}{listed(festivals)}放假"
    return f"{span}({listed(weekday(day) for day in run)})"
