"""Every kind of letter: its wording, its document on the official page, and the bureau's own template of it."""

import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from binzhou_xinfang.letters import own_templates, rendering, wording
from binzhou_xinfang.letters.kinds import FACTS, LetterKind
from binzhou_xinfang.letters.kinds.ending import (
    COMMITMENT,
    ENDING_NOTICE,
    FILE_CATALOGUE,
    REOPENING_NOTICE,
    RESOLUTION_REPORT,
    SUCCESSION,
    WITHDRAWAL,
)
from binzhou_xinfang.letters.kinds.handing_over import (
    ASSIGNMENT,
    JURISDICTION,
    OBJECTION,
    PROCEDURAL_ACCEPTANCE,
    REFERRAL,
    TAKING_BACK,
)
from binzhou_xinfang.letters.kinds.handling import (
    COMPLETION_REPORT,
    DELIVERY_PROOF,
    INVESTIGATION_REPORT,
    OPINION,
    OWN_WAY_REPLY,
)
from binzhou_xinfang.letters.kinds.hearing import HEARING_NOTICE, HEARING_RECORD, HEARING_REPORT, HEARING_REQUEST
from binzhou_xinfang.letters.kinds.mediation import MEDIATION_AGREEMENT, MEDIATION_REFERRAL, SETTLEMENT_AGREEMENT
from binzhou_xinfang.letters.kinds.moving import CHANGE_OF_UNIT
from binzhou_xinfang.letters.kinds.notices import (
    ACCEPTANCE,
    DECLINE,
    EXTENSION,
    MERGE_NOTICE,
    NO_FURTHER_ACCEPTANCE,
    OWN_WAY_NOTICE,
    SPLIT_NOTICE,
    STATUTORY_ROUTE,
)
from binzhou_xinfang.letters.kinds.refusals import REVIEW_REFUSAL, REVIEW_WITHDRAWAL
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
from binzhou_xinfang.letters.own_templates import check, trial
from binzhou_xinfang.letters.own_templates.pouring import text_of
from tests.letters.conftest import Issue
from tests.letters.test_own_templates import template

pytestmark = pytest.mark.django_db
# What reference §10.1 demands of each kind beside its facts.
DEMANDED: dict[LetterKind, tuple[str, ...]] = {
    REGISTRATION_FORM: ("接待人签名", "信访人签名", "372301196605041235", "渤海小区5号楼", "13912345678"),
    RECEIPT: ("查询码", "咨询电话：0543-1234567"),
    REFERRAL: ("最迟于2026年3月11日提出异议", "最迟于2026年3月19日书面告知", "附件：1. 处理意见书"),
    ASSIGNMENT: ("提交办结报告", "最迟于2026年4月30日反馈办理结果"),
    PROCEDURAL_ACCEPTANCE: ("不是对你所提请求的受理决定"),
    ACCEPTANCE: ("申请其回避", "委托代理人", "凭查询码致电"),
    OWN_WAY_NOTICE: ("由我单位研究论证", "最迟于2026年5月5日答复你", "申请回避"),
    DECLINE: ("不予受理",),
    REVIEW_WITHDRAWAL: ("复查申请撤回确认书", "系你本人自愿提出", "原意见继续有效"),
    REVIEW_REFUSAL: ("复查申请不予受理告知书", "滨建意〔2026〕5号处理意见"),
    NO_FURTHER_ACCEPTANCE: ("不再受理", "新的事实和理由"),
    CHANGE_OF_UNIT: ("第二十四条第二款", "期限不变"),
    TAKING_BACK: ("现予收回", "对你单位不再计算"),
    WITHDRAWAL: ("系你本人自愿提出", "可以另行提出"),
    SUCCESSION: ("信访人变更为你", "不因变更重新计算"),
    ENDING_NOTICE: ("信访程序终结", "新的事实和理由"),
    REOPENING_NOTICE: ("重新启动办理", "第二十二条第一款", "最迟于2026年3月21日"),
    MERGE_NOTICE: ("一并答复", "予以拆分"),
    SPLIT_NOTICE: ("单独办理", "另行答复"),
    STATUTORY_ROUTE: ("应当通过民事诉讼解决", "提交下列材料"),
    OBJECTION: ("（一）", "建议由滨城区住房和城乡建设局办理", "交还相关材料"),
    JURISDICTION: ("经滨州市党委、政府领导决定，由滨城区住房和城乡建设局受理", "第二十三条第三款"),
    EXTENSION: ("办理期限延长30日", "本单位负责人王某批准"),
    INVESTIGATION_REPORT: ("四、证据", "五、依据", "六、处理建议"),
    OPINION: ("30日内", "请求复查", "滨州市黄河五路385号"),
    OWN_WAY_REPLY: ("一、办理结果", "二、有关情况"),
    COMPLETION_REPORT: ("一、办理经过", "四、信访人态度"),
    DELIVERY_PROOF: ("签收人（签名或者盖章）", "由他人代收、拒绝签收的事由", "见证人", "送达人（签名）"),
    HEARING_REQUEST: ("举行听证", "申请人（签名、盖章或者按指印）"),
    HEARING_NOTICE: ("不超过5人", "代理人不超过2人", "可以从中选择", "视为放弃听证", "回避"),
    HEARING_RECORD: ("信访人、代理人（签名）", "听证员（签名）", "主持人（签名）", "记录员（签名）"),
    HEARING_REPORT: ("四、评议情况", "少数意见", "五、听证结论"),
    MEDIATION_AGREEMENT: (
        "一、当事人基本情况", "二、纠纷的主要事实", "三、争议事项和各方责任", "四、协议内容", "履行方式", "履行期限",
        "调解员钱某（签名）", "组织调解的机关、单位（盖章）：滨州市信访局",
    ),
    MEDIATION_REFERRAL: ("与滨城区某物业公司之间的纠纷", "第三十三条", "2026年3月19日答复", "不停止计算办理期限"),
    SETTLEMENT_AGREEMENT: ("自愿达成如下协议", "履行方式", "履行期限"),
    REVIEW_REQUEST: ("第三十五条", "一、复查请求", "二、事实和理由", "申请人（签名"),
    REVIEW_OPINION: ("决定：撤销", "30日内重新处理", "相同或者基本相同", "请求复查"),
    RECHECK_REQUEST: ("第三十六条", "一、复核请求", "申请人（签名"),
    RECHECK_OPINION: ("决定：撤销", "复查意见和滨州市住房和城乡建设局", "30日内重新处理", "请求复查"),
    SUPERVISION_LETTER: ("存在超期未办结的问题", "三、督办要求", "最迟于2026年6月12日整改到位", "抄送"),
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


@pytest.mark.parametrize("kind", LetterKind)
def test_a_kind(issue: Issue, kind: LetterKind, subtests: pytest.Subtests) -> None:
    letter = issue(kind)
    content = rendering.render(letter)
    with subtests.test("its wording tells all the facts it asks for"):
        its_wording_tells_all_facts(letter, kind)
    with subtests.test("no letter offers a lawsuit against an act of petition work"):
        told = "".join(issue(kind, organ="x", route="x", time_limit="x").paragraphs)
        assert [word for word in ("诉讼", "法院") if word in told] == []
    with subtests.test("opened again it says what it must"):
        opened_again_it_says_what_it_must(letter, kind, content)
    document = Document(io.BytesIO(content))
    with subtests.test("it stands on the official page"):
        it_stands_on_the_official_page(document)
    with subtests.test("the office signs what it says itself"):
        lines = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
        end = [line for line in lines if not line.startswith("抄送")][-2:]
        assert (end[0] == "滨州市信访局") is kind.voice.has_head
    with subtests.test("the delivered template passes its own check, and shows the example"):
        assert check(kind, rendering.base()).missing == ()
        assert trial(kind, rendering.base())
    with subtests.test("a template of all fields can be tried with made-up facts"):
        a_template_of_all_fields_can_be_tried(kind)


def its_wording_tells_all_facts(letter: Letter, kind: LetterKind) -> None:
    told = "\n".join([letter.title, letter.addressee, *letter.paragraphs])
    assert [(name, text) for name in kind.required for text in words(FACTS[name].example) if text not in told] == []
    assert "None" not in told
    assert letter.content_sha256() == letter.sha256


def opened_again_it_says_what_it_must(letter: Letter, kind: LetterKind, content: bytes) -> None:
    compact = "".join(text_of(content)).replace("\n", "")
    told = [text for name in kind.required if name != "applicant_phone" for text in words(FACTS[name].example)]
    wanted = (letter.number_line, letter.title, *told, *DEMANDED[kind], letter.dated.strip())
    assert [text for text in wanted if text not in compact] == []


def it_stands_on_the_official_page(document: Any) -> None:
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


def a_template_of_all_fields_can_be_tried(kind: LetterKind) -> None:
    fields = sorted(own_templates.fields_of(kind))
    content = template(*(f"{name}：{{{{ {name} }}}}" for name in fields))
    assert check(kind, content).missing == ()
    said = text_of(trial(kind, content))
    assert [line.split("：")[0] for line in said] == fields
    assert not any("[" in line or "{" in line or "None" in line for line in said)


def words(value: Any) -> list[str]:
    if isinstance(value, date):
        return [wording.day(value)]
    if isinstance(value, list):
        return [text for inner in value for text in words(inner)]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in words(inner)]
    return [line.rstrip("。") for line in str(value).splitlines()]
