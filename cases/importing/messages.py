"""Reading of one row of the export: a message and its reply, or a refusal with the reason."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from openpyxl.utils.datetime import from_excel

from binzhou_xinfang.errors import Refusal
from cases.importing.sheet import Row

NUMBER, USER, TITLE, POSTED, TEXT = "留言编号", "留言用户", "留言主题", "留言时间", "留言详情"
REPLY, REPLIED = "答复意见", "答复时间"
MESSAGE_COLUMNS = (NUMBER, USER, TITLE, POSTED, TEXT)
REPLY_COLUMNS = (REPLY, REPLIED)

# The message board did not exist before; a number read as an earlier day is no time.
EARLIEST = date(2000, 1, 1)
_TIME = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?)?")
# What no database text holds, and how Excel writes a carriage return.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x000D_")


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was posted. `title` and `user` may be empty."""

    row: Row
    number: str
    user: str
    title: str
    text: str
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """The official answer to a message."""

    text: str
    replied_at: datetime


def read_message(row: Row, *, epoch: datetime, now: datetime) -> Message:
    """Read the message of a row. Raises Refusal with every fault: no number, time or text, or a time to come."""
    number, text = plain_text(row.cells.get(NUMBER)), plain_text(row.cells.get(TEXT))
    user = plain_text(row.cells.get(USER))
    faults = [] if number else [f"没有{NUMBER}"]
    faults += [f"{NUMBER}超过60字"] if len(number) > 60 else []
    faults += [f"{USER}超过100字"] if len(user) > 100 else []
    faults += [] if text else [f"{TEXT}为空"]
    try:
        posted_at = read_moment(row.cells.get(POSTED), POSTED, epoch=epoch, now=now)
    except Refusal as fault:
        faults.append(str(fault))
    if faults:
        raise Refusal("；".join(faults))
    return Message(row, number, user, plain_text(row.cells.get(TITLE)), text, posted_at)


def read_reply(message: Message, *, epoch: datetime, now: datetime) -> Reply | None:
    """Read the reply beside a message, None when there is none. Raises Refusal for half a reply or an impossible
    time."""
    cells = message.row.cells
    text, when = plain_text(cells.get(REPLY)), cells.get(REPLIED)
    if not text and not plain_text(when):
        return None
    if not text:
        raise Refusal(f"有{REPLIED}而没有{REPLY}")
    replied_at = read_moment(when, REPLIED, epoch=epoch, now=now)
    # A time of 0:00:00 is a day without a time.
    if timezone.localtime(replied_at).time() == time.min and _day(replied_at) == _day(message.posted_at):
        replied_at = message.posted_at
    if replied_at < message.posted_at:
        raise Refusal(f"{REPLIED}早于{POSTED}")
    return Reply(text, replied_at)


def plain_text(value: Any) -> str:
    """Read a cell as text; a number without its decimal zero, unprintable characters left out."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _UNPRINTABLE.sub("", str(value)).strip()


def read_moment(value: Any, column: str, *, epoch: datetime, now: datetime) -> datetime:
    """Read a cell as a moment of Shanghai: text like 2019/2/28 11:25:05, a date cell, or Excel's number of days.

    Raises Refusal for an empty or unreadable one and for a time after `now`.
    """
    if not plain_text(value):
        raise Refusal(f"没有{column}")
    naive = _naive(value, epoch)
    if naive is None or naive.date() < EARLIEST:
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
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    return datetime(year, month, day, hour, minute, second)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def missing_columns(headings: Collection[str], *, replay: bool) -> list[str]:
    """List the mandatory columns that the sheet lacks; half of a reply's two is not enough for a replay."""
    missing = [column for column in MESSAGE_COLUMNS if column not in headings]
    without = [column for column in REPLY_COLUMNS if column not in headings]
    return missing + (without if replay and len(without) < len(REPLY_COLUMNS) else [])
