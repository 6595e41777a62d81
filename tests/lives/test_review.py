"""三级终结: revoked, done again otherwise, upheld, rechecked with a hearing, ended, published, archived."""

from typing import Any

from cases.models import Review
from cases.states import Move, State
from cases.vocabulary import EndGround
from tests.lives.story import BUREAU, HOUSING, RECHECKERS, REVIEWERS, Life, assert_whole, begins
from tests.office import Office

REVOKE: dict[str, Any] = {"result": "revoke", "decision": "事实不清，撤销，重新处理。", "redo_days": 30}
OTHERWISE = [
    {"order": 1, "result": "explain", "text": "经重新鉴定，维修责任单位为开发建设单位，六十日内完成维修。"},
    {"order": 2, "result": "explain", "text": "维修资金收支明细已在小区公示栏逐项公布。"},
]


def opinion_is_delivered(life: Life) -> None:
    life.do(Move.TRIAGE, "2025-07-01")
    life.do(Move.REFER, "2025-07-02")
    life.do(Move.SIGN_FOR, "2025-07-03")
    life.do(Move.ACCEPT, "2025-07-04")
    life.do(Move.INVESTIGATE, "2025-07-10")
    life.do(Move.DRAFT, "2025-08-20")
    life.do(Move.CHECK, "2025-08-21")
    life.do(Move.SIGN, "2025-08-25")
    life.do(Move.DELIVER, "2025-09-02")


def review_revokes(life: Life) -> None:
    life.do(Move.ASK_REVIEW, "2025-09-30")
    life.do(Move.ACCEPT_REVIEW, "2025-10-10")
    life.do(Move.DRAFT_REVIEW, "2025-10-20", **REVOKE)
    life.refused(Move.SIGN_REVIEW, "2025-10-21", "拟稿人不能“签发复查意见”", by=life.office.reviewer)
    life.do(Move.SIGN_REVIEW, "2025-10-24")
    life.refused(Move.DELIVER_REVIEW, "2025-10-27", "责令重新处理")
    life.do(Move.ORDER_REDO, "2025-10-27")


def unit_does_it_again(life: Life) -> None:
    life.do(Move.RESTART, "2025-10-28")
    life.refused(Move.DRAFT, "2025-11-10", "相同或者基本相同")
    life.do(Move.DRAFT, "2025-11-11", answers=OTHERWISE)
    life.do(Move.CHECK, "2025-11-12")
    life.do(Move.SIGN, "2025-11-14")
    life.do(Move.DELIVER, "2025-11-18")


def review_upholds(life: Life) -> None:
    life.do(Move.ASK_REVIEW, "2025-11-21")
    life.do(Move.ACCEPT_REVIEW, "2025-11-24")
    life.do(Move.DRAFT_REVIEW, "2025-12-08")
    life.do(Move.SIGN_REVIEW, "2025-12-12")
    life.do(Move.DELIVER_REVIEW, "2025-12-19")


def test_a_revoked_opinion_is_done_again_upheld_rechecked_with_a_hearing_and_ended(office: Office) -> None:
    life = begins(office, "2025-06-30")
    opinion_is_delivered(life)
    assert life.seen_by() == BUREAU | HOUSING
    review_revokes(life)
    assert (life.case.state, life.case.holder) == (State.REDO_ORDERED, office.housing)
    assert life.seen_by() == BUREAU | HOUSING | REVIEWERS
    unit_does_it_again(life)
    review_upholds(life)
    life.do(Move.ASK_RECHECK, "2026-01-15")
    assert (life.case.holder, life.seen_by()) == (office.province, BUREAU | HOUSING | REVIEWERS | RECHECKERS)
    life.do(Move.ACCEPT_RECHECK, "2026-01-19")
    # The notice must be there 10 working days before: for Thu 02-12 by Thu 01-29.
    life.refused(Move.CALL_RECHECK_HEARING, "2026-01-23", "最迟应在2026年01月22日送达", hearing_on="2026-02-05")
    life.do(Move.CALL_RECHECK_HEARING, "2026-01-26", hearing_on="2026-02-12")
    assert life.clock("recheck") == "recheck from 2026-01-15 until 2026-02-14: stands still since 2026-01-26"
    # What stands still hides nothing: the hearing is owed, from its own day, until Fri 02-27.
    assert (life.case.due_rule, life.case.days_left(life.watched)) == ("hearing-end", 32)
    life.do(Move.CONCLUDE_RECHECK_HEARING, "2026-02-12")
    # 01-26 → 02-12 are 17 days: 02-14 + 17 = Tue 03-03 (reference §9, row 33).
    assert life.clock("recheck") == "recheck from 2026-01-15 until 2026-03-03: runs"
    life.do(Move.DRAFT_RECHECK, "2026-02-24")
    life.do(Move.SIGN_RECHECK, "2026-02-26")
    life.do(Move.DELIVER_RECHECK, "2026-02-27")
    assert (life.case.state, life.case.end_ground) == (State.ENDED, EndGround.RECHECKED)
    life.refused(Move.ASK_RECHECK, "2026-02-28", "已终结")
    life.do(Move.CONFIRM_END, "2026-03-02")
    life.do(Move.PUBLISH, "2026-03-03")
    life.refused(Move.PUBLISH, "2026-03-04", "已于2026年03月03日公示")
    life.do(Move.ARCHIVE, "2026-03-04", retention_years=30)
    assert (life.case.state, life.case.retention_years, str(life.case.closed_on)) == (
        State.ARCHIVED,
        30,
        "2026-02-27",
    )
    assert_clocks_of(life)
    assert_papers_of(life)
    assert_whole()


def assert_clocks_of(life: Life) -> None:
    assert life.clocks() == [
        "triage from 2025-06-30 until 2025-07-15: met 2025-07-02",
        "notice from 2025-07-02 until 2025-07-17: met 2025-07-04",
        "objection from 2025-07-02 until 2025-07-09: void 2025-07-04",
        # 27 of July, 31 of August, 2 of September.
        "handling from 2025-07-04 until 2025-09-02: met 2025-09-02",
        # Signed on 08-25: the office's own days for the sending would not end before these.
        # 09-02 + 30 = Thu 10-02, National Day: legal Thu 10-09 (row 22).
        "review-request from 2025-09-02 until 2025-10-02 (legal 2025-10-09): met 2025-09-30",
        # The review does not stop the petitioner from saying what the answer was worth.
        "evaluation from 2025-09-02 until 2025-10-02 (legal 2025-10-09): void 2025-10-10",
        "review from 2025-09-30 until 2025-10-30: met 2025-10-27",
        # 10-09, 10, Sat 11 (make-up) (row 24).
        "review-acceptance from 2025-09-30 until 2025-10-11: met 2025-10-10",
        "redo from 2025-10-27 until 2025-11-26: met 2025-11-18",
        "delivery from 2025-11-14 until 2025-11-24: met 2025-11-18",
        "review-request from 2025-11-18 until 2025-12-18: met 2025-11-21",
        # 11-21 + 30 = Sun 12-21: legal Mon 12-22 (row 37).
        "review from 2025-11-21 until 2025-12-21 (legal 2025-12-22): met 2025-12-19",
        "review-acceptance from 2025-11-21 until 2025-11-26: met 2025-11-24",
        # 12-19 + 30 = Sun 01-18: legal Mon 01-19 (row 38).
        "recheck-request from 2025-12-19 until 2026-01-18 (legal 2026-01-19): met 2026-01-15",
        "recheck from 2026-01-15 until 2026-03-03: met 2026-02-27",
        "recheck-acceptance from 2026-01-15 until 2026-01-20: met 2026-01-19",
        "hearing-end from 2026-02-12 until 2026-02-27: met 2026-02-12",
    ]
    assert life.watch() == [
        "-15 handling 2025-08-18",
        "-7 handling 2025-08-26",
        "-3 handling 2025-08-30",
        "-1 handling 2025-09-01",
        "-1 review-acceptance 2025-10-10",
        "right-ended evaluation 2025-10-10",
        "-7 review 2025-10-23",
        "-3 review 2025-10-27",
        "-7 review 2025-12-14",
        "-3 review 2025-12-18",
        "-1 recheck-acceptance 2026-01-19",
        "-7 recheck 2026-02-24",
    ]


def assert_papers_of(life: Life) -> None:
    assert life.letters() == [
        "滨信转〔2025〕1号", "滨信程〔2025〕1号", "滨住建告〔2025〕1号", "滨住建意〔2025〕1号", "滨住建送〔2025〕1号",
        "复查申请书", "滨复查〔2025〕1号", "滨复送〔2025〕1号", "滨住建意〔2025〕2号", "滨住建送〔2025〕2号",
        "复查申请书", "滨复查〔2025〕2号", "滨复送〔2025〕2号", "复核申请书", "鲁复听通〔2026〕1号",
        "鲁复听录〔2026〕1号", "鲁复听报〔2026〕1号", "鲁复核〔2026〕1号", "鲁复送〔2026〕1号", "滨信卷〔2026〕1号",
    ]  # fmt: skip
    rounds = Review.objects.filter(case=life.case).order_by("pk")
    assert [(each.kind, each.result, each.against, each.was_heard) for each in rounds] == [
        ("review", "revoke", "滨住建意〔2025〕1号", False),
        ("review", "uphold", "滨住建意〔2025〕2号", False),
        ("recheck", "uphold", "滨复查〔2025〕2号", True),
    ]
