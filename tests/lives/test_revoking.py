"""Letters that say what their decision means: one that revokes orders a redo and offers nothing more, an own way its
own period and answer."""

from datetime import date
from typing import Any

import pytest

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT, OPINION, OWN_WAY_REPLY
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE, OWN_WAY_NOTICE
from binzhou_xinfang.letters.kinds.review import RECHECK_OPINION, REVIEW_OPINION
from binzhou_xinfang.statute.parameters import Key
from cases.facts import earlier_letter
from cases.states import Move, State
from cases.vocabulary import Kind, LegalWay
from tests.cases.settings_made import set_from
from tests.lives.story import Life, begins
from tests.office import Office

REVOKE: dict[str, Any] = {"result": "revoke", "decision": "事实不清，撤销，重新处理。", "redo_days": 30}
CHANGE: dict[str, Any] = {
    "result": "change",
    "decision": "依据错误，予以变更。",
    "changed_to": "由开发建设单位限期维修",
}
REDONE = "由市住房和城乡建设局自收到本意见书之日起30日内重新处理，并书面答复申请人。"


def text_of(life: Life, kind: LetterKind) -> str:
    letter = earlier_letter(life.case, kind)
    assert letter is not None
    return "\n".join(letter.paragraphs)


@pytest.fixture
def life(office: Office) -> Life:
    """A matter whose review was accepted after National Day 2026."""
    life = begins(office, "2026-07-06")
    for move, day in (
        (Move.TRIAGE, "2026-07-07"), (Move.REFER, "2026-07-08"), (Move.SIGN_FOR, "2026-07-09"),
        (Move.ACCEPT, "2026-07-10"), (Move.INVESTIGATE, "2026-07-20"), (Move.DRAFT, "2026-08-24"),
        (Move.CHECK, "2026-08-25"), (Move.SIGN, "2026-09-07"), (Move.DELIVER, "2026-09-09"),
        (Move.ASK_REVIEW, "2026-09-30"), (Move.ACCEPT_REVIEW, "2026-10-08"),
    ):  # fmt: skip
        life.do(move, day)
    return life


def test_a_review_that_revokes_names_who_does_it_again_and_offers_no_recheck(life: Life) -> None:
    life.do(Move.DRAFT_REVIEW, "2026-10-20", **REVOKE)
    life.do(Move.SIGN_REVIEW, "2026-10-21")
    text = text_of(life, REVIEW_OPINION)
    assert REDONE in text
    assert "对重新作出的处理意见不服的，可以自收到该处理意见之日起30日内请求复查" in text
    assert ("请求复核" in text, "终结性" in text, "山东省人民政府" in text) == (False, False, False)
    life.do(Move.ORDER_REDO, "2026-10-22")
    # 10-22 + 30 = Sat 11-21: Mon 11-23.
    assert life.clock("redo") == "redo from 2026-10-22 until 2026-11-21 (legal 2026-11-23): runs"
    assert (life.case.state, life.case.holder) == (State.REDO_ORDERED, life.office.housing)
    life.refused(Move.ASK_RECHECK, "2026-10-23", "不能登记复核申请")


def test_a_review_that_upholds_or_changes_offers_the_recheck_above(life: Life) -> None:
    life.refused(Move.DRAFT_REVIEW, "2026-10-19", "维持、变更的应当写明复核机关", above="")
    life.refused(Move.DRAFT_REVIEW, "2026-10-19", "复核机关应当是.*上一级", above="bzsl")
    life.do(Move.DRAFT_REVIEW, "2026-10-20", **CHANGE)
    life.do(Move.SIGN_REVIEW, "2026-10-21")
    text = text_of(life, REVIEW_OPINION)
    assert "变更为：由开发建设单位限期维修。" in text
    assert "向山东省信访事项复查复核委员会办公室" in text
    assert "无正当理由逾期未请求复核" in text
    assert "六、重新处理" not in text


def rechecked(life: Life, **decision: Any) -> str:
    life.do(Move.DRAFT_REVIEW, "2026-10-20")
    life.do(Move.SIGN_REVIEW, "2026-10-21")
    life.do(Move.DELIVER_REVIEW, "2026-10-22")
    life.do(Move.ASK_RECHECK, "2026-11-09")
    life.do(Move.ACCEPT_RECHECK, "2026-11-10")
    life.do(Move.DRAFT_RECHECK, "2026-11-20", **decision)
    life.do(Move.SIGN_RECHECK, "2026-11-23")
    return text_of(life, RECHECK_OPINION)


def test_a_recheck_that_revokes_takes_both_opinions_away_and_is_not_final(life: Life) -> None:
    text = rechecked(life, **REVOKE)
    assert (
        "决定：撤销市复查复核委员会办公室滨复查〔2026〕1号复查意见和市住房和城乡建设局滨住建意〔2026〕1号处理意见。"
        in text
    )
    assert REDONE in text
    assert ("终结性" in text, "不再受理" in text) == (False, False)
    life.do(Move.ORDER_REDO, "2026-11-24", by=life.office.rechecker)
    assert life.case.state == State.REDO_ORDERED


def test_a_recheck_that_upholds_is_final(life: Life) -> None:
    assert "本复核意见为信访途径的终结性意见" in rechecked(life)


def test_a_late_request_is_barred_without_a_good_reason_and_where_shandong_s_law_binds(office: Office) -> None:
    said = "无正当理由逾期未请求复查，仍以同一事实和理由提出投诉请求的，依照《山东省信访条例》"
    life = begins(office, "2026-07-06")
    road = (Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE, Move.DRAFT, Move.CHECK, Move.SIGN)
    for move in road:
        life.do(move, "2026-07-07")
    assert said in text_of(life, OPINION)
    set_from(Key.SHANDONG, False, date(2026, 7, 1))
    other = begins(office, "2026-07-06")
    for move in road:
        other.do(move, "2026-07-07")
    assert "不再受理" not in text_of(other, OPINION)


@pytest.mark.parametrize(
    ("kind", "way", "says", "adoption"),
    [
        (
            Kind.ADVICE,
            LegalWay.ADVICE,
            "该事项属于建议意见，由我单位依照《信访工作条例》第二十九条第一款的规定研究论证",
            "adopted",
        ),
        (Kind.CLAIM, LegalWay.STATUTORY_DUTY, "该事项属于申请查处违法行为", "performed"),
    ],
)
def test_an_own_way_says_its_way_and_is_answered_by_letter(
    office: Office, kind: Kind, way: LegalWay, says: str, adoption: str
) -> None:
    life = begins(office, "2026-09-14", purpose="advise" if kind is Kind.ADVICE else "settle")
    life.do(Move.TRIAGE, "2026-09-15", kind=kind.value, legal_way=way.value)
    life.do(Move.ASSIGN, "2026-09-16")
    life.do(Move.SIGN_FOR, "2026-09-17")
    life.do(Move.UNDERTAKE, "2026-09-18", days=45)
    assert earlier_letter(life.case, ACCEPTANCE) is None
    text = text_of(life, OWN_WAY_NOTICE)
    assert says in text
    # 09-18 + 45 = Mon 11-02.
    assert "我单位最迟于2026年11月2日答复你" in text
    assert ("信访处理意见书" in text, "六十日" in text, "60日" in text) == (False, False, False)
    life.do(Move.STUDY, "2026-10-12")
    life.do(Move.REPLY, "2026-10-20", adoption=adoption, reply="拟在东门增设过街设施")
    answer = text_of(life, OWN_WAY_REPLY)
    assert "拟在东门增设过街设施。" in answer
    assert ("按照其规定的途径提出" in answer) is (way is LegalWay.STATUTORY_DUTY)
    report = text_of(life, COMPLETION_REPORT)
    assert "信访事项答复书（滨住建答〔2026〕1号）随本报告附上。" in report
