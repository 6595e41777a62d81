"""The light beside a due day, on the day before, on and after."""

from datetime import date, timedelta

import pytest

from binzhou_xinfang.web.lights import Light, due_light

DUE = date(2026, 10, 9)


@pytest.mark.parametrize(
    ("on", "light"),
    [
        (date(2026, 10, 5), Light("green", "还剩 4 天")),
        (date(2026, 10, 6), Light("amber", "还剩 3 天")),
        (date(2026, 10, 8), Light("amber", "还剩 1 天")),
        (date(2026, 10, 9), Light("amber", "今天到期")),
        (date(2026, 10, 10), Light("red", "逾期 1 天")),
        (date(2026, 10, 11), Light("red", "逾期 2 天")),
    ],
)
def test_the_light_turns_amber_three_days_before_and_red_the_day_after(on: date, light: Light) -> None:
    assert due_light(DUE, on=on) == light


def test_amber_begins_as_many_days_before_as_the_caller_says() -> None:
    assert due_light(DUE, on=DUE - timedelta(days=5), soon=5) == Light("amber", "还剩 5 天")


def test_what_is_done_is_green_even_after_its_day() -> None:
    assert due_light(DUE, on=DUE + timedelta(days=9), done=True) == Light("green", "已办结")


def test_what_has_no_day_says_so() -> None:
    assert due_light(None, on=DUE) == Light("grey", "无期限")
