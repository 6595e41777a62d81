"""Days in the words of the office: 10月9日(周四)."""

from collections.abc import Iterable
from datetime import date

_WEEKDAYS = "一二三四五六日"


def weekday(day: date) -> str:
    """Write the day of the week as 周四."""
    return "周" + _WEEKDAYS[day.weekday()]


def say_date(day: date, today: date) -> str:
    """Write the day as 10月9日, with the year in front when it is not the year of `today`."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def say_day(day: date, today: date) -> str:
    """Write the day as 10月9日(周四), with the year in front when it is not the year of `today`."""
    return f"{say_date(day, today)}({weekday(day)})"


def say_span(first: date, last: date, today: date) -> str:
    """Write the days from `first` to `last` as 10月1日至10月8日; one day alone as 10月12日.

    The first day names its year when it is not that of `today`, the last when it is not that of the first.
    """
    return say_date(first, today) if first == last else f"{say_date(first, today)}至{say_date(last, first)}"


def listed(words: Iterable[str]) -> str:
    """Join words as the office lists them: 国庆节、中秋节."""
    return "、".join(words)
