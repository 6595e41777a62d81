"""送达: a right counts from a day that is proven, and no back-dated entry ends it before the petitioner can act."""

from datetime import date
from typing import Any

import pytest

from cases.made_up.demo.deliveries import delivery as delivered
from cases.made_up.demo.scans import scan
from cases.models import Delivery, Review, Standing
from cases.procedure.delivery_entry import PROOFS
from cases.states import Move, State
from cases.vocabulary import DeliveryWay
from tests.lives.story import Life, assert_whole, begins
from tests.office import Office

RECEIPT = "paper_delivery_receipt"
NO_FILES: dict[str, Any] = {paper.field: None for paper in PROOFS}


def by(way: DeliveryWay, day: str, **changes: Any) -> dict[str, Any]:
    """A delivery by the way on the day, instead of the usual one."""
    return NO_FILES | delivered(date.fromisoformat(day), way, recipient="刘某") | changes


def direct(day: str, **changes: Any) -> dict[str, Any]:
    return by(DeliveryWay.DIRECT, day, **changes)


@pytest.fixture
def life(office: Office) -> Life:
    """A matter whose opinion is signed and waits to be delivered since Fri 2026-08-28."""
    life = begins(office, "2026-07-06")
    for move, day in (
        (Move.TRIAGE, "2026-07-07"), (Move.REFER, "2026-07-08"), (Move.SIGN_FOR, "2026-07-09"),
        (Move.ACCEPT, "2026-07-10"), (Move.INVESTIGATE, "2026-07-20"), (Move.DRAFT, "2026-08-24"),
        (Move.CHECK, "2026-08-25"), (Move.SIGN, "2026-08-28"),
    ):  # fmt: skip
        life.do(move, day)
    return life


def the_delivery(life: Life) -> Delivery:
    return life.case.deliveries.get()


def test_the_receipt_is_there_before_the_delivery_with_empty_cells_and_invents_nothing(life: Life) -> None:
    assert life.letters()[-2:] == ["滨住建意〔2026〕1号", "滨住建送〔2026〕1号"]
    receipt = life.case.letters.order_by("-pk")[0].letter
    text = "\n".join(receipt.paragraphs)
    assert "｜送达文书｜《信访处理意见书》｜文号｜滨住建意〔2026〕1号｜" in text
    assert "｜送达方式｜　｜送达地点｜　｜" in text
    assert "｜签收人（签名或者盖章）｜　　｜" in text
    assert "直接送达" not in text
    life.do(Move.DELIVER, "2026-09-01", **direct("2026-09-01"))
    assert life.letters()[-1] == "滨住建送〔2026〕1号"


def test_a_proven_day_that_is_entered_at_once_lets_the_right_run_from_it(life: Life) -> None:
    # Wed 09-30; the working days after it are Thu 10-08, Fri 10-09 and Sat 10-10, a make-up workday.
    life.do(Move.DELIVER, "2026-10-10", **direct("2026-09-30"))
    assert (the_delivery(life).standing, life.case.is_delivery_doubted) == (Standing.PROVEN, False)
    assert life.clock("review-request") == "review-request from 2026-09-30 until 2026-10-30: runs"
    life.refused(Move.CONFIRM_DELIVERY, "2026-10-10", "没有待核实的送达日期")


def test_an_entry_on_the_fourth_working_day_counts_from_the_day_of_the_entry(life: Life) -> None:
    life.do(Move.DELIVER, "2026-10-12", **direct("2026-09-30"))
    assert (the_delivery(life).standing, life.case.is_delivery_doubted) == (Standing.DOUBTED, True)
    assert life.clock("review-request") == "review-request from 2026-10-12 until 2026-11-11: runs"


def test_a_back_dated_entry_ends_no_right_in_the_round_that_follows(life: Life) -> None:
    # By the day as entered the thirty days would have ended on 10-01, legally on 10-08.
    life.do(Move.DELIVER, "2026-11-02", **direct("2026-09-01"))
    life.until("2026-11-03")
    assert life.case.state == State.DELIVERED
    assert life.clock("review-request") == "review-request from 2026-11-02 until 2026-12-02: runs"
    assert "送达待核实" in life.case.flags
    life.refused(Move.CONFIRM_DELIVERY, "2026-11-03", "岗位", by=life.office.unit_head)
    life.do(Move.CONFIRM_DELIVERY, "2026-11-04")
    # The day stands as the law counts it; what is left to the petitioner is ten days from the word of the office,
    # the last of which is Sat 11-14: Mon 11-16.
    assert life.clock("review-request") == "review-request from 2026-09-01 until 2026-10-01 (legal 2026-11-16): runs"
    assert the_delivery(life).standing == Standing.CONFIRMED
    life.until("2026-11-16")
    assert life.case.state == State.DELIVERED
    life.until("2026-11-17")
    assert life.case.state == State.CLOSED
    assert life.watch()[-1] == "right-ended review-request 2026-11-17"
    assert_whole()


def test_who_asks_on_the_last_of_the_days_that_were_kept_is_in_time(life: Life) -> None:
    life.do(Move.DELIVER, "2026-11-02", **direct("2026-09-01"))
    life.do(Move.CONFIRM_DELIVERY, "2026-11-04")
    life.do(Move.ASK_REVIEW, "2026-11-16")
    assert Review.objects.get(case=life.case).is_late is False
    assert life.clock("review-request").endswith("met 2026-11-16")


def test_a_day_that_is_not_believed_changes_nothing(life: Life) -> None:
    life.do(Move.DELIVER, "2026-11-02", **direct("2026-09-01"))
    life.do(Move.CONFIRM_DELIVERY, "2026-11-04", verdict="refused")
    assert life.clock("review-request") == "review-request from 2026-11-02 until 2026-12-02: runs"
    assert (the_delivery(life).standing, life.case.is_delivery_doubted) == (Standing.REFUSED, False)


def test_a_petitioner_who_asks_settles_the_question_even_before_the_day_of_the_entry(life: Life) -> None:
    life.do(Move.DELIVER, "2026-11-02", **direct("2026-09-01"))
    life.refused(Move.ASK_REVIEW, "2026-11-03", "不能早于意见书送达日期", requested_on="2026-08-31")
    life.do(Move.ASK_REVIEW, "2026-11-03", requested_on="2026-09-10")
    assert (life.case.state, life.case.is_delivery_doubted) == (State.REVIEW_ASKED, False)


def test_without_proof_the_day_is_not_proven_and_the_reason_is_told(life: Life) -> None:
    bare = direct("2026-09-15") | {RECEIPT: None}
    life.refused(Move.DELIVER, "2026-09-16", "没有凭证的，写明原因", **bare)
    life.do(Move.DELIVER, "2026-09-16", **bare | {"no_proof": "信访人签收后带走了回证"})
    delivery = the_delivery(life)
    assert (delivery.standing, delivery.counts_from) == (Standing.UNPROVEN, date(2026, 9, 16))
    # 09-16 + 30 = Fri 10-16.
    assert life.clock("review-request") == "review-request from 2026-09-16 until 2026-10-16: runs"
    assert delivery.says == "没有凭证，送达日期没有得到证明，自登录之日2026年09月16日起算。"


def test_a_notice_serves_at_its_end_and_not_before(life: Life) -> None:
    notice = NO_FILES | {
        "way": "notice", "notice_on": "2026-09-01", "published_at": "滨州日报", "absence": "信访人下落不明",
        "delivered_on": "", "recipient": "", "relation": "", "place": "", "paper_notice_record": scan("公告"),
    }  # fmt: skip
    life.refused(Move.DELIVER, "2026-09-30", "公告至2026年10月01日期满", **notice)
    life.do(Move.DELIVER, "2026-10-08", **notice)
    delivery = the_delivery(life)
    assert (delivery.delivered_on, delivery.standing) == (date(2026, 10, 1), Standing.PROVEN)
    assert life.clock("review-request") == "review-request from 2026-10-01 until 2026-10-31 (legal 2026-11-02): runs"


def test_a_letter_by_post_counts_from_the_record_of_the_item(life: Life) -> None:
    posted = by(DeliveryWay.POST, "2026-09-04", posted_on="2026-09-05")
    life.refused(Move.DELIVER, "2026-09-07", "交邮日期应当在签发日期与送达日期之间", **posted)
    life.refused(Move.DELIVER, "2026-09-07", "请填写邮件号", **posted | {"posted_on": "2026-09-01", "item_number": ""})
    life.do(Move.DELIVER, "2026-09-07", **posted | {"posted_on": "2026-09-01"})
    assert life.clock("review-request") == "review-request from 2026-09-04 until 2026-10-04 (legal 2026-10-08): runs"


def test_a_review_delivered_long_ago_keeps_the_recheck_open(life: Life) -> None:
    life.do(Move.DELIVER, "2026-09-01", **direct("2026-09-01"))
    life.do(Move.ASK_REVIEW, "2026-09-14")
    life.do(Move.ACCEPT_REVIEW, "2026-09-15")
    life.do(Move.DRAFT_REVIEW, "2026-09-28")
    life.do(Move.SIGN_REVIEW, "2026-09-29")
    # Over Spring Festival 2027, whose calendar is provisional: 2026-11-20 is entered on 2027-02-01.
    life.do(Move.DELIVER_REVIEW, "2027-02-01", **direct("2026-11-20"))
    assert life.clock("recheck-request") == "recheck-request from 2027-02-01 until 2027-03-03: runs"
    life.until("2027-02-02")
    assert life.case.state == State.REVIEW_DELIVERED
    life.do(Move.CONFIRM_DELIVERY, "2027-02-02")
    # Ten days from the word: Fri 02-12.
    assert life.clock("recheck-request").startswith(
        "recheck-request from 2026-11-20 until 2026-12-20 (legal 2027-02-12)"
    )
    life.do(Move.ASK_RECHECK, "2027-02-12")
    assert Review.objects.filter(case=life.case).order_by("-pk")[0].is_late is False


def test_a_doubted_day_is_judged_after_a_withdrawal_and_waits_for_nobody_where_no_right_runs(life: Life) -> None:
    life.do(Move.DELIVER, "2026-11-03", **direct("2026-09-01"))
    life.do(Move.WITHDRAW, "2026-11-04")
    assert (life.case.state, life.case.is_delivery_doubted) == (State.WITHDRAWN, True)
    life.do(Move.CONFIRM_DELIVERY, "2026-11-05")
    assert (life.case.state, life.case.is_delivery_doubted) == (State.WITHDRAWN, False)


def test_no_list_keeps_a_doubt_of_a_matter_that_begins_anew(life: Life) -> None:
    life.do(Move.DELIVER, "2026-11-03", **direct("2026-09-01"))
    life.do(Move.CLOSE, "2026-11-04")
    life.do(Move.REOPEN, "2026-11-05")
    assert (life.case.state, life.case.is_delivery_doubted) == (State.REGISTERED, False)
