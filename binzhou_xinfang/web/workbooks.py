"""Lines of an .xlsx in which nothing that somebody wrote is ever a formula."""

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
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    return cell
