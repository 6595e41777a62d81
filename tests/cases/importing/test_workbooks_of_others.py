"""Workbooks as other programs write them: what a spreadsheet opens is read, what is unreadable ends in one line."""

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management.base import CommandError
from openpyxl import Workbook

from binzhou_xinfang.errors import Refusal
from cases.importing.cells import read_moment
from cases.importing.sheet import heading_key, read_sheet
from cases.models import Petition
from tests.cases.importing.workbooks import MESSAGE, export, message, run_import
from tests.office import Office
from tests.records import compounds

SHANGHAI = ZoneInfo("Asia/Shanghai")
EPOCH = datetime(1899, 12, 30)
STYLES, CORE = "xl/styles.xml", "docProps/core.xml"
TRANSITIONAL, STRICT = "schemas.openxmlformats.org/spreadsheetml/2006/main", "purl.oclc.org/ooxml/spreadsheetml/main"


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Change the parts of a package as another program would have written them."""
    target = path.with_name("of-another.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def in_part(part: str, before: bytes, after: bytes) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        assert re.search(before, content), content[:400]
        return re.sub(before, after, content)

    return change


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        in_part(STYLES, b"<fill><patternFill ?/></fill>", b"<fill/>"),
        in_part(STYLES, b'<family val="2" ?/>', b'<family val="49"/>'),
        in_part(STYLES, b"<font>", b'<font><color rgb="#FF0000"/>'),
        in_part(STYLES, b'<xf numFmtId="0"', b'<xf numFmtId="9999"'),
        in_part(CORE, b"(?s)(<dcterms:created[^>]*>)[^<]*", rb"\g<1>2024/3/5 9:10"),
        in_part(CORE, b"(?s)^.*$", b""),
        in_part("xl/theme/theme1.xml", b"(?s)^.*$", b"<a:theme"),
        lambda _, content: content.replace(TRANSITIONAL.encode(), STRICT.encode()),
    ],
    ids=["empty-fill", "family", "colour", "format", "date", "core", "theme", "strict"],
)
def test_what_a_spreadsheet_opens_is_read(
    change: Callable[[str, bytes], bytes], office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run_import(rewritten(export(tmp_path, [message(1)]), change), capsys)
    assert (found["rows"], found["imported"]) == (1, 1)


@pytest.mark.parametrize(
    ("written", "heading"),
    [
        ("\ufeff留言编号", "留言编号"),
        ("留言 编号", "留言编号"),
        ("留言\n主题", "留言主题"),
        ("*留言编号", "留言编号"),
        ("留言主题：", "留言主题"),
        ("留言时间（必填）", "留言时间"),
        ("姓名(名称)", "姓名（名称）"),
        ("\u3000留言\u200b详情 ", "留言详情"),
    ],
)
def test_a_heading_is_found_however_it_is_written(written: str, heading: str) -> None:
    assert heading_key(written) == heading_key(heading)


def test_other_headings_stay_others() -> None:
    assert len({heading_key(name) for name in ("留言编号", "编号", "留言编号（旧）", "")}) == 4


@pytest.mark.django_db
def test_headings_are_found_under_titles_and_the_answer_names_their_place(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    above = [["2024年3月网民留言办理情况表"], [None], ["导出单位：某市政府办公室", None, "2024-04-01"]]
    path = export(tmp_path, [*above[1:], MESSAGE, message(1)], above[0])
    run_import(path, capsys)
    assert Petition.objects.count() == 1
    assert read_sheet(path, MESSAGE).place == "工作表“Sheet”，列名在第4行"
    assert [row.number for row in read_sheet(path, MESSAGE).rows] == [5]


def test_the_first_visible_sheet_with_the_headings_is_read(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["填表说明"])
    hidden, listed = book.create_sheet("隐藏"), book.create_sheet("留言")
    hidden.sheet_state = "hidden"
    for sheet in (hidden, listed):
        sheet.append(MESSAGE)
        sheet.append(message(sheet.title))
    book.save(tmp_path / "book.xlsx")

    sheet = read_sheet(tmp_path / "book.xlsx", MESSAGE)
    assert (sheet.place, [row.cell("留言编号") for row in sheet.rows]) == ("工作表“留言”，列名在第1行", ["留言"])


@pytest.mark.django_db
@pytest.mark.parametrize("number", [20240305091011123, 10**15, 1.5e16])
def test_a_number_that_has_lost_digits_is_refused_by_its_row(
    number: float, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run_import(export(tmp_path, [message(number), message("20240305091011124")]), capsys)
    assert (found["imported"], found["rejected"]) == (1, 1)


@pytest.mark.django_db
def test_one_message_in_three_spellings_is_one(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, imported in (("T0004", 1), ("T0004\u200b", 0), ("Ｔ０００４", 0), (" t0004", 0)):
        assert run_import(export(tmp_path, [message(number)]), capsys)["imported"] == imported


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2024/3/5 9:10", 9, 10),
        ("2024-03-05T09:10:11", 9, 10),
        ("2024年3月5日 9时10分11秒", 9, 10),
        ("2024年3月5日9时10分", 9, 10),
        ("2024/3/5 下午 3:10:11", 15, 10),
        ("2024/03/05 上午9:10", 9, 10),
        ("2024/3/5 上午12:10", 0, 10),
        ("2024/3/5 下午12:10", 12, 10),
        ("2024/3/5 3:10 PM", 15, 10),
        ("2024/3/5 下午15:10", 15, 10),
        ("2024/3/5 中午1:30", 13, 30),
        ("2024/3/5 中午12:30", 12, 30),
        ("2024/3/5 晚上8:30", 20, 30),
        ("20240305091011", 9, 10),
        ("2024/3/5 星期二 9:10", 9, 10),
        ("2024/3/5（周二）9:10", 9, 10),
        ("２０２４／３／５\u3000９：１０：１１", 9, 10),
        ("2024-03-05 09:10:11\u200b", 9, 10),
        ("2024-03-05T01:10:11Z", 9, 10),
        ("2024-03-05 09:10:11+08:00", 9, 10),
        ("2024.3.5", 0, 0),
        ("20240305", 0, 0),
    ],
)
def test_a_clear_time_is_read(text: str, hour: int, minute: int) -> None:
    read = read_moment(text, "留言时间", epoch=EPOCH, now=datetime(2026, 1, 1, tzinfo=SHANGHAI))
    assert read.replace(second=0) == datetime(2024, 3, 5, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "text",
    [
        "24/3/5 9:10",
        "2023-02-29 08:00:00",
        "2024-3-5 24:00:00",
        "3月5日",
        "9:10:11",
        "上午9:10",
        "2024/3/5 上午15:10",
        "2024/3/5 晚上12:30",
    ],
)
def test_a_time_that_may_mean_two_things_or_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="无法识别"):
        read_moment(text, "留言时间", epoch=EPOCH, now=datetime(2026, 1, 1, tzinfo=SHANGHAI))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"not a workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, b"<html></html>"],
    ids=["empty", "cut", "text", "old-or-locked", "html"],
)
def test_what_cannot_be_read_ends_in_one_line(content: bytes, office: Office, tmp_path: Path) -> None:
    (tmp_path / "odd.xlsx").write_bytes(content)
    with pytest.raises(CommandError, match=r"^无法读取 .*odd\.xlsx：[^\n]*$") as refused:
        run_import(tmp_path / "odd.xlsx", None)  # type: ignore[arg-type]  # it ends before it prints
    assert refused.value.returncode == 2


def test_an_old_workbook_with_a_sheet_of_macros_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "留言.xls"
    path.write_bytes(compounds.excel(compounds.sheet(0), compounds.sheet(1)))
    with pytest.raises(Refusal, match="宏"):
        read_sheet(path, [])
