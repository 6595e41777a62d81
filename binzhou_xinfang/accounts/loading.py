"""Loader of a city's units from CSV: everything is checked first, then all of it is written or nothing."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.accounts.tree import rebuild_paths
from binzhou_xinfang.errors import Refusal

FILE = "units.csv"
PLAIN = (
    "code",
    "name",
    "short_name",
    "aliases",
    "kind",
    "letter_mark",
    "region_code",
    "address",
    "phone",
    "valid_from",
    "valid_to",
)
DAYS = ("valid_from", "valid_to")
LINKS = ("parent", "moved_to", "guided_by")
# By the label of the column: its words before and after.
Changes = Mapping[str, tuple[str, str]]
LINK_LABELS = {"parent": "上级", "moved_to": "职能并入", "guided_by": "上级主管机关"}
# A file from before the column lacks it, and changes nothing of it.
OPTIONAL = frozenset({"guided_by", "aliases"})
# What the office enters on the page of the unit and letters print: an empty cell says nothing of it.
KEPT = frozenset({"address", "phone", "aliases"})


class UnitsRefused(Refusal):
    """Refusal of a file of units; `problems` are full lines, each with the row's number and the reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Row:
    """One line of the file; `number` is the line as an editor counts it."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True)
class Loaded:
    """Counts of the units that came new and of those there already (and brought to the file's state), and of each unit
    that differs now its columns as they were and as they are."""

    added: int
    present: int
    changed: Mapping[str, Changes] = field(default_factory=dict)


def load(folder: Path) -> Loaded:
    """Bring the units to the state of `units.csv` in the folder. Safe to repeat; units not in the file stay.

    Raises `UnitsRefused` when the file is missing or any row is wrong; then nothing has been written.
    """
    rows = _read(folder / FILE)
    with transaction.atomic():
        present = {unit.code: unit for unit in Unit.objects.all()}
        before = _state(present.values())
        standing = {code for code, unit in present.items() if unit.valid_to is None}
        units = [_unit(row, present) for row in rows]
        wrong = chain.from_iterable(_wrong_alone(row, unit) for row, unit in zip(rows, units, strict=True))
        problems = [*wrong, *_wrong_together(rows, present), *_wrong_ends(rows, present, standing)]
        if problems:
            raise UnitsRefused(problems)
        _write(rows, units)
        changed = _changed(before, _state(Unit.objects.filter(code__in=[row["code"] for row in rows])))
    added = sum(row["code"] not in present for row in rows)
    return Loaded(added=added, present=len(rows) - added, changed=changed)


def _state(units: Iterable[Unit]) -> dict[str, dict[str, str]]:
    """Word the units as they stand, by code and by the label of the column."""
    units = list(units)
    name_of = dict(Unit.objects.values_list("pk", "name"))
    labels = {column: str(Unit._meta.get_field(column).verbose_name) for column in PLAIN}  # type: ignore[union-attr]
    return {
        unit.code: {labels[column]: str(getattr(unit, column) or "") for column in PLAIN}
        | {LINK_LABELS[link]: name_of.get(getattr(unit, f"{link}_id"), "") for link in LINKS}
        for unit in units
    }


def _changed(before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]) -> dict[str, Changes]:
    told: dict[str, Changes] = {}
    for code, columns in after.items():
        old = before.get(code, {})
        pairs = {label: (old.get(label, ""), value) for label, value in columns.items() if old.get(label, "") != value}
        if pairs:
            told[code] = pairs
    return told


def _read(path: Path) -> list[Row]:
    if not path.is_file():
        raise UnitsRefused([f"没有文件 {path}。"])
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restkey="", restval="")
        wanted = {*PLAIN, *LINKS}
        if set(reader.fieldnames or ()) | OPTIONAL != wanted:
            raise UnitsRefused([f"第1行：列名应为 {','.join(sorted(wanted))}。"])
        return [
            Row(reader.line_num, {name: str(cell).strip() for name, cell in line.items() if name}) for line in reader
        ]


def _unit(row: Row, present: Mapping[str, Unit]) -> Unit:
    unit = present.get(row["code"]) or Unit()
    for column in (column for column in PLAIN if column in row.cells):
        if column in KEPT and not row[column]:
            continue
        setattr(unit, column, row[column] or (None if column in DAYS else ""))
    return unit


def _wrong_alone(row: Row, unit: Unit) -> Iterator[str]:
    try:
        # The fields alone: the database is not asked row by row, what must be unique is looked at over the file.
        unit.clean_fields(exclude={"path", *LINKS})
    except ValidationError as error:
        for column, messages in error.message_dict.items():
            yield f"第{row.number}行：{Unit._meta.get_field(column).verbose_name}：{'、'.join(messages)}"  # type: ignore[union-attr]
        return
    if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
        yield f"第{row.number}行：撤销日期不能早于设立日期"
    if row["moved_to"] and not row["valid_to"]:
        yield f"第{row.number}行：填写了职能并入，却没有撤销前最后一日"


def _wrong_ends(rows: list[Row], present: Mapping[str, Unit], standing: set[str]) -> Iterator[str]:
    """Name the units that the file ends while they have work in hand."""
    for row in rows:
        if row["valid_to"] and row["code"] in standing and (held := present[row["code"]].held_at_its_end()):
            yield f"第{row.number}行：{held}"


def _wrong_together(rows: list[Row], present: Mapping[str, Unit]) -> Iterator[str]:
    codes = Counter(row["code"] for row in rows)
    marks = Counter(row["letter_mark"] for row in rows if row["letter_mark"])
    marks.update(unit.letter_mark for unit in present.values() if unit.letter_mark and unit.code not in codes)
    for row in rows:
        if codes[row["code"]] > 1:
            yield f"第{row.number}行：代码“{row['code']}”重复"
        if marks[row["letter_mark"]] > 1:
            yield f"第{row.number}行：发文代字“{row['letter_mark']}”重复"
        for column in _links(rows):
            if row[column] and row[column] not in codes and row[column] not in present:
                yield f"第{row.number}行：{LINK_LABELS[column]}“{row[column]}”不存在"
    for column in _links(rows):
        yield from _circles(rows, column, _links_in_database(present, column))


def _links(rows: list[Row]) -> tuple[str, ...]:
    """List the links that the file tells of."""
    return tuple(column for column in LINKS if rows and column in rows[0].cells)


def _links_in_database(present: Mapping[str, Unit], column: str) -> dict[str, str]:
    code_of = {unit.pk: unit.code for unit in present.values()}
    return {unit.code: code_of.get(getattr(unit, f"{column}_id"), "") for unit in present.values()}


def _circles(rows: list[Row], column: str, links: dict[str, str]) -> Iterator[str]:
    links |= {row["code"]: row[column] for row in rows}
    for row in rows:
        code, seen = links[row["code"]], set[str]()
        while code and code not in seen:
            if code == row["code"]:
                yield f"第{row.number}行：{LINK_LABELS[column]}“{row[column]}”绕回了本机构"
                break
            seen.add(code)
            code = links.get(code, "")


def _write(rows: list[Row], units: list[Unit]) -> None:
    for unit in units:
        unit.path = unit.path or f"{unit.code}/"
        unit.moved_to = None
    # A mark may pass from one unit to another, in whatever order the rows stand.
    Unit.objects.filter(code__in=[row["code"] for row in rows]).update(letter_mark="")
    Unit.objects.bulk_create(
        units, update_conflicts=True, unique_fields=["code"], update_fields=[*PLAIN[1:], "words", "moved_to"]
    )
    saved = {unit.code: unit for unit in Unit.objects.all()}
    for row in rows:
        for column in _links(rows):
            setattr(saved[row["code"]], column, saved.get(row[column]))
    if rows:
        Unit.objects.bulk_update([saved[row["code"]] for row in rows], _links(rows))
    rebuild_paths()
