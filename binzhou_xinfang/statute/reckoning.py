"""Arithmetic of periods: from a rule and its first day to the strict and the legal due day (reference §2)."""

from dataclasses import dataclass
from datetime import date, timedelta

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.calendar import WorkCalendar
from binzhou_xinfang.statute.explanation import Count, Pause, explain
from binzhou_xinfang.statute.periods import PERIODS
from binzhou_xinfang.statute.rules import DayUnit, ExtensionBase, Party, PauseMode, Period, Rule

FIRST_YEAR, LAST_YEAR = 1949, 2199
LONGEST = 3650
_ONE_DAY = timedelta(days=1)


class ReckoningError(Refusal):
    """Refusal of what the rule does not allow. `field` is start, days, extend, excluded or not_before."""


@dataclass(frozen=True)
class Step:
    """One sentence of how a due day was found."""

    text: str


@dataclass(frozen=True)
class Reckoning:
    """A due day and how it was found.

    `strict` is the plain last day, on which agencies are scored; `legal` is the next workday when that day is off, and
    only after it is anything late in law. For a rule that counts back both are the latest day to act. `provisional`:
    the days counted, or those the end rolled over, lie in a year whose calendar has not been published.
    """

    rule: Rule
    start: date
    strict: date
    legal: date
    provisional: bool
    steps: tuple[Step, ...]


def reckon(
    rule: Rule,
    start: date,
    *,
    calendar: WorkCalendar,
    period: Period | None = None,
    days: int | None = None,
    extend: int = 0,
    excluded: tuple[tuple[date, date], ...] = (),
    not_before: date | None = None,
) -> Reckoning:
    """Reckon the days on which the clock of `rule` runs out.

    `start`: the day of the event, which is not counted (民法典第二百零一条); for a rule that counts back, the last day.
    `period`: the rule as it was in force on the day `start` (`regime.Regime.period`); the law's own without it.
    `days`: the length, for the rules whose length a person or the office sets, in the unit of the rule.
    `extend`: days of an approved extension, counted on from the unrolled day unless the period says otherwise.
    `excluded`: spans that do not count, each as (notice, conclusion); the day of the notice still counts, so that a
    span takes out as many days as lie between its two dates, unless the period says otherwise.
    `not_before`: the day before which a petitioner's right does not end, whatever its first day.
    Raises ReckoningError for what the rule does not allow.
    """
    period = period or PERIODS[rule]
    _check_dates(start, excluded)
    length = _length(period, days)
    _check_allowed(period, extend, excluded, not_before)
    if period.unit is DayUnit.WORKING:
        count = _count_workdays(period, start, length, calendar)
    else:
        count = _count_natural(
            period, start, length=length, extend=extend, excluded=excluded, not_before=not_before, calendar=calendar
        )
    return Reckoning(
        rule=rule,
        start=start,
        strict=count.strict,
        legal=count.legal,
        provisional=bool(count.unpublished),
        steps=tuple(Step(text) for text in explain(count, calendar)),
    )


def _check_dates(start: date, excluded: tuple[tuple[date, date], ...]) -> None:
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise ReckoningError(f"起算日应在{FIRST_YEAR}年至{LAST_YEAR}年之间，请核对年份。", field="start")
    for first, last in excluded:
        if last < first:
            raise ReckoningError("不计入期限的时间，结束日不能早于开始日。", field="excluded")
        if last.year > LAST_YEAR:
            raise ReckoningError(f"不计入期限的时间不能晚于{LAST_YEAR}年，请核对年份。", field="excluded")


def _length(period: Period, days: int | None) -> int:
    if days is None:
        if period.length is None:
            raise ReckoningError(f"{period.rule.label}的天数由人指定，请填写天数。", field="days")
        return period.length
    if period.is_fixed:
        raise ReckoningError(f"{period.rule.label}的天数由规定确定，不能另行指定。", field="days")
    if not 1 <= days <= LONGEST:
        raise ReckoningError(f"{period.rule.label}的天数应为1至{LONGEST}的整数。", field="days")
    return days


def _check_allowed(
    period: Period, extend: int, excluded: tuple[tuple[date, date], ...], not_before: date | None
) -> None:
    # What moves with another clock has that one's bound.
    most = LONGEST if period.moves_with or period.waits_for else period.max_extension
    if extend and not most:
        raise ReckoningError(f"{period.rule.label}依规定不能延长，延长天数只能为0。", field="extend")
    if not 0 <= extend <= most:
        # 第三十四条：延长期限不得超过30日
        raise ReckoningError(f"{period.rule.label}的延长天数应为0至{most}的整数。", field="extend")
    if excluded and not period.pauses_for:
        raise ReckoningError(
            f"{period.rule.label}依规定不能中止，只有复核可以扣除听证所需时间，执行可以扣除复查、复核的时间。",
            field="excluded",
        )
    if not_before and not (period.gives_right and period.party is Party.PETITIONER):
        raise ReckoningError(f"{period.rule.label}不是信访人的权利，届满日不能另行保留。", field="not_before")


def _count_workdays(period: Period, start: date, length: int, calendar: WorkCalendar) -> Count:
    step = -_ONE_DAY if period.counts_back else _ONE_DAY
    counted: list[date] = []
    day = start
    while len(counted) < length:
        day += step
        if calendar.is_workday(day):
            counted.append(day)
    return Count(
        period=period,
        start=start,
        length=length,
        plain=day,
        base=day,
        strict=day,
        legal=day,
        rolled=day,
        unpublished=_unpublished_years(start + step, day, calendar),
        workdays=tuple(counted),
    )


def _count_natural(
    period: Period,
    start: date,
    *,
    length: int,
    extend: int,
    excluded: tuple[tuple[date, date], ...],
    not_before: date | None,
    calendar: WorkCalendar,
) -> Count:
    plain = start + timedelta(days=length)
    base = _rolled(plain, calendar) if extend and period.extension_base is ExtensionBase.ROLLED else plain
    pauses = _pauses(start, base + timedelta(days=extend), excluded, period.pause)
    strict = base + timedelta(days=extend + sum(pause.days for pause in pauses))
    # 民法典第二百零三条：期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日
    legal = _rolled(strict, calendar) if period.rolls else strict
    kept = _rolled(not_before, calendar) if not_before and not_before > legal else None
    return Count(
        period=period,
        start=start,
        length=length,
        plain=plain,
        strict=strict,
        legal=kept or legal,
        rolled=legal,
        unpublished=_unpublished_years(start + _ONE_DAY, kept or legal, calendar),
        base=base,
        extend=extend,
        pauses=pauses,
    )


def _rolled(day: date, calendar: WorkCalendar) -> date:
    while not calendar.is_workday(day):
        day += _ONE_DAY
    return day


def _pauses(start: date, due: date, excluded: tuple[tuple[date, date], ...], mode: PauseMode) -> tuple[Pause, ...]:
    """Cut the parts of `excluded` in which the clock was running, without overlap; each puts `due` off."""
    pauses: list[Pause] = []
    reached = start
    for first, last in sorted(excluded):
        opened = first - _ONE_DAY if mode is PauseMode.BOTH_DAYS else first
        begin = max(opened, reached)
        if begin < min(last, due):
            pauses.append(Pause(begin, last, mode))
            due += timedelta(days=pauses[-1].days)
            reached = last
    return tuple(pauses)


def _unpublished_years(one: date, other: date, calendar: WorkCalendar) -> tuple[int, ...]:
    first, last = sorted((one.year, other.year))
    return tuple(year for year in range(first, last + 1) if calendar.is_provisional(date(year, 1, 1)))
