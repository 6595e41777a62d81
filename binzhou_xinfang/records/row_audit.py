"""Audit of the sealed rows: each row is marked anew and laid beside its seal, and each seal beside its anchor."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import models

from binzhou_xinfang.append_only import Unchanging
from binzhou_xinfang.records import anchors, files, proof
from binzhou_xinfang.records.findings import Finding
from binzhou_xinfang.records.models import Anchor, Seal, StoredFile

SEALS = Seal._meta.label_lower
FILES = StoredFile._meta.label_lower
_CHUNK = 1024 * 1024


class Closed(NamedTuple):
    """The word of one anchor on one table. `earliest`: before it none of its rows can have been written (None: not
    known)."""

    day: date
    hash: str
    last: int
    columns: tuple[str, ...]
    earliest: datetime | None


class Entry(NamedTuple):
    """A row as it was sealed."""

    pk: int
    mark: bytes
    earliest: datetime | None


def check_rows(since: date | None, on_row: Callable[[], object]) -> Iterator[Finding]:
    """Find every fault in the sealed rows of every table, and in the seals from `since` on."""
    told = list(Anchor.objects.order_by("day").values_list("day", "tables"))
    for model in proof.tables():
        closed = _closed_of(model._meta.label_lower, told)
        yield from _Table(model, closed, since, on_row).faults()


def _closed_of(name: str, told: Iterable[tuple[date, dict[str, Any]]]) -> list[Closed]:
    found: list[Closed] = []
    for day, tables in told:
        if "columns" in (said := tables.get(name, {})):
            earliest = anchors.midnight(found[-1].day + anchors.ONE_DAY) if found else None
            found.append(Closed(day, said["hash"], said["last"], tuple(said["columns"]), earliest))
    return found


class _Table:
    """Auditor of one table."""

    def __init__(
        self, model: type[models.Model], closed: Sequence[Closed], since: date | None, on_row: Callable[[], object]
    ) -> None:
        self.model, self.on_row = model, on_row
        self.name = model._meta.label_lower
        self.claim = proof.claim_of(model) or Unchanging()
        self.all = closed
        self.closed = [one for one in closed if since is None or one.day >= since]
        self.faulty_seals: list[Finding] = []
        # Ranges of keys whose seal is gone: of their rows nothing can be said.
        self.unknown: list[tuple[int, int]] = []

    def faults(self) -> Iterator[Finding]:
        yield from self._stray_seals()
        for columns, era in groupby(self.closed, key=lambda one: one.columns):
            yield from self._faults_of(columns, list(era))
        yield from self._backdated()

    def _stray_seals(self) -> Iterator[Finding]:
        """Find seals that no anchor knows."""
        known = {one.day for one in self.all}
        days = Seal.objects.filter(table=self.name).exclude(day__in=known).values_list("day", flat=True)
        return (Finding(SEALS, f"{self.name} {day}", None, "inserted") for day in days)

    def _faults_of(self, columns: tuple[str, ...], era: list[Closed]) -> Iterator[Finding]:
        """Find the faults among the rows that were sealed over the same columns."""
        if gone := set(columns) - set(proof.columns_of(self.model)):
            yield Finding(self.name, f"{era[0].day} {'、'.join(sorted(gone))}", None, "missing")
            return
        before = [one.last for one in self.all if one.day < era[0].day]
        entries = self._entries(era, before[-1] if before else None)
        if self.claim.final is not None:
            kept = sorted(entries)
            keys = {entry.pk for entry in kept}
            found = (row for row in proof.rows(self.model, columns) if row.pk in keys)
            yield from self._compare(iter(kept), found, columns)
        else:
            after = before[-1] if before else None
            rows = proof.rows(self.model, columns, after=after, until=era[-1].last)
            yield from self._compare(entries, rows, columns)
        yield from self.faulty_seals
        self.faulty_seals = []

    def _entries(self, era: list[Closed], after: int | None) -> Iterator[Entry]:
        """Read the seals one by one; what is wrong with one is kept for later."""
        for one in era:
            seal = Seal.objects.filter(table=self.name, day=one.day).values_list("rows", flat=True).first()
            packed = b"" if seal is None else bytes(seal)
            if hashlib.sha256(packed).hexdigest() != one.hash:
                fault = "missing" if seal is None else "altered"
                self.faulty_seals.append(Finding(SEALS, f"{self.name} {one.day}", None, fault))
                self.unknown.append((after or -(2**63), one.last))
            yield from (Entry(pk, mark, one.earliest) for pk, mark in proof.unpack(packed))
            after = one.last

    def _compare(self, sealed: Iterator[Entry], rows: Iterator[proof.Row], columns: Sequence[str]) -> Iterator[Finding]:
        """Lay both in the order of their keys beside one another."""
        entry, row = next(sealed, None), next(rows, None)
        other: list[tuple[Entry, proof.Row]] = []
        while entry is not None or row is not None:
            if row is None or (entry is not None and entry.pk < row.pk):
                assert entry is not None  # noqa: S101  one of both is there
                yield self._fault(entry.pk, "missing")
                entry = next(sealed, None)
            elif entry is None or row.pk < entry.pk:
                self.on_row()
                if not any(first < row.pk <= last for first, last in self.unknown):
                    yield self._fault(row.pk, "inserted")
                row = next(rows, None)
            else:
                self.on_row()
                if row.mark != entry.mark:
                    other.append((entry, row))
                elif _is_backdated(entry, row):
                    yield self._fault(row.pk, "inserted")
                entry, row = next(sealed, None), next(rows, None)
            if len(other) == proof.ROWS:
                yield from self._sealed_otherwise(other, columns)
                other.clear()
        yield from self._sealed_otherwise(other, columns)

    def _sealed_otherwise(self, found: Sequence[tuple[Entry, proof.Row]], columns: Sequence[str]) -> Iterator[Finding]:
        """Find the faults among rows that are not as they were sealed: those that were sealed while their columns
        stood plain are as they were if they say the same."""
        plain = proof.plain_marks(self.model, columns, [row.pk for _, row in found])
        for entry, row in found:
            if plain.get(row.pk) != entry.mark:
                yield self._fault(row.pk, "altered")
            elif _is_backdated(entry, row):
                yield self._fault(row.pk, "inserted")

    def _backdated(self) -> Iterator[Finding]:
        """Find rows that no seal has yet and that say that they are of a closed day."""
        if not self.all or not self.claim.moment:
            return iter(())
        until = anchors.midnight(self.all[-1].day + anchors.ONE_DAY)
        late = self.model._default_manager.filter(**{f"{self.claim.moment}__lt": until})
        if self.claim.final is None:
            late = late.filter(pk__gt=self.all[-1].last)
        else:
            late = late.filter(self.claim.final).exclude(pk__in=proof.sealed_keys(self.model))
        return (self._fault(pk, "inserted") for pk in late.order_by("pk").values_list("pk", flat=True))

    def _fault(self, pk: int, fault: str) -> Finding:
        return Finding(self.name, str(pk), None, fault)


def _is_backdated(entry: Entry, row: proof.Row) -> bool:
    return bool(entry.earliest and row.moment and row.moment < entry.earliest)


def check_files() -> Iterator[Finding]:
    """Find stored files that the disk has lost, or whose content is not what their name says."""
    for sha256 in StoredFile.objects.order_by("pk").values_list("sha256", flat=True).iterator(chunk_size=1000):
        path, digest = files.path_of(sha256), hashlib.sha256()
        if not path.is_file():
            yield Finding(FILES, sha256, None, "missing")
            continue
        with path.open("rb") as content:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
        if digest.hexdigest() != sha256:
            yield Finding(FILES, sha256, None, "altered")
