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
from binzhou_xinfang.letters import blocks, rendering, wording
from binzhou_xinfang.letters.kinds import FACTS, LetterKind
from binzhou_xinfang.letters.kinds.ending import COMMITMENT, FILE_CATALOGUE, RESOLUTION_REPORT
from binzhou_xinfang.letters.kinds.handing_over import (
    ASSIGNMENT,
    JURISDICTION,
    OBJECTION,
    PROCEDURAL_ACCEPTANCE,
    REFERRAL,
)
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT, DELIVERY_PROOF, INVESTIGATION_REPORT, OPINION
from binzhou_xinfang.letters.kinds.hearing import HEARING_NOTICE, HEARING_RECORD, HEARING_REPORT, HEARING_REQUEST
from binzhou_xinfang.letters.kinds.mediation import MEDIATION_AGREEMENT, SETTLEMENT_AGREEMENT
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE, DECLINE, EXTENSION, NO_FURTHER_ACCEPTANCE, STATUTORY_ROUTE
from binzhou_xinfang.letters.kinds.registration import RECEIPT, REGISTRATION_FORM
from binzhou_xinfang.letters.kinds.reports import ANNUAL_REPORT, LEADER_READING
from binzhou_xinfang.letters.kinds.review import RECHECK_OPINION, RECHECK_REQUEST, REVIEW_OPINION, REVIEW_REQUEST
from binzhou_xinfang.letters.kinds.supervision import (
    ACCOUNTABILITY_LETTER,
    IMPROVEMENT_PROPOSAL,
    LIABILITY_PROPOSAL,
    POLICY_PROPOSAL,
    RISK_LETTER,
    SUPERVISION_LETTER,
)
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.letters.own_templates.pouring import text_of, trial
from tests.letters.conftest import Issue

pytestmark = pytest.mark.django_db
FORMS = [
    REGISTRATION_FORM,
    DELIVERY_PROOF,
    LEADER_READING,
    FILE_CATALOGUE,
    HEARING_RECORD,
]
# What reference §10.1 demands of each kind beside its facts.
DEMANDED: dict[LetterKind, tuple[str, ...]] = {
    REGISTRATION_FORM: ("接待人（签名）", "信访人（签名）", "证件号码", "住址"),
    RECEIPT: ("查询码", "咨询电话：0543-1234567"),
    REFERRAL: ("5个工作日内提出异议", "15日内书面告知", "附件：1. 处理意见书"),
    ASSIGNMENT: ("提交办结报告", "前反馈办理结果"),
    PROCEDURAL_ACCEPTANCE: ("查询方式", "不是对你所提请求的受理决定"),
    ACCEPTANCE: ("申请回避", "委托代理人", "凭查询码查询"),
    DECLINE: ("不予受理",),
    NO_FURTHER_ACCEPTANCE: ("不再受理", "新的事实和理由"),
    STATUTORY_ROUTE: ("应当通过民事诉讼解决", "提交下列材料"),
    OBJECTION: ("（一）", "建议由滨城区住房和城乡建设局办理", "交还相关材料"),
    JURISDICTION: ("决定由滨城区住房和城乡建设局受理",),
    EXTENSION: ("办理期限延长30日", "本单位负责人王某批准"),
    INVESTIGATION_REPORT: ("四、证据", "五、依据", "六、处理建议"),
    OPINION: ("30日内", "请求复查", "滨州市黄河五路385号"),
    COMPLETION_REPORT: ("一、办理经过", "四、信访人态度"),
    DELIVERY_PROOF: ("签收人（签名或者盖章）", "未签收或者由他人代收的原因", "送达人（签名）"),
    HEARING_REQUEST: ("举行听证", "申请人（签名、盖章或者按指印）"),
    HEARING_NOTICE: ("不超过5人", "1至2名代理人", "可以从中选择", "视为放弃听证", "回避"),
    HEARING_RECORD: ("信访人、代理人（签名）", "听证员（签名）", "主持人（签名）", "记录员（签名）"),
    HEARING_REPORT: ("四、评议情况", "少数意见", "五、听证结论"),
    MEDIATION_AGREEMENT: (
        "一、当事人基本情况", "二、纠纷的主要事实", "三、争议事项和各方责任", "四、协议内容", "履行方式", "履行期限",
        "调解员（签名）",
    ),
    SETTLEMENT_AGREEMENT: ("自愿达成如下协议", "履行方式", "履行期限"),
    REVIEW_REQUEST: ("第三十五条", "一、复查请求", "二、事实和理由", "申请人（签名"),
    REVIEW_OPINION: ("决定：撤销", "重新处理", "相同或者基本相同", "30日内", "请求复核", "山东省济南市"),
    RECHECK_REQUEST: ("第三十六条", "一、复核请求", "申请人（签名"),
    RECHECK_OPINION: ("终结性意见", "第三十六条第三款", "不再受理"),
    SUPERVISION_LETTER: ("存在超期未办结的问题", "三、督办要求", "2026年6月12日前", "抄送"),
    RISK_LETTER: ("一、风险情况", "二、建议采取的措施", "书面反馈"),
    ACCOUNTABILITY_LETTER: ("一、相关责任人", "三、证据", "四、依据", "书面反馈采纳情况"),
    IMPROVEMENT_PROPOSAL: ("书面反馈采纳情况", "未采纳的，请说明理由"),
    POLICY_PROPOSAL: ("二、现行政策规定", "书面反馈采纳情况"),
    LIABILITY_PROPOSAL: ("三、造成的后果", "四、证据", "书面反馈采纳情况"),
    RESOLUTION_REPORT: ("四、三到位一处理落实情况", "帮扶救助：", "七、跟踪回访", "承诺情况"),
    COMMITMENT: ("出于本人自愿", "仍可以依法提出", "承诺人（签名"),
    ANNUAL_REPORT: ("数据统计", "涉及领域", "被投诉较多", "转送、交办、督办情况", "被采纳情况"),
    LEADER_READING: ("内容摘要", "拟办意见", "领导批示"),
    FILE_CATALOGUE: ("序号", "页号", "保管期限", "立卷人"),
}  # fmt: skip


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def words(value: Any) -> list[str]:
    if isinstance(value, date):
        return [wording.day(value)]
    if isinstance(value, list):
        return [text for inner in value for text in words(inner)]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in words(inner)]
    return [line.rstrip("。") for line in str(value).splitlines()]


@pytest.mark.parametrize("kind", list(LetterKind))
def test_each_kind_opened_again_says_what_it_must(issue: Issue, kind: LetterKind) -> None:
    letter = issue(kind)
    said = "\n".join(text_of(rendering.render(letter)))
    told = [text for name in kind.required if name != "applicant_phone" for text in words(FACTS[name].example)]
    compact = said.replace("\n", "")
    for text in (letter.number, letter.title, *told, *DEMANDED[kind], wording.day(letter.issued_on)):
        assert text in compact, text


@pytest.mark.parametrize("kind", list(LetterKind))
def test_each_kind_stands_on_the_official_page(issue: Issue, kind: LetterKind) -> None:
    document = opened(rendering.render(issue(kind)))
    section, normal = document.sections[0], document.styles["Normal"]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    assert (normal.font.size, normal.paragraph_format.line_spacing) == (Pt(16), Pt(28))
    fonts = normal.element.rPr.rFonts
    assert {key: fonts.get(qn(f"w:{key}")) for key in ("eastAsia", "eastAsiaTheme", "asciiTheme")} == {
        "eastAsia": "仿宋",
        "eastAsiaTheme": None,
        "asciiTheme": None,
    }
    foot = section.footer.paragraphs[0]
    assert foot.text.startswith("— ")
    assert foot.text.endswith(" —")
    assert {run.font.size for run in foot.runs} == {Pt(14)}


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
    assert document.paragraphs[-1].text == "抄送：滨州市信访局。"
    assert document.paragraphs[-1].runs[0].font.size == Pt(14)


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


@pytest.mark.parametrize("kind", list(LetterKind))
def test_the_office_signs_what_it_says_itself(issue: Issue, kind: LetterKind) -> None:
    lines = [paragraph.text for paragraph in opened(rendering.render(issue(kind))).paragraphs if paragraph.text]
    end = [line for line in lines if not line.startswith("抄送")][-2:]
    assert (end[0] == "滨州市信访局") is (not kind.is_signed_by_parties)


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


@pytest.mark.parametrize("kind", LetterKind)
def test_the_example_of_every_kind_can_be_shown(kind: LetterKind) -> None:
    assert trial(kind, rendering.base())


def test_the_example_of_a_letter_to_a_unit_speaks_to_a_unit() -> None:
    assert "滨州市住房和城乡建设局：" in text_of(trial(REFERRAL, rendering.base()))
