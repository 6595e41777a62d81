"""Days and articles in the words of the office: 10月9日(周四), 《信访工作条例》第三十四条."""

import re
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


# A law named before its article without its brackets, as the tables write those that are not the 条例 itself.
_NAMED = re.compile(r"(?<!《)(山东省信访条例|人民调解法|信访事项简易办理办法)(?=第)")
_FULL = {"人民调解法": "中华人民共和国人民调解法"}


def cite(article: str) -> str:
    """Name the law that the article belongs to: 第三十四条 of a table is 《信访工作条例》第三十四条.

    What names its law already stands as it is; nothing stays nothing.
    """
    named = _NAMED.sub(lambda found: f"《{_FULL.get(found[1], found[1])}》", article)
    return f"《信访工作条例》{named}" if named.startswith("第") else named
