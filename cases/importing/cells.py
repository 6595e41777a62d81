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
_TIME = re.compile(
    r"(?P<year>\d{4})[-/.年]\s*(?P<month>\d{1,2})[-/.月]\s*(?P<day>\d{1,2})日?"
    r"(?:[T\s]*(?P<half>[上下中]午|凌晨|清晨|早[上晨]|傍晚|晚上|[AP]M)?\s*(?P<hour>\d{1,2})"
    r"(?:[:时点](?P<minute>\d{1,2})(?:[:分](?:(?P<second>\d{1,2})(?:\.\d+)?秒?)?)?|[时点][整正]?|[时点](?P<middle>半))\s*(?P<half_after>[AP]M)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T\s]?(\d{2})(\d{2})(\d{2})?)?")
_WEEKDAY = re.compile(r"\(?(星期|周)[一二三四五六日天]\)?")
_AFTERNOON = frozenset({"下午", "傍晚", "晚上", "PM"})
_MORNING = frozenset({"上午", "凌晨", "清晨", "早上", "早晨", "AM"})


def plain_text(value: Any) -> str:
    """Read a cell as text; a number without its decimal zero, what cannot be seen left out."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return cleaned(str(value))


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
    plain = _WEEKDAY.sub(" ", half_width(text).upper())
    if compact := _COMPACT.fullmatch(plain):
        return datetime(*(int(part or 0) for part in compact.groups()))  # type: ignore[arg-type]  # six numbers
    match = _TIME.fullmatch(" ".join(plain.split()))
    if match is None:
        return None
    day = [int(match[name]) for name in ("year", "month", "day")]
    hour = _hour(int(match["hour"] or 0), match["half"] or match["half_after"] or "")
    minute = 30 if match["middle"] else int(match["minute"] or 0)
    moment = datetime(day[0], day[1], day[2], hour, minute, int(match["second"] or 0))
    return _in_shanghai(moment, match["zone"]) if match["zone"] else moment


def _hour(hour: int, half: str) -> int:
    """Read the hour of a half of the day: 下午3时 is 15, 上午12时 is 0. Raises ValueError for 下午0时 and the like."""
    if not half:
        return hour
    if half == "中午":
        return hour + 12 if hour < 3 else hour
    if half == "晚上" and hour == 12:
        raise ValueError("the midnight of which day")
    if hour > 12 and half in _MORNING:
        raise ValueError("an hour of the other half")
    if hour > 12:
        return hour
    return hour % 12 + (12 if half in _AFTERNOON else 0)


def _in_shanghai(moment: datetime, zone: str) -> datetime:
    aware = datetime.fromisoformat(f"{moment.isoformat()}{zone.replace('Z', '+00:00')}")
    return timezone.localtime(aware).replace(tzinfo=None)
