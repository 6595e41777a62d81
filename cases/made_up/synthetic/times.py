"""Ordinals of days as dates and moments, and due days, each reckoned once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache

from binzhou_xinfang.records.anchors import midnight
from binzhou_xinfang.statute.calendar import WorkCalendar
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.reckoning import Reckoning, reckon

ONE_DAY = timedelta(days=1)


@cache
def day_begins(day: date) -> datetime:
    """Find midnight in Asia/Shanghai, in UTC."""
    return midnight(day).astimezone(UTC)


def moment(day: date, second: int) -> datetime:
    """Find a second of a local day."""
    return day_begins(day) + timedelta(seconds=second)


Due = Callable[[Rule, date, int | None, int], Reckoning]


def due_days(calendar: WorkCalendar) -> Due:
    """Reckon by the statute for rule, first day, days set by a person and extension, each once."""

    @cache
    def due(rule: Rule, start: date, days: int | None, extend: int) -> Reckoning:
        return reckon(rule, start, calendar=calendar, days=days, extend=extend)

    return due
