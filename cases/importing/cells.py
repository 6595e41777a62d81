"""Cells of a spreadsheet as text and moments, or refused with the reason."""

import re
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from openpyxl.utils.datetime import from_excel

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.typed import cleaned, half_width

# The message board did not exist before; a number read as an earlier day is no time.
EARLIEST = date(2000, 1, 1)
_TIME = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?)?")
# How Excel writes a carriage return.
_RETURN = re.compile("_x000D_")


def plain_text(value: Any) -> str:
    """Read a cell as text; a number without its decimal zero, what cannot be seen left out."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return cleaned(_RETURN.sub("", str(value)))


def read_moment(value: Any, column: str, *, epoch: datetime, now: datetime, earliest: date = EARLIEST) -> datetime:
    """Read a cell as a moment of Shanghai: text like 2019/2/28 11:25:05, a date cell, or Excel's number of days.

    Raises Refusal for an empty or unreadable one, and for a time before `earliest` or after `now`.
    """
    if not plain_text(value):
        raise Refusal(f"没有{column}")
    naive = _naive(value, epoch)
    if naive is None or naive.date() < earliest:
        raise Refusal(f"{column}“{plain_text(value)[:40]}”无法识别")
    moment = timezone.make_aware(naive, timezone.get_default_timezone())
    if moment > now:
        raise Refusal(f"{column}“{plain_text(value)[:40]}”晚于现在")
    return moment


def _naive(value: Any, epoch: datetime) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime.combine(value, time.min)
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return _from_number(value, epoch)
        return _from_text(str(value))
    except (ValueError, OverflowError):
        return None


def _from_number(value: float, epoch: datetime) -> datetime | None:
    moment = from_excel(value, epoch)
    return moment.replace(microsecond=0) if isinstance(moment, datetime) else None


def _from_text(text: str) -> datetime | None:
    match = _TIME.fullmatch(half_width(text))
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    return datetime(year, month, day, hour, minute, second)
