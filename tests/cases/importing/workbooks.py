"""Small exports of a message board, made for one test."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import Workbook, load_workbook

from cases.models import Topic

MESSAGE = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "反对数", "点赞数"]
ANSWERED = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"]

Line = list[Any]


@pytest.fixture
def catch_all_topic(db: None) -> Topic:
    """The topic that a replay gives to what nobody has classified."""
    return Topic.objects.create(code="190402", level_1="其他", level_2="其他", level_3="其他")


def message(number: Any = 1, when: Any = "2019/3/4 11:25:05", **changes: Any) -> Line:
    """A line of an open export; `changes`: user, title, text."""
    given = {"user": "U001", "title": "路灯不亮", "text": "新村东路路灯不亮已有一周。"} | changes
    return [number, given["user"], given["title"], when, given["text"], 0, 1]


def answered(
    number: Any = 1, when: Any = "2019/3/4 11:25:05", replied: Any = "2019/3/19 9:00:00", **changes: Any
) -> Line:
    """A line of an answered export; `changes`: also reply."""
    reply = changes.pop("reply", "您好，路灯已于当日修复。")
    return [*message(number, when, **changes)[:5], reply, replied]


def export(folder: Path, lines: list[Line], headings: list[str] = MESSAGE, name: str = "export.xlsx") -> Path:
    """Write an .xlsx with the headings and the lines."""
    book = Workbook()
    sheet = book.worksheets[0]
    for line in [headings, *lines]:
        sheet.append(line)
        for cell in sheet[sheet.max_row]:
            # Text that begins with = is no formula.
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type
    book.save(folder / name)
    return folder / name


def run_import(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, int]:
    """The JSON of the last line that the command prints."""
    call_command("import_messages", str(path), *options)
    summary: dict[str, int] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return summary


def read_back(path: Path) -> list[tuple[Any, ...]]:
    """The lines of an .xlsx."""
    book = load_workbook(path)
    return [tuple(line) for line in book.worksheets[0].iter_rows(values_only=True)]
