"""Days in the words of the screens."""

from datetime import date

from binzhou_xinfang.statute.wording import listed, say_date, say_day, say_span, weekday


def test_a_day_of_this_year_is_said_without_the_year() -> None:
    assert say_day(date(2025, 10, 9), date(2025, 1, 1)) == "10月9日(周四)"


def test_a_day_of_another_year_is_said_with_it() -> None:
    assert say_day(date(2025, 10, 9), date(2026, 1, 1)) == "2025年10月9日(周四)"


def test_every_weekday_has_its_name() -> None:
    names = [weekday(date(2025, 10, number)) for number in range(6, 13)]
    assert names == ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]


def test_a_date_is_said_alone() -> None:
    assert say_date(date(2025, 10, 9), date(2025, 1, 1)) == "10月9日"


def test_a_span_names_the_year_where_it_changes() -> None:
    new_year = (date(2025, 12, 31), date(2026, 1, 2))
    assert say_span(*new_year, date(2025, 5, 1)) == "12月31日至2026年1月2日"
    assert say_span(*new_year, date(2026, 5, 1)) == "2025年12月31日至2026年1月2日"
    assert say_span(date(2026, 2, 7), date(2026, 2, 8), date(2025, 5, 1)) == "2026年2月7日至2月8日"


def test_a_span_of_one_day_is_that_day() -> None:
    assert say_span(date(2025, 10, 12), date(2025, 10, 12), date(2025, 1, 1)) == "10月12日"


def test_words_are_listed_as_the_office_lists_them() -> None:
    assert listed(["国庆节", "中秋节"]) == "国庆节、中秋节"
