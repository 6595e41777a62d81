"""Further workbooks and attachments of the kinds that failed."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import files
from cases.importing.cells import read_moment
from cases.models import Petition
from tests.cases.importing.test_workbooks_of_others import EPOCH, SHANGHAI, in_part, rewritten
from tests.cases.importing.workbooks import MESSAGE, export, message, run_import
from tests.complaints.further import KINDS
from tests.office import Office

pytestmark = pytest.mark.django_db


def numbered(kind: str) -> Any:
    """Each input of the kind under its place: its text would be no name of a test."""
    return [pytest.param(one, id=str(place)) for place, one in enumerate(KINDS[kind].further, start=1)]


def imported(path: Path, capsys: pytest.CaptureFixture[str]) -> int:
    return run_import(path, capsys)["imported"]


Capsys = pytest.CaptureFixture[str]


@pytest.mark.parametrize("above", numbered("titles"))
def test_headings_are_found_under_whatever_stands_above(
    office: Office, tmp_path: Path, capsys: Capsys, above: list[list[Any]]
) -> None:
    first, *rest = above
    assert imported(export(tmp_path, [*rest, MESSAGE, message("T1")], first), capsys) == 1


@pytest.mark.parametrize("written", numbered("headings"))
def test_a_heading_is_known_in_every_writing(office: Office, tmp_path: Path, capsys: Capsys, written: str) -> None:
    assert imported(export(tmp_path, [message("T1")], [written, *MESSAGE[1:]]), capsys) == 1


@pytest.mark.parametrize("given", numbered("long numbers"))
def test_a_number_is_kept_whole_or_refused(
    office: Office, tmp_path: Path, capsys: Capsys, given: tuple[Any, bool]
) -> None:
    number, is_whole = given
    assert imported(export(tmp_path, [message(number)]), capsys) == is_whole
    assert list(Petition.objects.values_list("external_id", flat=True)) == [str(number)] * is_whole


@pytest.mark.parametrize("change", numbered("parts"))
def test_a_part_that_says_nothing_of_the_values_stands_in_no_way(
    office: Office, tmp_path: Path, capsys: Capsys, change: tuple[str, bytes, bytes]
) -> None:
    assert imported(rewritten(export(tmp_path, [message("T1")]), in_part(*change)), capsys) == 1


@pytest.mark.parametrize("text", numbered("escapes"))
def test_what_the_file_escapes_is_read_as_it_was_meant(
    office: Office, tmp_path: Path, capsys: Capsys, text: tuple[str, str]
) -> None:
    escaped, meant = text
    path = export(tmp_path, [message("T1", text="PLACEHOLDER")])
    raw = rewritten(path, lambda _, content: content.replace(b"PLACEHOLDER", f"头{escaped}尾".encode()))
    assert imported(raw, capsys) == 1
    assert f"头{meant}尾" in Petition.objects.get().content


@pytest.mark.parametrize("spelling", numbered("spellings"))
def test_one_number_is_one_message(office: Office, tmp_path: Path, capsys: Capsys, spelling: str) -> None:
    assert imported(export(tmp_path, [message("T0004")]), capsys) == 1
    assert imported(export(tmp_path, [message(spelling)]), capsys) == 0


@pytest.mark.parametrize("given", numbered("times"))
def test_a_time_is_read_or_refused(given: tuple[str, str]) -> None:
    text, at = given
    now = datetime(2026, 1, 1, tzinfo=SHANGHAI)
    if at:
        read = read_moment(text, "留言时间", epoch=EPOCH, now=now)
        assert f"{read:%Y-%m-%d %H:%M}" == f"2024-03-05 {at}"
        return
    with pytest.raises(Refusal, match="无法识别"):
        read_moment(text, "留言时间", epoch=EPOCH, now=now)


@pytest.mark.parametrize("given", numbered("texts"))
def test_a_text_is_what_can_be_seen(office: Office, tmp_path: Path, capsys: Capsys, given: tuple[str, bool]) -> None:
    text, is_seen = given
    assert imported(export(tmp_path, [message("T1", title=text, text=text)]), capsys) == is_seen


@pytest.mark.parametrize("content", numbered("documents of Word"))
def test_a_document_of_another_program_is_taken(content: bytes) -> None:
    assert files.store(SimpleUploadedFile("a.docx", content)).size == len(content)


@pytest.mark.parametrize("given", numbered("pictures of telephones"))
def test_a_picture_that_is_no_jpeg_is_called_what_it_is(given: tuple[str, bytes]) -> None:
    with pytest.raises(Refusal, match="HEIC"):
        files.store(SimpleUploadedFile(*given))


@pytest.mark.parametrize("content", numbered("pictures"))
def test_a_picture_with_other_parts_is_taken(content: bytes) -> None:
    assert files.store(SimpleUploadedFile("a.png", content)).content_type == "image/png"


@pytest.mark.parametrize("content", numbered("documents of a scanner"))
def test_a_document_whose_head_comes_late_is_taken(content: bytes) -> None:
    assert files.store(SimpleUploadedFile("a.pdf", content)).content_type == "application/pdf"
