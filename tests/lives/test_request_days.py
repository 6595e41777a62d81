"""收到申请之日: no right ends by a day that was typed in; it is judged on its proof, by the body above."""

from typing import Any

import pytest

from cases.made_up.demo.scans import scan
from cases.models import Review
from cases.states import Move, State
from tests.lives.story import Life, assert_whole, begins
from tests.lives.test_delivery import direct, signed
from tests.lives.test_review import opinion_is_delivered
from tests.office import Office

BARE: dict[str, Any] = {"paper_request": None, "no_proof": "信访人当面提出，没有加盖收件章"}


@pytest.fixture
def life(office: Office) -> Life:
    """Delivered on Tue 2026-09-01: the right ends on Thu 10-01, National Day; legal Thu 10-08."""
    life = signed(office)
    life.do(Move.DELIVER, "2026-09-01", **direct("2026-09-01"))
    return life


def asked(life: Life) -> Review:
    return life.case.reviews.latest("pk")


def test_a_request_wants_the_proof_of_its_day_or_the_reason_why_not(life: Life) -> None:
    life.refused(Move.ASK_REVIEW, "2026-09-14", "请附上申请书和收件凭证", paper_request=None)
    life.refused(Move.ASK_REVIEW, "2026-09-14", "不再填写没有凭证的原因", no_proof="没有")
    life.refused(Move.ASK_REVIEW, "2026-09-14", "收到申请日期", requested_on="")
    life.do(Move.ASK_REVIEW, "2026-09-14")
    kept = asked(life).proof
    assert kept is not None
    assert kept.kind == "request"
    assert_whole()


def test_a_day_without_proof_that_the_unit_complained_of_wrote_down_makes_nobody_late(life: Life) -> None:
    life.do(Move.ASK_REVIEW, "2026-10-20", by=life.office.handler, **BARE)
    assert (asked(life).is_late, asked(life).is_proven_late) == (True, False)
    told = life.case.events.get(kind=Move.ASK_REVIEW).detail
    assert (told["no_proof"], told["excuse"]) == (BARE["no_proof"], "收到之日没有凭证，不能认定逾期")
    life.refused(Move.DECLINE_REVIEW, "2026-10-21", "收到申请之日没有凭证", ground="late")
    life.do(Move.ACCEPT_REVIEW, "2026-10-21")
    assert life.case.state == State.REVIEWING


@pytest.mark.parametrize(("day", "is_late"), [("2026-10-07", False), ("2026-10-08", False), ("2026-10-09", True)])
def test_the_body_above_puts_the_day_right_and_lateness_follows_it(life: Life, day: str, is_late: bool) -> None:
    life.do(Move.ASK_REVIEW, "2026-10-20", by=life.office.handler)
    life.refused(Move.ACCEPT_REVIEW, "2026-10-20", "应当不予受理")
    for other in (life.office.handler, life.office.unit_head, life.office.clerk, life.office.head):
        life.refused(Move.CORRECT_REQUEST, "2026-10-20", "岗位", by=other, requested_on=day)
    life.do(Move.CORRECT_REQUEST, "2026-10-20", requested_on=day)
    assert asked(life).is_late is is_late
    told = life.case.events.get(kind=Move.CORRECT_REQUEST).detail
    assert (told["before"], told["requested_on"]) == ("2026-10-20", day)
    if is_late:
        life.do(Move.DECLINE_REVIEW, "2026-10-21", ground="late")
    else:
        # The right was used on its last day at the latest, and has not run out.
        assert life.clock("review-request").endswith(f"met {day}")
        life.refused(Move.DECLINE_REVIEW, "2026-10-21", "不能以逾期为由", ground="late")
        life.do(Move.ACCEPT_REVIEW, "2026-10-21", late_reason="收件日期登记有误")
    assert_whole()


def test_the_thirty_days_count_from_the_right_day_and_never_longer(life: Life) -> None:
    life.do(Move.ASK_REVIEW, "2026-09-14")
    # 09-14 + 30 = Wed 10-14.
    assert life.clock("review") == "review from 2026-09-14 until 2026-10-14: runs"
    life.do(Move.CORRECT_REQUEST, "2026-09-15", requested_on="2026-09-11")
    # 09-11 + 30 = Sun 10-11: legal Mon 10-12.
    assert life.clock("review") == "review from 2026-09-11 until 2026-10-11 (legal 2026-10-12): runs"
    moved = life.case.events.get(kind=Move.CORRECT_REQUEST).detail["clocks"]
    assert {"rule": "review", "legal": "2026-10-12"} in moved
    life.refused(Move.CORRECT_REQUEST, "2026-09-15", "不需要更正", requested_on="2026-09-11")
    life.refused(Move.CORRECT_REQUEST, "2026-09-15", "应当附上", requested_on="2026-09-15", paper_request=None)
    life.refused(Move.CORRECT_REQUEST, "2026-09-15", "不能晚于今天", requested_on="2026-09-16")
    life.refused(Move.CORRECT_REQUEST, "2026-09-15", "不能早于意见书送达日期", requested_on="2026-08-31")
    life.do(Move.CORRECT_REQUEST, "2026-09-15", o_clock=10, requested_on="2026-09-15", **proof())
    assert life.clock("review") == "review from 2026-09-11 until 2026-10-11 (legal 2026-10-12): runs"


def proof() -> dict[str, Any]:
    """A paper that says the day."""
    return {"paper_request": scan("信封")}


def test_a_request_declined_as_late_comes_again_with_its_proof_even_after_the_end(life: Life) -> None:
    life.do(Move.ASK_REVIEW, "2026-10-20", by=life.office.handler)
    life.do(Move.DECLINE_REVIEW, "2026-10-21", ground="late")
    life.do(Move.END, "2026-10-23", ground="no-request")
    life.do(Move.ASK_REVIEW, "2026-10-26", requested_on="2026-10-08")
    assert (life.case.state, asked(life).is_late, life.case.end_ground) == (State.REVIEW_ASKED, False, "")
    life.do(Move.ACCEPT_REVIEW, "2026-10-26", late_reason="信访人另行提交收件凭证")
    assert_whole()


def test_a_recheck_is_no_other(office: Office) -> None:
    life = begins(office, "2025-06-30")
    opinion_is_delivered(life)
    for move, day in (
        (Move.ASK_REVIEW, "2025-09-08"), (Move.ACCEPT_REVIEW, "2025-09-09"), (Move.DRAFT_REVIEW, "2025-09-15"),
        (Move.SIGN_REVIEW, "2025-09-16"), (Move.DELIVER_REVIEW, "2025-09-17"),
    ):  # fmt: skip
        life.do(move, day)
    # 09-17 + 30 = Fri 10-17.
    life.do(Move.ASK_RECHECK, "2025-10-20", by=office.handler, **BARE)
    life.refused(Move.DECLINE_RECHECK, "2025-10-21", "收到申请之日没有凭证", ground="late")
    life.do(Move.CORRECT_REQUEST, "2025-10-21", by=office.rechecker, requested_on="2025-10-17")
    assert (asked(life).is_late, life.clock("recheck-request")[-14:]) == (False, "met 2025-10-17")
