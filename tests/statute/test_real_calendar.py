"""Every rule across every Spring Festival and National Day on record, against chinesecalendar asked day by day."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from binzhou_xinfang.statute.calendar import WorkCalendar
from binzhou_xinfang.statute.periods import PERIODS, STATUTORY, DayUnit, Rule
from binzhou_xinfang.statute.reckoning import reckon
from tests.statute.oracle import ONE_DAY, next_workday, nth_day

YEARS = range(2004, 2027)
CALENDAR = WorkCalendar()


def is_workday(day: date) -> bool:
    """Ask the package itself; weekends alone where it says nothing."""
    return bool(chinese_calendar.is_workday(day)) if day.year in YEARS else day.weekday() < 5


def starts_around_the_long_breaks(year: int) -> list[date]:
    """Every third day from which a period of the law can end in, or lead through, a long break of the year."""
    spans = ((date(year, 1, 1), 60), (date(year, 7, 1), 100), (date(year, 11, 15), 46))
    return [first + timedelta(days=number) for first, days in spans for number in range(year % 3, days, 3)]


def slowly(rule: Rule, start: date, extend: int) -> tuple[date, date]:
    """The strict and the legal day, found by walking."""
    period = PERIODS[rule]
    length = period.length or 0
    if period.unit is DayUnit.WORKING:
        last = nth_day(start, length, counts=is_workday, step=-ONE_DAY if period.counts_back else ONE_DAY)
        return last, last
    strict = start + timedelta(days=length + extend)
    return strict, next_workday(strict, is_workday=is_workday)


@pytest.mark.parametrize("year", YEARS)
def test_each_rule_ends_where_walking_through_the_published_calendar_ends(year: int) -> None:
    wrong = []
    for start in starts_around_the_long_breaks(year):
        for rule in STATUTORY:
            extend = start.day if PERIODS[rule].max_extension and start.day <= 30 else 0
            found = reckon(rule, start, calendar=CALENDAR, extend=extend)
            if (found.strict, found.legal) != slowly(rule, start, extend):
                wrong.append((rule, start, extend, found))
    assert wrong == []
