"""Day counting the slow way, one day after the other: what the reckoning is measured against."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

IsWorkday = Callable[[date], bool]
ONE_DAY = timedelta(days=1)


def nth_day(start: date, length: int, *, counts: IsWorkday, step: timedelta = ONE_DAY) -> date:
    """The day on which the `length`-th counting day after (before) `start` falls; `start` itself never counts."""
    day, left = start, length
    while left:
        day += step
        left -= counts(day)
    return day


def next_workday(day: date, *, is_workday: IsWorkday) -> date:
    """The day itself, or the first workday after it."""
    while not is_workday(day):
        day += ONE_DAY
    return day


def days(first: str, last: str = "") -> set[date]:
    """All days from `first` to `last`, both written as ISO dates."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return {begin + timedelta(days=number) for number in range((end - begin).days + 1)}


def days_after(spans: Iterable[tuple[date, date]]) -> set[date]:
    """The days that suspensions take out: those after the first day of a span up to and with its last."""
    return {first + timedelta(days=number) for first, last in spans for number in range(1, (last - first).days + 1)}
