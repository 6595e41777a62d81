"""Letters: numbers, words, what may not stand in them, and the .docx."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import InternalError, connection, transaction

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.ending import FILE_CATALOGUE
from binzhou_xinfang.letters.kinds.handing_over import REFERRAL
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE, DECLINE
from binzhou_xinfang.letters.kinds.registration import RECEIPT
from tests.factories import UnitFactory
from tests.letters.conftest import Issue

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 6)


def test_numbers_run_per_unit_kind_and_year(bureau: Post) -> None:
    other = UnitFactory.create(letter_mark="滨建")
    taken = [
        issuing.next_number(bureau.unit, ACCEPTANCE, ON),
        issuing.next_number(bureau.unit, ACCEPTANCE, ON),
        issuing.next_number(bureau.unit, REFERRAL, ON),
        issuing.next_number(bureau.unit, ACCEPTANCE, date(2027, 1, 1)),
        issuing.next_number(other, ACCEPTANCE, ON),
    ]
    assert [number.text for number in taken] == [
        "滨信告〔2026〕1号",
        "滨信告〔2026〕2号",
        "滨信转〔2026〕1号",
        "滨信告〔2027〕1号",
        "滨建告〔2026〕1号",
    ]


def test_a_unit_without_a_mark_cannot_number_letters() -> None:
    with pytest.raises(Refusal, match="没有设置发文代字"):
        issuing.next_number(UnitFactory.create(letter_mark=""), ACCEPTANCE, ON)


def test_the_acceptance_notice_says_what_the_statute_asks(issue: Issue) -> None:
    letter = issue(ACCEPTANCE, query_way="", change="")
    assert (letter.number, letter.title, letter.salutation) == ("滨信告〔2026〕1号", "信访事项受理告知书", "刘某：")
    assert letter.paragraphs == [
        "你通过来访反映的“地下车库漏水”事项，由滨州市信访局2026年3月4日转送，我单位于2026年3月2日收到，查询码K7Q2M9。",
        "经审查，该事项属于我单位职权范围，适用《信访工作条例》第三十一条第六项的规定，自2026年3月6日起受理，"
        "最迟于2026年5月5日办结；需要延期的，将书面告知你理由。",
        "我单位将听取你的陈述，调查核实后出具信访处理意见书。",
        "承办人：张某，电话：13812345678。",
        "你可以凭查询码查询办理情况；承办人员与信访事项或者与你有直接利害关系的，可以申请其回避；可以委托代理人。",
    ]


def test_the_opinion_has_its_parts_and_answers_every_request(issue: Issue) -> None:
    letter = issue(OPINION, copies_to="", lapse_basis="")
    assert letter.title == "关于刘某反映地下车库漏水的信访处理意见书"
    assert letter.paragraphs[1:] == [
        "一、信访请求",
        "（一）明确维修责任单位和期限。",
        "（二）公开维修资金使用情况。",
        "二、查明的事实",
        "2025年6月起车库顶板渗水。",
        "物业公司没有维修。",
        "三、依据",
        "（一）《住宅专项维修资金管理办法》有关规定。",
        "四、处理意见",
        "（一）对“明确维修责任单位和期限”的请求，予以支持：由物业公司于5月底前修复。",
        "（二）对“公开维修资金使用情况”的请求，解释说明：已在小区公示栏公开。",
        "五、救济途径",
        "如不服本处理意见，可以自收到本意见书之日起30日内，向滨州市人民政府（地址：滨州市黄河五路385号）请求复查。",
        "咨询电话：0543-1234567。",
    ]


def test_every_wording_is_of_a_kind(settings: Any) -> None:
    folder = Path(settings.BASE_DIR, "templates", "letters")
    assert {path.stem for path in folder.glob("*.txt")} == {kind.value for kind in LetterKind}


@pytest.mark.parametrize("empty", [None, "", [], "  "])
def test_a_missing_fact_is_refused_by_its_name_and_takes_no_number(issue: Issue, bureau: Post, empty: Any) -> None:
    with pytest.raises(Refusal, match="缺少“承办人”，不能出具受理告知书") as refusal:
        issue(ACCEPTANCE, handler=empty)
    assert refusal.value.field == "handler"
    assert issuing.next_number(bureau.unit, ACCEPTANCE, ON).serial == 1


def test_facts_that_are_not_asked_for_are_not_kept(issue: Issue) -> None:
    assert set(issue(RECEIPT, secret="x").facts) == {*RECEIPT.required, "query_way"}


def test_numbers_of_persons_in_the_text_are_masked(issue: Issue) -> None:
    letter = issue(RECEIPT, matter="身份证37160119900101123X、电话13912345678被\n冒用")
    assert letter.facts["matter"] == "身份证3716**********123X、电话139****5678被 冒用"
    assert "37160119900101123X" not in "".join(letter.paragraphs)


def test_a_stored_letter_cannot_be_changed(issue: Issue) -> None:
    letter = issue(RECEIPT)
    with pytest.raises(InternalError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_letter SET title = 'x' WHERE id = %s", [letter.pk])


def test_the_sha256_tells_a_changed_paragraph(issue: Issue) -> None:
    letter = issue(RECEIPT)
    letter.paragraphs = ["x"]
    assert letter.content_sha256() != letter.sha256


def test_the_bureau_may_put_its_own_wording_first(issue: Issue, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "receipt.txt").write_text("回执\n{{ matter }}已收到\n", encoding="utf-8")
    assert issue(RECEIPT).paragraphs == ["地下车库漏水已收到"]


@pytest.mark.parametrize(
    "attack", ["{{ ''.__class__.__mro__ }}", "{{ matter.__class__ }}", "{{ answers.append(1) }}", "{% for x %}"]
)
def test_a_wording_file_cannot_run_code(issue: Issue, settings: Any, tmp_path: Path, attack: str) -> None:
    settings.VAR_DIR = tmp_path
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "opinion.txt").write_text(f"题\n{attack}\n", encoding="utf-8")
    with pytest.raises(Refusal, match="信访处理意见书的文书模板有误"):
        issue(OPINION)


def test_a_wording_file_that_asks_for_an_unknown_fact_is_refused(issue: Issue, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "receipt.txt").write_text("题\n{{ organ }}\n", encoding="utf-8")
    with pytest.raises(Refusal, match="缺少“受理机关”，不能出具接收回执"):
        issue(RECEIPT)


def test_a_kind_without_a_wording_is_refused(issue: Issue, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = settings.BASE_DIR = tmp_path
    with pytest.raises(Refusal, match="没有案卷目录的文书模板"):
        issue(FILE_CATALOGUE)


def test_a_fact_cannot_draw_a_table(issue: Issue) -> None:
    letter = issue(DECLINE, reason="｜甲｜乙｜")
    assert letter.paragraphs[1].startswith("经审查，不予受理的理由是：|甲|乙|。")


def test_a_row_that_leaves_something_out_leaves_its_cell_empty(issue: Issue) -> None:
    letter = issue(FILE_CATALOGUE, rows=[{"name": "转送函"}])
    assert "｜1｜转送函｜｜｜｜｜" in letter.paragraphs


def test_what_goes_to_the_discipline_body_is_secret_and_names_no_days_of_ours(issue: Issue) -> None:
    law, secret = "《信访工作条例》第二十三条第四款", "不得透露或者转给被检举、揭发的人员或者单位"
    given = {"notice_due_on": None, "objection_due_on": None, "own_rules": law, "secrecy": secret}
    letter = issue(REFERRAL, basis="《信访工作条例》第二十二条第二款", **given)
    said = "\n".join(letter.paragraphs)
    assert letter.title == "关于转送检举控告类信访事项的函"
    assert [words for words in ("最迟", "15日", "5个工作日") if words in said] == []
    assert "根据《信访工作条例》第二十二条第二款的规定" in said
    assert "依照《信访工作条例》第二十三条第四款，按照有关规定执行" in said
    assert "严格保密" in said
    assert secret in said
