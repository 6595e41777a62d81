"""The .docx of a letter: opened again, it says what the letter says, in the layout of GB/T 9704."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from jinja2.exceptions import SecurityError, UndefinedError

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters import blocks, rendering
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.ending import FILE_CATALOGUE
from binzhou_xinfang.letters.kinds.handing_over import (
    REFERRAL,
)
from binzhou_xinfang.letters.kinds.handling import DELIVERY_PROOF, INVESTIGATION_REPORT, OPINION
from binzhou_xinfang.letters.kinds.hearing import HEARING_RECORD
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE, DECLINE
from binzhou_xinfang.letters.kinds.registration import RECEIPT, REGISTRATION_FORM
from binzhou_xinfang.letters.kinds.reports import LEADER_READING
from binzhou_xinfang.letters.kinds.review import REVIEW_OPINION, REVIEW_REQUEST
from binzhou_xinfang.letters.models import Head, Letter
from binzhou_xinfang.letters.own_templates.pouring import text_of, trial
from binzhou_xinfang.statute.models import Kept
from binzhou_xinfang.statute.parameters import Key
from tests.cases.settings_made import set_from
from tests.letters.conftest import Issue

pytestmark = pytest.mark.django_db
FORMS = [
    REGISTRATION_FORM,
    DELIVERY_PROOF,
    LEADER_READING,
    FILE_CATALOGUE,
    HEARING_RECORD,
]


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def test_28_characters_fit_on_a_line_and_22_lines_on_a_page(issue: Issue) -> None:
    document = opened(rendering.render(issue(RECEIPT)))
    closer = int(document.styles["Normal"].element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    section = document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    assert width // int(Pt(16 + closer / 20)) == 28
    assert height // Pt(28) == 22


def test_title_date_and_headings_are_set_as_the_standard_asks(issue: Issue) -> None:
    document = opened(rendering.render(issue(OPINION)))
    by_text = {paragraph.text: paragraph for paragraph in document.paragraphs}
    title = by_text["关于刘某反映地下车库漏水的信访处理意见书"]
    assert title.runs[0].font.size == Pt(22)
    assert title.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert by_text["一、信访请求"].runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    assert by_text["2026年3月6日"]._p.pPr.ind.get(qn("w:rightChars")) == "400"
    copies = by_text["抄送：滨州市信访局。"]
    assert copies.runs[0].font.size == Pt(14)


def test_copies_stand_at_the_foot_of_the_last_page_below_the_signature(issue: Issue) -> None:
    document = opened(rendering.render(issue(OPINION, copies_to="滨州市人民政府、滨州市信访局")))
    *_, copies, dated = document.paragraphs
    frame = copies._p.pPr.find(qn("w:framePr"))
    assert (copies.text, dated.text) == ("抄送：滨州市人民政府、滨州市信访局。", "2026年3月6日")
    assert (frame.get(qn("w:yAlign")), frame.get(qn("w:vAnchor"))) == ("bottom", "margin")
    indents = copies._p.pPr.ind
    assert (indents.get(qn("w:leftChars")), indents.get(qn("w:hangingChars"))) == ("400", "300")
    assert indents.get(qn("w:firstLineChars")) is None


def test_a_name_too_long_for_one_line_stands_in_two_and_its_day_below_the_middle() -> None:
    name = "国家税务总局滨州经济技术开发区税务局第一税务分局（办税服务厅）"
    mark = blocks.head_lines(name)
    assert ("".join(mark), len(mark)) == (name, 2)
    assert blocks.head_size("\n".join(mark)) >= 20
    assert blocks.head_lines("滨州市信访局") == ["滨州市信访局"]
    office, dated = blocks.signature_indents(name, "2026年3月6日")
    assert (office, dated + blocks.width_of("2026年3月6日") <= 28) == (0, True)


def test_a_title_is_broken_into_lines_that_fit() -> None:
    title = f"关于刘某反映{'要求依法查处拖欠农民工工资并督促总包单位先行垫付' * 2}信访事项的处理意见书"
    lines = blocks.title_lines(title)
    assert "".join(lines) == title
    assert max(map(blocks.width_of, lines)) <= 21
    signs = blocks.title_lines("关于转送李刚反映在宏达纺织厂受伤，单位不配合申报工伤信访事项的函")
    assert not any(line[0] in "，、" for line in signs)


def test_what_leads_in_and_what_is_signed_never_stand_alone(issue: Issue) -> None:
    kept = {
        paragraph.text: paragraph.paragraph_format.keep_with_next
        for paragraph in opened(rendering.render(issue(REVIEW_REQUEST))).paragraphs
    }
    assert kept["2. 现场照片"] is True
    assert kept["申请人（签名、盖章或者按指印）："] is True
    opinion = opened(rendering.render(issue(REVIEW_OPINION))).paragraphs
    assert next(one for one in opinion if one.text == "被申请人的意见：").paragraph_format.keep_with_next is True


def test_a_long_title_is_broken_between_words() -> None:
    title = "关于刘某反映地下车库漏水信访事项的化解报告"
    assert blocks.title_lines(title) == ["关于刘某反映地下车库漏水", "信访事项的化解报告"]
    assert blocks.title_lines("受理告知书") == ["受理告知书"]
    assert blocks.title_lines("甲" * 30) == ["甲" * 15, "甲" * 15]


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_is_a_real_table_over_the_whole_width(issue: Issue, kind: LetterKind) -> None:
    document = opened(rendering.render(issue(kind)))
    for row in (row for table in document.tables for row in table.rows):
        widths = [int(cell._tc.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in each_once(row)]
        assert sum(widths) in range(8840, 8849)
    assert document.tables
    assert not any("｜" in paragraph.text for paragraph in document.paragraphs)


def each_once(row: Any) -> list[Any]:
    seen: list[Any] = []
    for cell in row.cells:
        if not seen or cell._tc is not seen[-1]._tc:
            seen.append(cell)
    return seen


def test_a_catalogue_lists_each_paper_in_a_row_below_its_heads(issue: Issue) -> None:
    listed = opened(rendering.render(issue(FILE_CATALOGUE))).tables[1]
    assert [[cell.text for cell in row.cells] for row in listed.rows] == [
        ["序号", "文件名称", "文号", "日期", "页号", "备注"],
        ["1", "信访登记表", "滨信登〔2026〕1号", "2026年3月2日", "1-2", "原件"],
        ["2", "转送函", "滨信转〔2026〕8号", "2026年3月4日", "3", "副本"],
    ]


def test_what_a_clerk_types_is_text_and_nothing_else(issue: Issue) -> None:
    letter = issue(DECLINE, reason="<b>同一</b> & {{ 7*7 }} 事项正在办理")
    lines = [paragraph.text for paragraph in opened(rendering.render(letter)).paragraphs if paragraph.text]
    signed = ["滨州市信访局", "2026年3月6日"]
    assert lines == [letter.number, letter.title, letter.salutation, *letter.paragraphs, *signed]
    assert "<b>同一</b> & {{ 7*7 }} 事项正在办理" in letter.paragraphs[1]


def test_a_form_speaks_to_nobody(issue: Issue) -> None:
    document = opened(rendering.render(issue(DELIVERY_PROOF)))
    assert "：" not in [paragraph.text for paragraph in document.paragraphs]


def test_the_same_letter_gives_the_same_bytes_at_any_moment(issue: Issue) -> None:
    letter = issue(HEARING_RECORD)
    first = rendering.render(letter)
    assert first == rendering.render(Letter.objects.get(pk=letter.pk))
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("attack", "fault"), [("{{ ''.__class__.__mro__ }}", SecurityError), ("{{ range(9) }}", UndefinedError)]
)
def test_the_base_document_cannot_run_code(
    issue: Issue, settings: Any, tmp_path: Path, attack: str, fault: type[Exception]
) -> None:
    letter = issue(RECEIPT)
    settings.BASE_DIR = tmp_path
    base = tmp_path / "templates" / "letters" / "base.docx"
    base.parent.mkdir(parents=True)
    document = Document()
    document.add_paragraph(attack)
    document.save(str(base))
    with pytest.raises(fault):
        rendering.render(letter)


@pytest.mark.parametrize(
    ("issuer", "issuer_right", "dated_right"),
    [
        ("滨州市信访局", 400, 400),  # as wide as the day
        ("市局", 600, 400),
        ("滨州市住房和城乡建设局", 150, 400),
        ("山东省信访事项复查复核委员会办公室", 0, 550),  # too wide: it reaches the edge, and the day is centred below
    ],
)
def test_the_office_stands_centred_over_its_day(
    issue: Issue, bureau: Post, issuer: str, issuer_right: int, dated_right: int
) -> None:
    bureau.unit.name = issuer
    paragraphs = opened(rendering.render(issue(ACCEPTANCE))).paragraphs
    by_text = {paragraph.text: paragraph._p.pPr.ind.get(qn("w:rightChars")) for paragraph in paragraphs[-2:]}
    assert by_text == {issuer: str(issuer_right), "2026年3月6日": str(dated_right)}


def test_each_enclosure_has_its_line_under_the_first(issue: Issue) -> None:
    letter = issue(REFERRAL, enclosures=["处理意见书。", "现场照片；"])
    assert letter.paragraphs[-2:] == ["附件：1. 处理意见书", "2. 现场照片"]
    paragraphs = {one.text: one for one in opened(rendering.render(letter)).paragraphs}
    more = paragraphs["2. 现场照片"]._p.pPr.ind.get(qn("w:firstLineChars"))
    assert (more, paragraphs["附件：1. 处理意见书"].paragraph_format.keep_with_next) == ("500", True)


def test_a_single_enclosure_has_no_number(issue: Issue) -> None:
    assert issue(REFERRAL, enclosures=["处理意见书"]).paragraphs[-1] == "附件：处理意见书"


def test_a_numbered_list_that_follows_no_enclosure_is_left_alone(issue: Issue) -> None:
    blocks = issue(INVESTIGATION_REPORT).blocks
    assert [block.text for block in blocks if block.is_more] == ["2. 现场照片"]
    assert any(block.text.startswith("1. ") for block in blocks)


def test_the_example_of_a_letter_to_a_unit_speaks_to_a_unit() -> None:
    assert "滨州市住房和城乡建设局：" in text_of(trial(REFERRAL, rendering.base()))


def head_of(document: Any) -> tuple[list[str], list[str]]:
    """Read the first page's head, and the colours of the rules above and below."""
    section = document.sections[0]
    parts = (*section.first_page_header.paragraphs, *section.first_page_footer.paragraphs)
    rules = [border.get(qn("w:color")) for part in parts for border in part._p.xpath(".//w:pBdr/*")]
    return [part.text for part in parts if part.text.strip()], rules


def test_the_mark_of_the_organ_stands_above_its_letter_between_red_rules(issue: Issue) -> None:
    letter = issue(REFERRAL)
    said, rules = head_of(opened(rendering.render(letter)))
    assert (letter.head, said, rules) == (Head.PRINTED, ["滨州市信访局"], ["FF0000", "FF0000"])


def test_paper_that_brings_its_head_gets_room_for_it(issue: Issue) -> None:
    set_from(Key.LETTERHEAD, True, date(2026, 3, 6))
    Kept.read_on = None
    letter = issue(REFERRAL, on=date(2026, 3, 6))
    said, rules = head_of(opened(rendering.render(letter)))
    assert (letter.head, said, rules) == (Head.LETTERHEAD, [], ["FFFFFF", "FFFFFF"])


@pytest.mark.parametrize("kind", [REVIEW_REQUEST, REGISTRATION_FORM], ids=str)
def test_what_no_organ_sends_has_no_head_and_its_first_page_a_number(issue: Issue, kind: LetterKind) -> None:
    said, rules = head_of(opened(rendering.render(issue(kind))))
    assert ([text.split(" ")[0] for text in said], rules) == (["—"], [])


@pytest.mark.parametrize(("issuer", "points"), [("滨州市信访局", 36), ("山东省信访事项复查复核委员会办公室", 26)])
def test_a_long_mark_is_set_smaller(issue: Issue, bureau: Post, issuer: str, points: int) -> None:
    bureau.unit.name = issuer
    section = opened(rendering.render(issue(ACCEPTANCE))).sections[0]
    (mark,) = [part for part in section.first_page_header.paragraphs if part.text.strip()]
    assert mark.runs[0].font.size == Pt(points)
