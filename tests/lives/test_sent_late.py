"""发出事后登录: the day of an answer that was entered too late counts by the word of the office alone."""

from datetime import date

import pytest
from django.db.models import QuerySet

from binzhou_xinfang.statute.parameters import Key
from cases.made_up.demo.scans import scan
from cases.models import Deadline, Standing, done_in_time
from cases.states import Move, State
from cases.vocabulary import DeliveryWay
from supervision.inspections.facts import facts_of_file
from supervision.inspections.items import Standing as Answer
from tests.cases.settings_made import set_from
from tests.lives.story import Life, assert_whole, hour
from tests.lives.test_delivery import NO_FILES, by, direct, sent, signed, the_delivery
from tests.office import Office


@pytest.fixture
def life(office: Office) -> Life:
    return signed(office)


def judged_late(life: Life) -> None:
    """A letter posted on the last day, with the post's record, whose sending is entered on the fourth working day."""
    life.do(Move.SEND, "2026-09-14", **sent(DeliveryWay.POST, "2026-09-08"), late_reason="登录人员休假")
    assert life.clock("handling").endswith("met 2026-09-14")
    assert life.case.is_delivery_doubted
    assert life.clock("delivery-check") == "delivery-check from 2026-09-14 until 2026-09-17: runs"


def test_the_word_of_the_office_heals_a_sending_that_was_entered_late_before_it_arrived(life: Life) -> None:
    judged_late(life)
    life.refused(Move.CONFIRM_DELIVERY, "2026-09-15", "岗位", by=life.office.unit_head)
    life.do(Move.CONFIRM_DELIVERY, "2026-09-15")
    assert life.clock("handling").endswith("met 2026-09-08")
    assert (life.case.state, life.case.is_delivery_doubted) == (State.ISSUED, False)
    assert life.case.events.get(kind=Move.CONFIRM_DELIVERY).detail["sent_on"] == "2026-09-08"
    life.do(Move.DELIVER, "2026-09-16", **by(DeliveryWay.POST, "2026-09-15", posted_on="2026-09-08"))
    assert (life.case.is_delivery_doubted, the_delivery(life).standing) == (False, Standing.PROVEN)
    assert life.clock("review-request").startswith("review-request from 2026-09-15")


def test_a_sending_that_was_not_believed_stays_late_and_is_not_asked_after_again(life: Life) -> None:
    judged_late(life)
    life.do(Move.CONFIRM_DELIVERY, "2026-09-15", verdict="refused")
    life.do(Move.DELIVER, "2026-09-16", **by(DeliveryWay.POST, "2026-09-15", posted_on="2026-09-08"))
    assert (life.case.is_delivery_doubted, life.clock("handling")) == (
        False, "handling from 2026-07-10 until 2026-09-08: met 2026-09-14",
    )  # fmt: skip


@pytest.mark.parametrize(("day", "is_doubted"), [("2026-09-11", False), ("2026-09-14", True)])
def test_an_arrival_entered_in_time_of_what_was_posted_long_before_waits_for_the_office(
    life: Life, day: str, is_doubted: bool
) -> None:
    # Posted on the last day, Tue 09-08; three working days later is Fri 09-11. The office's own days for the sending
    # end a day earlier.
    life.case.deadlines.filter(rule="delivery").delete()
    life.do(
        Move.DELIVER, day, **by(DeliveryWay.POST, "2026-09-11", posted_on="2026-09-08"),
        late_reason="登录人员休假" if is_doubted else "",
    )  # fmt: skip
    assert (life.case.is_delivery_doubted, the_delivery(life).standing) == (is_doubted, Standing.PROVEN)
    # The arrival is proven and entered in time: the petitioner's right is no question.
    assert life.clock("review-request").startswith("review-request from 2026-09-11")
    if is_doubted:
        life.do(Move.CONFIRM_DELIVERY, "2026-09-15")
        assert life.clock("review-request").startswith("review-request from 2026-09-11")
    assert life.clock("handling").endswith("met 2026-09-08")


def test_an_answer_late_by_either_day_asks_nobody(life: Life) -> None:
    life.do(Move.SEND, "2026-09-15", **sent(DeliveryWay.POST, "2026-09-09"), late_reason="案情复杂")
    assert not life.case.is_delivery_doubted
    assert life.clock("handling").endswith("met 2026-09-15")


def test_the_unit_s_day_is_judged_when_a_review_is_asked_for_already_and_no_right_is_touched(life: Life) -> None:
    life.do(Move.DELIVER, "2026-09-14", **direct("2026-09-08"), late_reason="登录人员休假")
    life.do(Move.ASK_REVIEW, "2026-09-15")
    assert (life.case.state, life.case.is_delivery_doubted) == (State.REVIEW_ASKED, True)
    before = life.clock("review-request")
    life.do(Move.CONFIRM_DELIVERY, "2026-09-16")
    assert (life.clock("handling"), life.clock("review-request")) == (
        "handling from 2026-07-10 until 2026-09-08: met 2026-09-08", before,
    )  # fmt: skip
    delivery = the_delivery(life)
    assert (delivery.standing, delivery.counts_from) == (Standing.CONFIRMED, date(2026, 9, 14))
    assert "申请期限不变" in delivery.says
    life.do(Move.ACCEPT_REVIEW, "2026-09-17")
    assert_whole()


def test_a_review_posted_in_time_and_entered_late_is_judged_too(life: Life) -> None:
    life.do(Move.DELIVER, "2026-09-01", **direct("2026-09-01"))
    life.do(Move.ASK_REVIEW, "2026-09-02")
    life.do(Move.ACCEPT_REVIEW, "2026-09-03")
    life.do(Move.DRAFT_REVIEW, "2026-09-28")
    life.do(Move.SIGN_REVIEW, "2026-09-29")
    # 09-02 + 30 = Fri 10-02: legal Thu 10-08. Posted on 09-30; the third working day after it is Sat 10-10.
    posted = sent(DeliveryWay.POST, "2026-09-30")
    life.do(Move.SEND, "2026-10-12", **posted, late_reason="登录人员休假", by=life.office.reviewer)
    assert life.clock("review").endswith("met 2026-10-12")
    life.do(Move.CONFIRM_DELIVERY, "2026-10-13")
    assert life.clock("review").endswith("met 2026-09-30")


def test_a_proof_brought_later_lets_the_office_judge_the_unit_s_day(life: Life) -> None:
    bare = by(DeliveryWay.POST, "2026-09-10", posted_on="2026-09-08") | {"paper_post_record": None}
    life.do(Move.DELIVER, "2026-09-10", **bare | {"no_proof": "收寄凭证尚未取回"}, late_reason="邮局未出具凭证")
    assert (life.clock("handling").endswith("met 2026-09-10"), life.case.is_delivery_doubted) == (True, False)
    record = NO_FILES | {"paper_post_record": scan("收寄凭证")}
    life.do(Move.PROVE_DELIVERY, "2026-09-14", proven_on="2026-09-10", **record)
    assert life.case.is_delivery_doubted
    life.do(Move.CONFIRM_DELIVERY, "2026-09-15")
    assert life.clock("handling").endswith("met 2026-09-08")


@pytest.mark.parametrize(("day", "is_refused"), [("2026-08-27", True), ("2026-08-28", False), ("2026-08-31", False)])
def test_nothing_is_sent_before_it_is_signed_however_near_the_end_of_the_period(
    life: Life, day: str, is_refused: bool
) -> None:
    # Fri 08-28 is signed; the 60 days end within ten of it, so that no clock of the delivery runs beside them.
    life.case.deadlines.filter(rule="delivery").delete()
    sending = sent(DeliveryWay.POST, day)
    if is_refused:
        life.refused(Move.SEND, "2026-08-31", "不能早于签发日期（2026年08月28日）", **sending)
    else:
        life.do(Move.SEND, "2026-08-31", **sending)


def test_a_doubted_day_that_was_typed_wrongly_is_put_right_and_still_waits_for_the_office(life: Life) -> None:
    life.do(Move.DELIVER, "2026-11-02", **direct("2026-09-01"))
    life.do(Move.CORRECT_DELIVERY, "2026-11-03", right_on="2026-10-12")
    assert (the_delivery(life).standing, life.case.is_delivery_doubted) == (Standing.DOUBTED, True)
    life.do(Move.CONFIRM_DELIVERY, "2026-11-04")
    # Counted from the right day; what is left is ten days from the word: Sat 11-14, legal Mon 11-16.
    assert life.clock("review-request") == "review-request from 2026-10-12 until 2026-11-11 (legal 2026-11-16): runs"


def test_a_doubted_day_that_was_entered_at_once_after_all_waits_for_nobody(life: Life) -> None:
    life.do(Move.DELIVER, "2026-11-02", **direct("2026-09-01"))
    life.do(Move.CORRECT_DELIVERY, "2026-11-03", right_on="2026-10-30")
    assert (the_delivery(life).standing, life.case.is_delivery_doubted) == (Standing.CORRECTED, False)
    # The right counts from the entry as before: nobody loses a day by a correction.
    assert life.clock("review-request") == "review-request from 2026-11-02 until 2026-12-02: runs"


def test_a_day_that_was_not_believed_can_be_put_right(life: Life) -> None:
    life.do(Move.DELIVER, "2026-11-02", **direct("2026-09-01"))
    life.do(Move.CONFIRM_DELIVERY, "2026-11-04", verdict="refused")
    life.do(Move.CORRECT_DELIVERY, "2026-11-05", right_on="2026-11-03")
    assert (the_delivery(life).standing, life.case.is_delivery_doubted) == (Standing.CORRECTED, False)
    assert life.clock("review-request").startswith("review-request from 2026-11-03")


def handling(life: Life) -> QuerySet[Deadline]:
    return Deadline.objects.filter(case=life.case, rule__in=("handling", "delivery"))


def test_a_duty_done_in_time_and_entered_after_the_watch_accuses_nobody(life: Life) -> None:
    # The watch of 09-09 finds the 60 days over; the letter was posted on 09-07, and is entered in time on 09-10.
    life.do(Move.DELIVER, "2026-09-10", **by(DeliveryWay.POST, "2026-09-09", posted_on="2026-09-07"))
    assert "lapsed handling 2026-09-09" in life.watch()
    assert life.clock("handling").endswith("met 2026-09-07")
    assert handling(life).filter(lapsed_at__isnull=False).count() == 2
    today = date(2026, 9, 10)
    assert not handling(life).lapsed().exists()
    assert not handling(life).late(today).exists()
    assert handling(life).filter(done_in_time("legal")).count() == 2
    assert [clock.is_late(today) for clock in handling(life)] == [False, False]
    assert "inspector" not in life.seen_by()
    assert facts_of_file(life.case, on=today)["answered"] == ("按期完成", Answer.IN_ORDER)


def test_what_was_done_a_day_too_late_is_late_by_every_question(life: Life) -> None:
    life.do(Move.DELIVER, "2026-09-10", **by(DeliveryWay.POST, "2026-09-09", posted_on="2026-09-09"), late_reason="迟")
    today, clocks = date(2026, 9, 10), handling(life).filter(rule="handling")
    assert (clocks.lapsed().count(), clocks.late(today).count(), clocks.filter(done_in_time("legal")).count()) == (
        1,
        1,
        0,
    )
    assert clocks.get().is_late(today)
    assert "inspector" in life.seen_by()
    assert facts_of_file(life.case, on=today)["answered"][1] is Answer.NOT_IN_ORDER


def test_the_word_of_the_office_takes_the_accusation_back(life: Life) -> None:
    life.do(Move.SEND, "2026-09-14", **sent(DeliveryWay.POST, "2026-09-07"), late_reason="登录人员休假")
    assert "inspector" in life.seen_by()
    life.do(Move.CONFIRM_DELIVERY, "2026-09-15")
    assert "inspector" not in life.seen_by()
    assert not handling(life).late(date(2026, 9, 15)).exists()


def test_what_had_lapsed_before_more_time_was_granted_is_late_by_every_question(office: Office) -> None:
    clock = Deadline(
        rule="handling", started_on=date(2026, 7, 10), strict_on=date(2026, 10, 8), legal_on=date(2026, 10, 8),
        met_on=date(2026, 9, 20), lapsed_at=hour("2026-09-09"), extended_by=30,
    )  # fmt: skip
    assert (clock.is_late(date(2026, 9, 20)), clock.was_in_time) == (True, False)
    clock.met_on, clock.cancelled_on = None, date(2026, 9, 20)
    assert (clock.is_late(date(2026, 9, 20)), clock.was_in_time) == (True, False)


def test_the_office_may_have_the_60_days_met_by_the_delivery_alone(office: Office) -> None:
    set_from(Key.HANDLING_STOP.value, "delivery", date(2026, 7, 1))
    life = signed(office)
    life.do(Move.SEND, "2026-09-07", **sent(DeliveryWay.POST, "2026-09-07"))
    assert life.clock("handling") == "handling from 2026-07-10 until 2026-09-08: runs"
    arrived = by(DeliveryWay.POST, "2026-09-09", posted_on="2026-09-07")
    life.refused(Move.DELIVER, "2026-09-10", "写明逾期的原因", **arrived, late_reason="")
    life.do(Move.DELIVER, "2026-09-10", **arrived, late_reason="邮路延误")
    assert life.clock("handling").endswith("met 2026-09-09")


def test_a_clock_keeps_the_way_of_being_met_of_the_day_on_which_it_began(office: Office) -> None:
    set_from(Key.HANDLING_STOP.value, "delivery", date(2026, 7, 11))
    life = signed(office)
    life.do(Move.SEND, "2026-09-07", **sent(DeliveryWay.POST, "2026-09-07"))
    assert life.clock("handling").endswith("met 2026-09-07")
