"""Pages of a document: counted by the layout of GB/T 9704, at the very edge of a page too."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binzhou_xinfang.letters.blocks import row_of
from binzhou_xinfang.letters.kinds.ending import FILE_CATALOGUE
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE
from binzhou_xinfang.letters.page_count import count, lines_of, pages_of, pages_of_file, spans, total
from binzhou_xinfang.records.file_types import DOCX, JPEG, PDF, PNG, FileType
from binzhou_xinfang.records.models import StoredFile
from tests.letters.conftest import Issue

LINE = "字" * 26  # with its indent of 2, one line of 28
# Of 637.8 pt the number, a line, the title (36 pt) and a line take 120, a line, the issuer and the day 84: 15 lines.
FULL = 15


def pages(lines: int, *, issuer: str = "滨州市信访局", title: int = 1) -> int:
    return count([LINE] * lines, title=["标题"] * title, issuer=issuer)


@pytest.mark.parametrize(
    ("text", "indent", "lines"),
    [
        ("", 2, 1),
        ("字" * 26, 2, 1),
        ("字" * 27, 2, 2),
        ("字" * 54, 2, 2),
        ("字" * 55, 2, 3),
        ("a" * 52, 2, 1),
        ("a" * 53, 2, 2),
        ("字" * 28, 0, 1),
        ("字" * 29, 0, 2),
    ],
)
def test_a_line_holds_28_characters_and_twice_as_many_latin_ones(text: str, indent: int, lines: int) -> None:
    assert lines_of(text, indent=indent) == lines


def test_a_letter_that_fills_exactly_one_page_is_one_page_and_with_a_line_more_two() -> None:
    assert (pages(FULL), pages(FULL + 1)) == (1, 2)


def test_without_an_issuer_there_is_room_for_one_line_more() -> None:
    assert (pages(FULL + 1, issuer=""), pages(FULL + 2, issuer="")) == (1, 2)


def test_a_title_of_two_lines_takes_more_than_one_line_of_the_text() -> None:
    assert (pages(FULL - 1, title=2), pages(FULL, title=2)) == (1, 2)


def test_the_head_of_an_organ_takes_its_room_of_the_first_page() -> None:
    # 51.5 pt for the mark and its rule, and a second free line above the title: three lines less.
    def headed(lines: int) -> int:
        return count([LINE] * lines, title=["标题"], issuer="滨州市信访局", head_lines=1)

    assert (headed(FULL - 3), headed(FULL - 2)) == (1, 2)


def test_without_a_number_there_is_room_for_two_lines_more() -> None:
    assert count([LINE] * (FULL + 2), title=["标题"], issuer="局", is_numbered=False) == 1


def test_a_salutation_takes_a_line() -> None:
    assert count([LINE] * FULL, title=["标题"], salutation="刘某：", issuer="滨州市信访局") == 2


def test_a_second_page_holds_22_lines() -> None:
    # 18 lines stand on the first page, 22 on the second; with the signature 19 + 3.
    assert (pages(18 + 19), pages(18 + 20)) == (2, 3)


def test_what_is_copied_to_others_stands_below_the_day() -> None:
    copied = "抄送：滨州市人民政府。"
    assert count([*[LINE] * (FULL - 2), copied], title=["标题"], issuer="局") == 1
    assert count([*[LINE] * FULL, copied], title=["标题"], issuer="局") == 2


def test_a_heading_goes_to_the_next_page_with_its_first_line() -> None:
    # Eighteen lines fit above; a heading as the eighteenth would stand alone.
    long = [LINE] * 17 + ["一、信访请求"] + [LINE] * 20
    plain = [LINE] * 17 + [LINE] + [LINE] * 20
    assert (count(plain, title=["标题"]), count(long, title=["标题"])) == (2, 3)


def test_enclosures_stand_on_one_page_with_the_signature() -> None:
    enclosures = ["附件：1. 处理意见书", "2. 现场照片"]
    assert count([*[LINE] * (FULL - 3), *enclosures], title=["标题"], issuer="局") == 1
    assert count([*[LINE] * (FULL - 2), *enclosures], title=["标题"], issuer="局") == 2


def test_a_line_that_is_signed_by_hand_goes_with_the_text_before_it() -> None:
    signed = [*[LINE] * 17, "申请人（签名、盖章或者按指印）："]
    # Without a number eighteen lines fit above the day; the last of the text goes over with the one that is signed.
    assert count(signed, title=["申请书"], is_numbered=False) == 1
    assert count([LINE, LINE, *signed], title=["申请书"], is_numbered=False) == 2


def test_a_mark_of_two_lines_takes_more_of_the_first_page() -> None:
    # Two lines of 30 pt for one of 46: 14 pt more, for which no whole line was left over.
    assert count([LINE] * (FULL - 3), title=["标题", "标题"], issuer="局", head_lines=2) == 2


def test_a_table_is_counted_by_its_rows_and_its_head_stands_on_every_page() -> None:
    # 120 pt above, a row is 24 pt: 21 rows with the head, and 56 pt for the day and the line before it.
    def listed(rows: int) -> int:
        head = row_of(["序号", "名称", "文号"])
        return count([head, *(row_of([str(place), "转送函", "滨信转"]) for place in range(rows))], title=["案卷目录"])

    assert (listed(18), listed(19)) == (1, 2)
    assert (listed(20 + 23), listed(20 + 24)) == (2, 3)


def test_a_row_of_many_lines_is_as_high_as_its_longest_cell() -> None:
    short = [row_of(["名称", "字" * 10])] * 10
    # Ten lines of 27 characters are 174 pt: three rows a page, two on the first.
    long = [row_of(["名称", "字" * 250])] * 10
    assert (count(short, title=["表"]), count(long, title=["表"])) == (1, 4)


def test_a_very_long_cell_goes_on_over_the_page() -> None:
    # 149 lines of 17 pt: 30 on the first page, 37 on each after it.
    assert count([row_of(["内容", "字" * 4000])], title=["表"]) == 5


@given(st.lists(st.text(alphabet="字a，1", max_size=300), max_size=60))
def test_more_text_is_never_less_paper(paragraphs: list[str]) -> None:
    counted = [count(paragraphs[:end], title=["标题"], issuer="局") for end in range(len(paragraphs) + 1)]
    assert counted == sorted(counted)
    assert counted[0] == 1


@pytest.mark.django_db
def test_a_short_letter_is_one_page(issue: Issue) -> None:
    assert pages_of(issue(ACCEPTANCE, change="")) == 1


@pytest.mark.django_db
def test_a_letter_has_more_pages_when_more_is_written_in_it(issue: Issue) -> None:
    assert pages_of(issue(OPINION, findings=["查明的事实" * 400])) > pages_of(issue(OPINION))


@pytest.mark.parametrize(("kind", "number"), [(JPEG, 1), (PNG, 1), (PDF, None), (DOCX, None)], ids=range(4))
def test_an_image_is_one_page_and_other_files_are_not_counted(kind: FileType, number: int | None) -> None:
    assert pages_of_file(StoredFile(content_type=kind.content_type)) == number


def test_page_numbers_run_on_over_what_is_not_counted() -> None:
    assert list(spans([2, None, 1, 3])) == ["1-2", "—", "3", "4-6"]


def test_the_total_says_what_was_not_counted() -> None:
    assert total([2, 1]) == "共2件，已编页3页。"
    assert total([2, None, 1]) == "共3件，已编页3页；标“—”的1件不能自动计页，以实际清点为准。"


@pytest.mark.django_db
def test_the_catalogue_ends_with_its_total(issue: Issue) -> None:
    letter = issue(FILE_CATALOGUE, rows=[{"name": "转送函", "dated": date(2026, 3, 4), "pages": "1-2"}])
    assert "卷内文件共2件，已编页3页。" in letter.paragraphs
    assert any("1-2" in paragraph for paragraph in letter.paragraphs)
