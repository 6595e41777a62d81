"""Optional columns of an export: headed like an entry of registration, they are read into it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils import timezone

from binzhou_xinfang.errors import Refusal
from cases.entries.declaration import Entry, Nature, asked_of
from cases.importing.cells import plain_text, read_moment
from cases.importing.sheet import Row
from cases.window.identity import FIRST_BIRTH_YEAR, read_phone

# What the message itself says, and what is checked at the window against a paper.
_FIXED = frozenset(
    {"channel", "source", "arrived_on", "content", "external_id", "name", "is_anonymous", "title", "summary"}
)
_WITH_PAPER = frozenset({"id_kind", "id_number"})
_FIRST_DAY = date(FIRST_BIRTH_YEAR, 1, 1)
_YES, _NO = frozenset({"是", "1", "√", "true"}), frozenset({"否", "0", "false"})


def entered_in(row: Row, model: type[models.Model], *, epoch: datetime, now: datetime) -> dict[str, Any]:
    """Read the entries of a model that have a column of their name. Raises Refusal for what an entry does not take."""
    typed = {entry: row.cell(str(entry.column.verbose_name)) for entry in asked_of(model) if is_read(entry)}
    return {entry.name: _read(entry, cell, epoch=epoch, now=now) for entry, cell in typed.items() if plain_text(cell)}


def is_read(entry: Entry) -> bool:
    """Tell whether a column of the sheet is read into the entry: rows of our own lists have codes no board knows."""
    return entry.pick is None and entry.name not in _FIXED | _WITH_PAPER


def _read(entry: Entry, cell: Any, *, epoch: datetime, now: datetime) -> Any:
    label, text = str(entry.column.verbose_name), plain_text(cell)
    if entry.choices:
        return _choice(entry, label, text)
    if entry.is_tick:
        return _tick(label, text)
    if isinstance(entry.column, models.DateField):
        return timezone.localdate(read_moment(cell, label, epoch=epoch, now=now, earliest=_FIRST_DAY))
    if isinstance(entry.column, models.IntegerField):
        return _number(entry, label, text)
    return _text(entry, label, text)


def _choice(entry: Entry, label: str, text: str) -> Any:
    values = [value for value, words in entry.choices.items() if text in (str(value), str(words))]
    if not values:
        raise Refusal(f"{label}“{text[:40]}”不在可选的内容中")
    return values[0]


def _tick(label: str, text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise Refusal(f"{label}“{text[:40]}”应为“是”或“否”")
    return text.lower() in _YES


def _number(entry: Entry, label: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= (entry.most or int(text))):
        raise Refusal(f"{label}“{text[:40]}”不是有效的数字")
    return int(text)


def _text(entry: Entry, label: str, text: str) -> str:
    longest = entry.longest or entry.column.max_length
    if longest is not None and len(text) > longest:
        raise Refusal(f"{label}超过{longest}字")
    return _CHECKED.get(entry.nature, str)(text)


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as fault:
        raise Refusal(f"电子邮件“{text[:40]}”无效") from fault
    return text


_CHECKED: dict[Nature, Callable[[str], str]] = {Nature.PHONE: read_phone, Nature.EMAIL: _email}
