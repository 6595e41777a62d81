"""Entries in words: what was registered as lines of label and value, masked unless somebody may see it in full."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from binzhou_xinfang.records.words import in_full
from cases.entries.declaration import Entry, Nature, entries_of


@dataclass(slots=True)
class Line:
    """One entry, with those that join it. `ticks` are the entries ticked beside it."""

    entry: Entry
    label: str
    text: str
    ticks: list[Entry] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.entry.name

    @property
    def is_number(self) -> bool:
        return self.entry.nature in (Nature.ID_NUMBER, Nature.PHONE)


def words_of(entry: Entry, row: Model, *, masked: bool = True) -> str:
    """Say the value of an entry; "" when nothing was entered."""
    value = getattr(row, entry.name)
    if value is None or value is False or value == "":
        return ""
    text = _say(entry, value)
    is_open = entry.nature is Nature.NAME and getattr(row, "is_organisation", False)
    return entry.nature.mask(text) if masked and not is_open else text


def _say(entry: Entry, value: Any) -> str:
    if value is True:
        return "是"
    if entry.choices:
        return str(entry.choices.get(value, value))
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{in_full(value) if isinstance(value, str) else value}{entry.unit}"


def lines_of(
    row: Model,
    *,
    masked: bool = True,
    only: Callable[[Entry], bool] | None = None,
    empty: Sequence[str] = (),
    with_apart: bool = False,
) -> list[Line]:
    """Tell the entries of a row as lines, in the order of declaration; those that the pages show `apart` on demand.

    Entries without a value are left out unless they have `empty_words` or are named in `empty`. Ticks that join no
    line stand together in a last one.
    """
    entries = [entry for entry in entries_of(type(row)) if not entry.told_by and (only is None or only(entry))]
    heads = [entry for entry in entries if not (entry.joins or entry.is_tick) and (with_apart or not entry.apart)]
    lines = [_line(entry, [other for other in entries if other.joins == entry.name], row, masked) for entry in heads]
    shown = [line for line in lines if line.text or line.name in empty]
    loose = [entry for entry in entries if entry.is_tick and not entry.joins and getattr(row, entry.name)]
    return [*shown, Line(loose[0], "事项标记", "、".join(entry.words for entry in loose))] if loose else shown


def _line(head: Entry, joined: Sequence[Entry], row: Model, masked: bool) -> Line:
    label = next((words_of(entry, row) for entry in joined if entry.is_label), "") or head.words
    beside = [entry for entry in joined if not (entry.is_tick or entry.is_label)]
    together = sorted([head, *beside], key=lambda entry: entry.column.creation_counter)
    parts = [words_of(entry, row, masked=masked) for entry in together]
    ticks = [entry for entry in joined if entry.is_tick and getattr(row, entry.name)]
    return Line(head, label, head.between.join(part for part in parts if part) or head.empty_words, ticks)


def ticks_of(row: Model) -> list[Entry]:
    """List the ticked entries of a row."""
    return [entry for entry in entries_of(type(row)) if entry.is_tick and getattr(row, entry.name)]


def data_of(row: Model, *, masked: bool = True) -> dict[str, Any]:
    """Tell the entries of a row to a program, by name: numbers, days and ticks as they are, all else in words."""
    entries = [entry for entry in entries_of(type(row)) if not entry.told_by]
    return {entry.name: _datum(entry, row, masked) for entry in entries}


def _datum(entry: Entry, row: Model, masked: bool) -> Any:
    value = getattr(row, entry.name)
    is_plain = entry.nature is Nature.PLAIN or not masked
    is_itself = isinstance(value, (bool, int, date)) and is_plain and not entry.choices
    return value if is_itself else words_of(entry, row, masked=masked)
