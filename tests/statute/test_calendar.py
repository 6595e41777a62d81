"""Rest days and workdays: the built-in notices, and what the office enters over them."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from binzhou_xinfang.statute.calendar import SEED, YEARLY, DayKind, DayMark, WorkCalendar

FRIDAY, SATURDAY, SUNDAY = date(2027, 3, 5), date(2027, 3, 6), date(2027, 3, 7)


def test_the_built_in_years_agree_with_chinesecalendar_on_every_day() -> None:
    calendar, day = WorkCalendar(), date(2004, 1, 1)
    while day.year < 2027:
        assert calendar.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "name", "works"),
    [
        (date(2025, 1, 1), "元旦", False),
        (date(2025, 1, 29), "春节", False),
        (date(2025, 4, 4), "清明节", False),
        (date(2025, 5, 1), "劳动节", False),
        (date(2025, 5, 31), "端午节", False),
        (date(2025, 10, 1), "国庆节", False),
        (date(2025, 10, 6), "中秋节", False),
        (date(2015, 9, 3), "抗战胜利纪念日", False),
        (date(2025, 10, 11), "调休上班", True),
        (date(2025, 10, 12), "周日", False),
        (date(2025, 10, 18), "周六", False),
        (date(2025, 10, 9), "周四", True),
    ],
)
def test_a_day_is_called_by_its_name(day: date, name: str, works: bool) -> None:
    calendar = WorkCalendar()
    assert (calendar.name_of(day), calendar.is_workday(day)) == (name, works)


def test_the_office_can_take_a_day_off_and_give_one_back() -> None:
    calendar = WorkCalendar({FRIDAY: DayMark(DayKind.OFF, "地方节日"), SATURDAY: DayMark(DayKind.WORK)})
    days = (FRIDAY, SATURDAY, SUNDAY)
    assert [calendar.is_workday(day) for day in days] == [False, True, False]
    assert [calendar.name_of(day) for day in days] == ["地方节日", "调休上班", "周日"]


def test_the_office_wins_over_the_built_in_day() -> None:
    calendar = WorkCalendar(
        {date(2025, 10, 8): DayMark(DayKind.WORK), date(2025, 10, 11): DayMark(DayKind.OFF, "国庆节")}
    )
    assert calendar.is_workday(date(2025, 10, 8))
    assert not calendar.is_workday(date(2025, 10, 11))
    assert calendar.name_of(date(2025, 10, 8)) == "周三"
    assert not calendar.is_make_up(date(2025, 10, 11))


def test_a_year_is_provisional_before_and_after_the_published_ones() -> None:
    calendar = WorkCalendar()
    days = (date(2003, 12, 31), date(2004, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [calendar.is_provisional(day) for day in days] == [True, False, False, True]


def test_a_year_is_published_by_all_its_festivals_and_by_no_fewer() -> None:
    days = {date(2027, 1, number): DayMark(DayKind.OFF, name) for number, name in enumerate(YEARLY, start=1)}
    for left_out in days:
        fewer = {day: mark for day, mark in days.items() if day != left_out}
        assert WorkCalendar(fewer | {left_out: DayMark(DayKind.WORK)}).is_provisional(date(2027, 6, 1))
    whole = WorkCalendar(days)
    assert (whole.is_provisional(date(2027, 6, 1)), whole.is_provisional(date(2028, 1, 1))) == (False, True)


def test_two_festivals_of_one_break_are_both_there() -> None:
    names = [*YEARLY[:5], "中秋节、国庆节"]
    days = {date(2027, 1, number): DayMark(DayKind.OFF, name) for number, name in enumerate(names, start=1)}
    assert not WorkCalendar(days).is_provisional(date(2027, 6, 1))


def test_calendars_do_not_share_their_corrections() -> None:
    WorkCalendar({date(2025, 10, 9): DayMark(DayKind.OFF, "国庆节")})
    assert WorkCalendar().is_workday(date(2025, 10, 9))
    assert date(2025, 10, 9) not in SEED
