"""Reader of a workbook: rows under their headings, with the row numbers that a spreadsheet shows.

Only values are read, so that no style, theme or property that another program writes can stand in the way.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from binzhou_xinfang import typed
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import compound, old_office, packages

LARGEST = 100 * 1024**2
# Titles, notes and the name of who exported stand above the headings; further down only rows do.
HEADING_WITHIN = 30
# *留言编号, 留言时间（必填）, 留言主题：
_REMARK = re.compile(r"\((必填|必录|选填|可选|可不填)[^)]*\)|[*:]")
_COUNTS_FROM_1904 = re.compile(rb'date1904\s*=\s*"(1|true)"')

Line = tuple[int, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet: `number` as the spreadsheet counts, `values` in the order of the headings, `cells` by
    the key of their heading."""

    number: int
    values: tuple[Any, ...]
    cells: Mapping[str, Any]

    def cell(self, heading: str) -> Any:
        """Take the value under a heading, None where there is none."""
        return self.cells.get(heading_key(heading))


@dataclass(frozen=True, slots=True)
class Sheet:
    """Sheet of a file in which the headings were found. `place` says where; `epoch`: the day from which its dates as
    numbers count."""

    headings: tuple[str, ...]
    rows: Sequence[Row]
    epoch: datetime
    place: str = ""

    def missing(self, columns: Sequence[str]) -> list[str]:
        """List the columns that have no heading."""
        there = set(map(heading_key, self.headings))
        return [column for column in columns if heading_key(column) not in there]


def heading_key(heading: str) -> str:
    """Compute the key by which a heading is found: without blanks, line ends, unseen signs and remarks."""
    return _REMARK.sub("", typed.key(heading))


def read_sheet(path: Path, wanted: Sequence[str]) -> Sheet:
    """Read the first visible sheet that has all `wanted` headings in one line, under whatever titles; if none has, the
    one with the most of them.

    Raises Refusal, in one line, for a file that cannot be read or is empty.
    """
    sheets = _sheets(path)
    if not any(lines for _, lines in sheets):
        raise Refusal(f"{path} 的工作表都是空的")
    keys = set(map(heading_key, wanted))
    candidates = [
        (len(keys & set(_keys(values))), name, lines, at)
        for name, lines in sheets
        for at, (_, values) in enumerate(lines[:HEADING_WITHIN])
    ]
    _, name, lines, at = max(candidates, key=lambda candidate: candidate[0])
    number, values = lines[at]
    headings = tuple(typed.cleaned(str(value or "")) for value in values)
    rows = [Row(line, cells, _under(_keys(values), cells)) for line, cells in lines[at + 1 :]]
    return Sheet(headings, rows, _epoch(path), f"工作表“{name}”，列名在第{number}行")


def _sheets(path: Path) -> list[tuple[str, list[Line]]]:
    """Read the lines of each visible sheet that are not blank."""
    if not path.exists():
        raise Refusal(f"找不到文件：{path}")
    _refuse_unfit(path)
    try:
        with CalamineWorkbook.from_path(path) as book:
            visible = [
                sheet.name
                for sheet in book.sheets_metadata
                if (sheet.typ, sheet.visible) == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
            ]
            return [(name, _lines(book, name)) for name in visible]
    except (CalamineError, OSError, ValueError) as fault:
        raise Refusal(f"无法读取 {path}：不是有效的工作簿，或者已经损坏、加密") from fault
    except BaseException as fault:
        # The library's panic, on a file that breaks every rule, is no Exception; whatever else it is goes on.
        if type(fault).__name__ != "PanicException":
            raise
        raise Refusal(f"无法读取 {path}：不是有效的工作簿，或者已经损坏") from fault


def _refuse_unfit(path: Path) -> None:
    """Refuse a workbook that would fill the memory, or does more than hold values."""
    if path.stat().st_size > LARGEST:
        raise Refusal(f"{path} 超过{LARGEST // 1024**2}MB，请分成几个文件导入")
    try:
        with path.open("rb") as file:
            is_package = packages.look_into(file, size=path.stat().st_size) is not None
        content = b"" if is_package else path.read_bytes()
        if content.startswith(compound.MARK) and (why := old_office.fault(content)):
            raise packages.Unfit(why)
    except packages.Unfit as unfit:
        raise Refusal(f"无法读取 {path}：{unfit}") from unfit


def _lines(book: CalamineWorkbook, name: str) -> list[Line]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [(number, tuple(values)) for number, values in enumerate(rows, start=1) if not _is_blank(values)]


def _epoch(path: Path) -> datetime:
    try:
        with zipfile.ZipFile(path) as package:
            counts_from_1904 = _COUNTS_FROM_1904.search(package.read("xl/workbook.xml"))
    except (KeyError, zipfile.BadZipFile):
        # A workbook of another kind; its dates come as dates.
        return WINDOWS_EPOCH
    return MAC_EPOCH if counts_from_1904 else WINDOWS_EPOCH


def _is_blank(values: Sequence[Any]) -> bool:
    return not any(typed.cleaned(value) if isinstance(value, str) else value is not None for value in values)


def _keys(values: Sequence[Any]) -> list[str]:
    return [heading_key(str(value or "")) for value in values]


def _under(keys: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for key, value in zip(keys, values, strict=False):
        cells.setdefault(key, value)
    return cells
