"""Entries in words, for page, API and file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.records.event_fields import sentences
from cases.logbook.books import BOOKS
from cases.models import LogEntry, PetitionCase
from cases.vocabulary_beside import Book

_entries = Prepared(lambda case: LogEntry.objects.filter(case=case).select_related("unit", "by_user").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words; `corrected`: another stands in its place."""

    entry: LogEntry
    lines: list[str]
    corrected: bool

    @property
    def text(self) -> str:
        return "；".join(self.lines)


def told_entries(case: PetitionCase, *, on: date) -> list[Told]:
    """Tell every entry of the matter, the first first. One query."""
    entries = _entries(case.pk)
    return [_tell(entry, entries, on) for entry in entries]


def _tell(entry: LogEntry, entries: Iterable[LogEntry], on: date) -> Told:
    lines = sentences(BOOKS[Book(entry.book)].fields, entry.data, on=on)
    if entry.reason:
        lines.append(f"更正理由：{entry.reason}")
    return Told(entry, lines, any(other.corrects_id == entry.pk for other in entries))
