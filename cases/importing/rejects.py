"""The second file of an import: the rows not taken, with row number and reason, ready to be mended and imported
again."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from binzhou_xinfang.web.workbooks import guarded, line
from cases.importing.run import Reject

_ROW, _REASON = "行号", "未导入原因"


def write_rejects(path: Path, headings: Sequence[str], rejects: Sequence[Reject]) -> None:
    """Write the rejected rows as .csv or .xlsx, by the suffix; with the heading alone when there are none.

    Only the owner can read the file: it holds what people wrote.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    if path.suffix.lower() == ".csv":
        _write_csv(path, headings, rejects)
    else:
        _write_xlsx(path, headings, rejects)


def _lines(headings: Sequence[str], rejects: Sequence[Reject]) -> Iterator[list[Any]]:
    yield [_ROW, _REASON, *headings]
    for reject in rejects:
        yield [reject.row.number, reject.reason, *reject.row.values]


def _write_csv(path: Path, headings: Sequence[str], rejects: Sequence[Reject]) -> None:
    # With the mark that tells Excel that it is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([guarded(value) for value in values] for values in _lines(headings, rejects))


def _write_xlsx(path: Path, headings: Sequence[str], rejects: Sequence[Reject]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("未导入")
    for values in _lines(headings, rejects):
        sheet.append(line(sheet, values))
    book.save(path)
