"""A request for a review that comes to nothing: withdrawn, or declined; and the day from which a redo counts."""

from datetime import date

from cases.models import Review
from cases.procedure.grounds import right_has_ended
from cases.procedure.proving import count_later
from cases.states import Move, State
from tests.lives.story import Life, assert_whole, begins, hour
from tests.lives.test_review import REVOKE, opinion_is_delivered
from tests.office import Office, case_in

SUPPORTED = [{"order": order, "result": "support", "text": "督促物业公司限期维修。"} for order in (1, 2)]


def asked(office: Office) -> Life:
    """A supported request whose review was asked for, after it was delivered on Tue 2026-09-01."""
    life = begins(office, "2026-07-06")
    for move, day in (
        (Move.TRIAGE, "2026-07-07"), (Move.REFER, "2026-07-08"), (Move.SIGN_FOR, "2026-07-09"),
        (Move.ACCEPT, "2026-07-10"), (Move.INVESTIGATE, "2026-07-20"),
    ):  # fmt: skip
        life.do(move, day)
    life.do(Move.DRAFT, "2026-08-24", answers=SUPPORTED)
    for move, day in ((Move.CHECK, "2026-08-25"), (Move.SIGN, "2026-08-28"), (Move.DELIVER, "2026-09-01")):
        life.do(move, day)
    life.do(Move.ASK_REVIEW, "2026-09-14")
    return life


def test_who_withdraws_the_request_alone_keeps_the_opinion_and_what_is_left_of_the_right(office: Office) -> None:
    life = asked(office)
    life.do(Move.ACCEPT_REVIEW, "2026-09-15")
    life.refused(Move.WITHDRAW_REVIEW, "2026-09-21", "撤回申请书", paper_withdrawal=None)
    life.refused(Move.WITHDRAW_REVIEW, "2026-09-21", "岗位", by=office.handler)
    life.do(Move.WITHDRAW_REVIEW, "2026-09-21")
    assert (life.case.state, life.case.holder, life.case.owes_execution) == (State.DELIVERED, office.housing, True)
    assert life.clock("review").endswith("void 2026-09-21")
    # 09-01 + 30 = Thu 10-01, National Day: legal Thu 10-08. The order is owed anew from the day of the withdrawal.
    assert life.clock("review-request") == "review-request from 2026-09-01 until 2026-10-01 (legal 2026-10-08): runs"
    assert life.clock("execution-order") == "execution-order from 2026-09-21 until 2026-10-01 (legal 2026-10-08): runs"
    assert (
        life.case.letters.order_by("-pk")[0].letter.facts["remaining"]
        == "你可以在2026年10月8日以前（含当日）再次提出申请"
    )
    life.do(Move.ASK_REVIEW, "2026-10-08")
    assert Review.objects.filter(case=life.case).order_by("-pk")[0].is_late is False
    assert_whole()


def test_a_request_that_came_to_nothing_after_the_last_day_leaves_the_matter_to_close_by_itself(office: Office) -> None:
    life = begins(office, "2025-06-30")
    opinion_is_delivered(life)
    life.do(Move.ASK_REVIEW, "2025-09-30")
    life.do(Move.DECLINE_REVIEW, "2025-10-10")
    assert life.clock("review-request") == "review-request from 2025-09-02 until 2025-10-02 (legal 2025-10-10): runs"
    life.until("2025-10-11")
    assert life.case.state == State.CLOSED
    # Who asked in time is nobody who did not ask: the matter is closed, and a next one is not barred.
    assert not right_has_ended(life.case)
    assert "未予受理或者已经撤回" in str(life.case.events.order_by("-seq")[0].detail)


def test_a_recheck_that_was_declined_closes_the_matter_and_does_not_end_it_as_if_nobody_had_asked(
    office: Office,
) -> None:
    life = Life(office, case_in(office, State.RECHECK_ASKED, at=hour("2026-09-01")), date(2026, 9, 1))
    life.do(Move.DECLINE_RECHECK, "2026-09-07", ground="other-way", explanation="该争议应当通过仲裁解决")
    life.until("2026-10-12")
    assert (life.case.state, life.case.end_ground, right_has_ended(life.case)) == (State.CLOSED, "", False)


def test_a_later_day_of_delivery_makes_a_pending_request_timely(office: Office) -> None:
    life = asked(office)
    review = Review.objects.get(case=life.case)
    Review.objects.update(is_late=True, requested_on=date(2026, 10, 12))
    count_later(life.case, life.case.deliveries.get(), date(2026, 9, 11), at=hour("2026-10-13"))
    review.refresh_from_db()
    assert (review.is_late, life.case.deadlines.running().filter(rule="review-request").count()) == (False, 0)


def test_a_request_one_day_after_the_later_day_stays_late(office: Office) -> None:
    life = asked(office)
    Review.objects.update(is_late=True, requested_on=date(2026, 10, 13))
    count_later(life.case, life.case.deliveries.get(), date(2026, 9, 11), at=hour("2026-10-13"))
    assert Review.objects.get(case=life.case).is_late


def test_a_right_that_goes_on_counts_from_the_day_that_was_proven_meanwhile(office: Office) -> None:
    life = asked(office)
    life.case.deliveries.update(counts_from=date(2026, 9, 11))
    life.do(Move.WITHDRAW_REVIEW, "2026-09-21")
    # 09-11 + 30 = Sun 10-11, legal Mon 10-12.
    assert life.clock("review-request") == "review-request from 2026-09-11 until 2026-10-11 (legal 2026-10-12): runs"


def test_a_recheck_that_is_withdrawn_leaves_the_review_standing(office: Office) -> None:
    life = Life(office, case_in(office, State.RECHECK_HEARING, at=hour("2026-09-01")), date(2026, 9, 1))
    life.do(Move.WITHDRAW_RECHECK, "2026-09-10")
    assert (life.case.state, life.case.review_result) == (State.REVIEW_DELIVERED, "uphold")
    assert (life.clock("recheck")[-15:], life.clock("hearing-end")[-15:]) == ("void 2026-09-10",) * 2
    assert life.clock("recheck-request").endswith("runs")


def test_the_redo_counts_from_the_day_on_which_the_unit_has_the_order(office: Office) -> None:
    life = begins(office, "2025-06-30")
    opinion_is_delivered(life)
    life.do(Move.ASK_REVIEW, "2025-09-30")
    life.do(Move.ACCEPT_REVIEW, "2025-10-10")
    life.do(Move.DRAFT_REVIEW, "2025-10-22", **REVOKE)
    life.do(Move.SIGN_REVIEW, "2025-10-24")
    # Fri 10-24 to the petitioner, entered on Wed 10-29, the third working day after it.
    life.do(Move.ORDER_REDO, "2025-10-29", delivered_on="2025-10-24")
    assert life.clock("review").endswith("met 2025-10-24")
    assert life.clock("redo") == "redo from 2025-10-29 until 2025-11-28: runs"
