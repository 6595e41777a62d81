"""Days and moments as the office writes them: 10月9日(周四), with the year when it is another year."""

from datetime import date, datetime

from django.utils import timezone

WEEKDAYS = "一二三四五六日"


def day_words(day: date, *, this_year: int) -> str:
    """Write the day with its weekday; the year stands before it when it is not `this_year`."""
    year = "" if day.year == this_year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日(周{WEEKDAYS[day.weekday()]})"


def year_day(day: date) -> str:
    """Write the day with its year and without its weekday, as in a register: 2028年10月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_words(moment: datetime, *, this_year: int) -> str:
    """Write the day and the minute, in the zone of the house. `moment` is aware."""
    local = timezone.localtime(moment)
    return f"{day_words(local.date(), this_year=this_year)} {local:%H:%M}"


def local_day(value: date | datetime) -> date:
    """Take the calendar day of a date or of an aware moment."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
