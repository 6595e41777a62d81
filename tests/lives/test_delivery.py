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


def signed(office: Office) -> Life:
    """A matter whose opinion is signed and waits to be delivered since Fri 2026-08-28."""
    life = begins(office, "2026-07-06")
    for move, day in (
        (Move.TRIAGE, "2026-07-07"), (Move.REFER, "2026-07-08"), (Move.SIGN_FOR, "2026-07-09"),
        (Move.ACCEPT, "2026-07-10"), (Move.INVESTIGATE, "2026-07-20"), (Move.DRAFT, "2026-08-24"),
        (Move.CHECK, "2026-08-25"), (Move.SIGN, "2026-08-28"),
    ):  # fmt: skip
        life.do(move, day)
    return life


@pytest.fixture
def life(office: Office) -> Life:
    return signed(office)


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
    # What is left to judge is the unit's own day: by that of the entry its 60 days were over.
    assert (life.case.state, life.case.is_delivery_doubted) == (State.REVIEW_ASKED, True)
    life.do(Move.CONFIRM_DELIVERY, "2026-11-04", verdict="refused")
    assert life.clock("handling").endswith("met 2026-11-02")


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


def sent(way: DeliveryWay, day: str, **changes: Any) -> dict[str, Any]:
    """A sending by the way on the day, instead of the usual letter."""
    if way is DeliveryWay.NOTICE:
        record = {"notice_on": day, "published_at": "滨州日报", "absence": "信访人下落不明", "posted_on": "",
                  "item_number": "", "paper_post_record": None, "paper_notice_record": scan("公告")}  # fmt: skip
        return {"way": "notice"} | record | changes
    return {"way": "post", "posted_on": day} | changes


NOTICE: dict[str, Any] = NO_FILES | {
    "way": "notice", "published_at": "滨州日报", "absence": "信访人下落不明", "delivered_on": "", "recipient": "",
    "relation": "", "place": "", "paper_notice_record": scan("公告"),
}  # fmt: skip


def test_a_notice_posted_up_on_the_last_day_answers_in_time_and_serves_at_its_end(life: Life) -> None:
    # 07-10 + 60 = Tue 09-08.
    assert life.clock("handling") == "handling from 2026-07-10 until 2026-09-08: runs"
    life.do(Move.SEND, "2026-09-08", **sent(DeliveryWay.NOTICE, "2026-09-08"))
    assert life.clock("handling") == "handling from 2026-07-10 until 2026-09-08: met 2026-09-08"
    # The notice ends on Thu 10-08; whoever follows it has ten days from then, of which nobody is told before.
    assert life.clock("arrival") == "arrival from 2026-10-08 until 2026-10-18 (legal 2026-10-19): runs"
    assert (life.case.state, life.case.is_sent) == (State.ISSUED, True)
    life.refused(Move.DELIVER, "2026-10-09", "应当与登记发出的日期", **NOTICE | {"notice_on": "2026-09-07"})
    life.do(Move.DELIVER, "2026-10-09", **NOTICE | {"notice_on": "2026-09-08"})
    assert life.clock("arrival").endswith("met 2026-10-08")
    # 10-08 + 30 = Sat 11-07: Mon 11-09.
    assert life.clock("review-request") == "review-request from 2026-10-08 until 2026-11-07 (legal 2026-11-09): runs"
    assert [line for line in life.watch() if "lapsed handling" in line or "arrival" in line] == []
    assert_whole()


def test_a_letter_posted_in_time_answers_in_time_however_long_it_travels(life: Life) -> None:
    life.do(Move.SEND, "2026-09-08", **sent(DeliveryWay.POST, "2026-09-08"))
    life.do(Move.DELIVER, "2026-09-16", **by(DeliveryWay.POST, "2026-09-15", posted_on="2026-09-08"))
    assert life.clock("handling") == "handling from 2026-07-10 until 2026-09-08: met 2026-09-08"
    assert life.clock("review-request") == "review-request from 2026-09-15 until 2026-10-15: runs"


def test_a_letter_whose_sending_is_entered_with_its_record_after_the_last_day_was_in_time(life: Life) -> None:
    # Posted on the last day, entered on the third working day after it: no reason is asked for, and none is kept. The
    # office's own days for the sending end a day earlier.
    life.case.deadlines.filter(rule="delivery").delete()
    life.do(Move.DELIVER, "2026-09-11", **by(DeliveryWay.POST, "2026-09-10", posted_on="2026-09-08"), late_reason="")
    assert life.clock("handling") == "handling from 2026-07-10 until 2026-09-08: met 2026-09-08"


def test_a_sending_without_proof_or_entered_late_counts_from_the_day_of_the_entry(life: Life) -> None:
    bare = sent(DeliveryWay.POST, "2026-09-08", paper_post_record=None)
    life.refused(Move.SEND, "2026-09-09", "没有凭证的，写明原因", **bare)
    life.refused(Move.SEND, "2026-09-09", "写明逾期的原因", **bare | {"no_proof": "收寄凭证遗失", "late_reason": ""})
    life.do(Move.SEND, "2026-09-14", **sent(DeliveryWay.POST, "2026-09-08"), late_reason="未及时登录")
    assert life.clock("handling") == "handling from 2026-07-10 until 2026-09-08: met 2026-09-14"


def test_a_letter_that_came_back_is_followed_by_a_notice_and_waited_for_anew(life: Life) -> None:
    life.do(Move.SEND, "2026-09-01", **sent(DeliveryWay.POST, "2026-09-01"))
    assert life.clock("arrival") == "arrival from 2026-09-01 until 2026-09-11: runs"
    life.do(Move.SEND, "2026-09-10", **sent(DeliveryWay.NOTICE, "2026-09-10"))
    # 09-10 + 30 = Sat 10-10.
    assert life.clock("arrival") == "arrival from 2026-10-10 until 2026-10-20: runs"
    assert life.clocks()[-2] == "arrival from 2026-09-01 until 2026-09-11: void 2026-09-10"
    assert life.clock("handling").endswith("met 2026-09-01")


def test_what_was_sent_and_never_heard_of_again_is_asked_after(life: Life) -> None:
    life.do(Move.SEND, "2026-09-01", **sent(DeliveryWay.POST, "2026-09-01"))
    life.until("2026-09-12")
    told = [line for line in life.watch() if "arrival" in line]
    assert told == ["-1 arrival 2026-09-10", "lapsed arrival 2026-09-12"]


def test_a_proof_that_turns_up_joins_the_file_and_takes_no_day_from_the_petitioner(life: Life) -> None:
    life.do(Move.DELIVER, "2026-09-04", **direct("2026-09-02") | {RECEIPT: None, "no_proof": "信访人带走了回证"})
    before = life.clock("review-request")
    life.refused(Move.PROVE_DELIVERY, "2026-09-20", "请附上签收后的送达回证", proven_on="2026-09-02", **NO_FILES)
    life.refused(Move.PROVE_DELIVERY, "2026-09-20", "不能早于签发日期", proven_on="2026-08-27")
    life.do(Move.PROVE_DELIVERY, "2026-09-20", proven_on="2026-09-02")
    delivery = the_delivery(life)
    assert (delivery.standing, delivery.counts_from, delivery.proof is not None) == (
        Standing.SHOWN, date(2026, 9, 4), True,
    )  # fmt: skip
    assert before == "review-request from 2026-09-04 until 2026-10-04 (legal 2026-10-08): runs"
    assert life.clock("review-request") == before
    life.refused(Move.PROVE_DELIVERY, "2026-09-21", "没有待补交凭证的送达", proven_on="2026-09-02")
    assert_whole()


def test_a_proof_of_a_later_receipt_gives_the_petitioner_the_later_days(life: Life) -> None:
    posted = by(DeliveryWay.POST, "2026-09-03", posted_on="2026-09-01")
    life.do(Move.DELIVER, "2026-09-04", **posted | {"paper_post_record": None, "no_proof": "签收记录尚未查到"})
    record = NO_FILES | {"paper_post_record": scan("签收记录")}
    life.do(Move.PROVE_DELIVERY, "2026-09-20", proven_on="2026-09-18", **record)
    assert life.clock("review-request") == "review-request from 2026-09-18 until 2026-10-18 (legal 2026-10-19): runs"


def test_a_right_that_was_taken_as_ended_runs_again_from_the_day_of_the_proof(life: Life) -> None:
    posted = by(DeliveryWay.POST, "2026-09-01", posted_on="2026-08-31")
    life.do(Move.DELIVER, "2026-09-01", **posted | {"paper_post_record": None, "no_proof": "签收记录尚未查到"})
    life.until("2026-10-09")
    assert life.case.state == State.CLOSED
    record = NO_FILES | {"paper_post_record": scan("签收记录")}
    life.do(Move.PROVE_DELIVERY, "2026-10-12", proven_on="2026-09-25", by=life.office.clerk, **record)
    # 09-25 + 30 = Sun 10-25: Mon 10-26.
    assert life.clock("review-request") == "review-request from 2026-09-25 until 2026-10-25 (legal 2026-10-26): runs"
    life.do(Move.ASK_REVIEW, "2026-10-26")
    assert Review.objects.get(case=life.case).is_late is False
    assert_whole()


def test_the_word_of_the_office_on_the_day_is_the_word_on_the_60_days_too(life: Life) -> None:
    life.do(Move.DELIVER, "2026-09-14", **direct("2026-09-08"), late_reason="登录人员休假")
    assert life.clock("handling") == "handling from 2026-07-10 until 2026-09-08: met 2026-09-14"
    assert life.clock("delivery-check") == "delivery-check from 2026-09-14 until 2026-09-17: runs"
    life.do(Move.CONFIRM_DELIVERY, "2026-09-16")
    assert life.clock("handling") == "handling from 2026-07-10 until 2026-09-08: met 2026-09-08"
    assert life.clock("delivery-check").endswith("met 2026-09-16")


def test_what_is_posted_goes_to_the_registered_address_of_the_day_unless_somebody_says_why_not(life: Life) -> None:
    posted = by(DeliveryWay.POST, "2026-09-03", posted_on="2026-09-01")
    life.do(Move.AMEND, "2026-08-31", by=life.office.head, address="二号新居3单元")
    life.refused(Move.DELIVER, "2026-09-03", "与登记的住址不一致", **posted | {"address": "某小区1号楼"})
    life.do(Move.DELIVER, "2026-09-03", **posted)
    assert Delivery.objects.get().place == "二号新居3单元"


def test_another_address_that_the_petitioner_has_named_is_taken_with_its_note(life: Life) -> None:
    posted = by(DeliveryWay.POST, "2026-09-03", posted_on="2026-09-01", address="某单位收发室", note="信访人来电指定")
    life.do(Move.DELIVER, "2026-09-03", **posted)
    assert Delivery.objects.get().place == "某单位收发室"
