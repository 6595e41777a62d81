"""Lines of an .xlsx or .csv in which nothing that somebody wrote is ever a formula, or a number of another kind."""

import re
from collections.abc import Sequence
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def line(sheet: Any, values: Sequence[Any]) -> list[Any]:
    """Write the values as cells of a write-only sheet: text stays text, numbers and days are what they are."""
    return [_cell(sheet, value) for value in values]


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"
    return cell


# Full-width signs begin a formula where a program takes them for the half-width ones.
_FORMULA = re.compile(r"\s*[=+\-@|%＝＋－＠]")
# 0543-3160000, 3-1, 372301…: a program would cut off the zero, make a day of it, or round it.
_NUMERAL = re.compile(r"[\d\s./:-]+")
_SAFE_NUMBER = re.compile(r"[1-9]\d{0,10}|0", re.ASCII)


def guarded(value: Any) -> Any:
    """Guard a cell of a .csv, which says nothing of its kind: text that would be read as something else stands behind
    a tabulator, which no import of ours keeps."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    is_number = _NUMERAL.fullmatch(text) and not _SAFE_NUMBER.fullmatch(text)
    return f"\t{text}" if is_number or _FORMULA.match(text) else text
