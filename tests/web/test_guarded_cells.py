"""Cells of a .csv: nothing that somebody wrote is a formula, a day or a rounded number when it is opened."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from binzhou_xinfang.web.workbooks import guarded
from cases.importing.cells import plain_text
from cases.importing.rejects import write_rejects
from cases.importing.run import Reject
from cases.importing.sheet import Row

CHANGED = (
    "=HYPERLINK(A1)", "+86 138", "-1+1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠A1", " =1", "\t=1", "|calc", "%0",
    "0543-3160000", "007", "372301198005121012", "3-1", "1/2", "１２", "12:30", "00",
)  # fmt: skip


@pytest.mark.parametrize("text", CHANGED)
def test_what_a_program_would_read_as_something_else_stands_behind_a_tabulator(text: str) -> None:
    assert guarded(text) == f"\t{text}"


@pytest.mark.parametrize("value", ["路灯不亮", "3号楼2单元", "12", "0", "", "a=b", 12, 1.5, None, date(2025, 3, 3)])
def test_everything_else_stays_as_it_is(value: Any) -> None:
    assert guarded(value) == value


@pytest.mark.parametrize("text", CHANGED)
def test_an_import_reads_what_was_guarded_as_it_was_written(text: str) -> None:
    assert plain_text(guarded(text)) == plain_text(text)


def test_the_rows_not_taken_are_guarded_in_a_csv(tmp_path: Path) -> None:
    reject = Reject(Row(2, ("007", "=1+1"), {}), "没有留言时间")
    write_rejects(tmp_path / "out.csv", ["留言编号", "留言主题"], [reject])
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1] == ["2", "没有留言时间", "\t007", "\t=1+1"]
