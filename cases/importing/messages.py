"""Reading of one row of the export: a message and its reply, or a refusal with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.typed import spelled
from cases.entries.declaration import asked_of
from cases.importing.cells import plain_text, read_moment
from cases.importing.entry_cells import entered_in
from cases.importing.sheet import Row, Sheet
from cases.models import Petition, PetitionCase, Petitioner

NUMBER, USER, TITLE, POSTED, TEXT = "留言编号", "留言用户", "留言主题", "留言时间", "留言详情"
REPLY, REPLIED = "答复意见", "答复时间"
MESSAGE_COLUMNS = (NUMBER, USER, TITLE, POSTED, TEXT)
REPLY_COLUMNS = (REPLY, REPLIED)
# From here on a number in a cell is no longer exact.
LOSES_DIGITS = 10**15
# Replies of the board are history; they are longer than what a form would take today.
LONGEST_REPLY = 20_000
_ENTERED = (Petition, PetitionCase, Petitioner)

Entered = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was posted. `title` and `user` may be empty; `petition`, `matter` and `person` are what optional
    columns say of the entries of registration.
    """

    row: Row
    number: str
    user: str
    title: str
    text: str
    posted_at: datetime
    petition: Entered = field(default_factory=dict)
    matter: Entered = field(default_factory=dict)
    person: Entered = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """The official answer to a message."""

    text: str
    replied_at: datetime


def read_message(row: Row, *, epoch: datetime, now: datetime) -> Message:
    """Read the message of a row. Raises Refusal with every fault: no number, time or text, or a time to come."""
    text = plain_text(row.cell(TEXT))
    number, faults = read_number(row.cell(NUMBER))
    user = plain_text(row.cell(USER))
    faults += [f"{USER}超过100字"] if len(user) > 100 else []
    faults += _wrong_length(text)
    try:
        posted_at = read_moment(row.cell(POSTED), POSTED, epoch=epoch, now=now)
    except Refusal as fault:
        faults.append(str(fault))
    try:
        petition, matter, person = (entered_in(row, model, epoch=epoch, now=now) for model in _ENTERED)
    except Refusal as fault:
        faults.append(str(fault))
    if faults:
        raise Refusal("；".join(faults))
    return Message(row, number, user, plain_text(row.cell(TITLE)), text, posted_at, petition, matter, person)


def _wrong_length(text: str) -> list[str]:
    """Say where the text is not as long as the form of registration takes it."""
    (entry,) = (entry for entry in asked_of(Petition) if entry.name == "content")
    if not text:
        return [f"{TEXT}为空"]
    if entry.longest and len(text) > entry.longest:
        return [f"{TEXT}超过{entry.longest}字"]
    return []


def read_number(value: Any) -> tuple[str, list[str]]:
    """Read a number of the board in its one spelling, and its faults.

    Of a cell that holds a number spreadsheets keep 15 digits and write noughts for the rest.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= LOSES_DIGITS:
        return "", [f"{NUMBER}存成了数字格式，15位以后的数字已经丢失，请把这一列设为文本格式后重新导出"]
    number = spelled(plain_text(value))
    if not number:
        return "", [f"没有{NUMBER}"]
    return number, [f"{NUMBER}超过60字"] if len(number) > 60 else []


def read_reply(message: Message, *, epoch: datetime, now: datetime) -> Reply | None:
    """Read the reply beside a message, None when there is none. Raises Refusal for half a reply or an impossible
    time."""
    row = message.row
    text, when = plain_text(row.cell(REPLY)), row.cell(REPLIED)
    if not text and not plain_text(when):
        return None
    if not text:
        raise Refusal(f"有{REPLIED}而没有{REPLY}")
    if len(text) > LONGEST_REPLY:
        raise Refusal(f"{REPLY}超过{LONGEST_REPLY}字")
    replied_at = read_moment(when, REPLIED, epoch=epoch, now=now)
    # A time of 0:00:00 is a day without a time.
    if timezone.localtime(replied_at).time() == time.min and _day(replied_at) == _day(message.posted_at):
        replied_at = message.posted_at
    if replied_at < message.posted_at:
        raise Refusal(f"{REPLIED}早于{POSTED}")
    return Reply(text, replied_at)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def missing_columns(sheet: Sheet, *, replay: bool) -> list[str]:
    """List the mandatory columns that the sheet lacks; half of a reply's two is not enough for a replay."""
    without = sheet.missing(REPLY_COLUMNS)
    return sheet.missing(MESSAGE_COLUMNS) + (without if replay and len(without) < len(REPLY_COLUMNS) else [])
