"""Days as the office writes them."""

from datetime import UTC, date, datetime

import pytest

from binzhou_xinfang.web.days import day_words, local_day, moment_words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 10, 9), "10月9日(周五)"),
        (date(2026, 1, 4), "1月4日(周日)"),
        (date(2025, 12, 31), "2025年12月31日(周三)"),
        (date(2027, 1, 1), "2027年1月1日(周五)"),
    ],
)
def test_a_day_of_another_year_is_written_with_its_year(day: date, words: str) -> None:
    assert day_words(day, this_year=2026) == words


def test_a_moment_is_written_in_the_zone_of_the_house() -> None:
    assert moment_words(datetime(2026, 10, 8, 16, 5, tzinfo=UTC), this_year=2026) == "10月9日(周五) 00:05"


def test_the_day_of_a_moment_is_the_day_here() -> None:
    assert local_day(datetime(2026, 10, 8, 16, 0, tzinfo=UTC)) == date(2026, 10, 9)


def test_the_day_of_a_day_is_itself() -> None:
    assert local_day(date(2026, 10, 9)) == date(2026, 10, 9)
