"""Reader of an .xlsx export: rows under their headings, with the row numbers that a spreadsheet shows."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from binzhou_xinfang.errors import Refusal

_UNREADABLE = (OSError, BadZipFile, InvalidFileException, KeyError, ValueError, ParseError)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet: `number` as the spreadsheet counts, `values` in the order of the headings."""

    number: int
    values: tuple[Any, ...]
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first sheet of a file. `epoch`: the day from which its dates as numbers count."""

    headings: tuple[str, ...]
    rows: Sequence[Row]
    epoch: datetime


def read_sheet(path: Path) -> Sheet:
    """Read the first sheet; blank lines are left out, the first other line is the heading.

    Raises Refusal, in one line, for a file that cannot be read or is empty.
    """
    try:
        with warnings.catch_warnings():
            # Exports of other programs carry styles that openpyxl remarks on; only the cells matter here.
            warnings.simplefilter("ignore")
            lines, epoch = _lines(path)
    except FileNotFoundError as fault:
        raise Refusal(f"找不到文件：{path}") from fault
    except _UNREADABLE as fault:
        raise Refusal(f"无法读取 {path}：不是有效的 .xlsx 工作簿（{type(fault).__name__}）") from fault
    if not lines:
        raise Refusal(f"{path} 的第一张工作表是空的")
    headings = tuple(str(value or "").strip() for value in lines[0][1])
    rows = [Row(number, values, _under(headings, values)) for number, values in lines[1:]]
    return Sheet(headings, rows, epoch)


def _lines(path: Path) -> tuple[list[tuple[int, tuple[Any, ...]]], datetime]:
    book: Workbook = load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        # Some programs write a wrong extent into the file; then rows would be lost.
        sheet.reset_dimensions()
        numbered = enumerate(sheet.iter_rows(values_only=True), start=1)
        return [(number, values) for number, values in numbered if not _is_blank(values)], book.epoch
    finally:
        book.close()


def _is_blank(values: Sequence[Any]) -> bool:
    return all(value is None or (isinstance(value, str) and not value.strip()) for value in values)


def _under(headings: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for heading, value in zip(headings, values, strict=False):
        cells.setdefault(heading, value)
    return cells
