"""逾期就是逾期: an extension, a fall-back, an answer that come after the last day say so, and the lapse stays."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from binzhou_xinfang.letters.kinds.notices import EXTENSION
from binzhou_xinfang.statute.periods import Rule
from cases.facts import earlier_letter
from cases.models import Deadline
from cases.states import HANDLED, Move, State
from supervision.models import SupervisionCase
from tests.cases.pages import signed_in
from tests.lives.story import Life, begins, hour
from tests.office import Office, case_in

LATE = {"late_reason": ""}


def clock_of(life: Life, rule: Rule) -> Deadline:
    return life.case.deadlines.filter(rule=rule).order_by("-pk")[0]


def at_work(office: Office) -> Life:
    """Accepted on Friday 2026-08-07: 60 days are Tuesday 10-06, National Day; legal Thursday 10-08."""
    life = begins(office, "2026-08-03")
    for move, day in (
        (Move.TRIAGE, "2026-08-03"), (Move.REFER, "2026-08-04"), (Move.SIGN_FOR, "2026-08-05"),
        (Move.ACCEPT, "2026-08-07"), (Move.INVESTIGATE, "2026-08-12"),
    ):  # fmt: skip
        life.do(move, day)
    assert life.clock("handling") == "handling from 2026-08-07 until 2026-10-06 (legal 2026-10-08): runs"
    return life


def test_an_extension_that_is_approved_after_the_last_day_says_why_and_the_lapse_stays(office: Office) -> None:
    life = at_work(office)
    life.do(Move.ASK_EXTENSION, "2026-09-29", days=30)
    # Three working days would be 10-09: not later than the 60 days themselves.
    assert life.clock("extension-decision") == "extension-decision from 2026-09-29 until 2026-10-08: runs"
    life.refused(Move.APPROVE_EXTENSION, "2026-10-10", "2026年10月08日届满，请写明逾期的原因", **LATE)
    life.do(Move.APPROVE_EXTENSION, "2026-10-10", late_reason="负责人出差，未及时批准")
    assert life.clock("handling") == "handling from 2026-08-07 until 2026-11-05: runs"
    assert life.case.events.order_by("-seq")[0].detail["late_reason"] == "负责人出差，未及时批准"
    assert clock_of(life, Rule.HANDLING).lapsed_at is not None
    life.do(Move.DRAFT, "2026-10-20")
    life.do(Move.CHECK, "2026-10-21")
    life.do(Move.SIGN, "2026-10-22", **LATE)
    life.do(Move.DELIVER, "2026-10-22", **LATE)
    assert (clock_of(life, Rule.HANDLING).was_in_time, clock_of(life, Rule.HANDLING).met_on) == (
        False, date(2026, 10, 22),
    )  # fmt: skip
    problems = [cause.problem for cause in SupervisionCase.objects.filter(case=life.case)]
    assert len([problem for problem in problems if problem.startswith("60日办理期限")]) == 1


def test_an_extension_in_time_needs_no_reason_and_keeps_none(office: Office) -> None:
    life = at_work(office)
    life.do(Move.ASK_EXTENSION, "2026-09-29", days=30)
    life.do(Move.APPROVE_EXTENSION, "2026-10-08", late_reason="多写的")
    assert "late_reason" not in life.case.events.order_by("-seq")[0].detail
    assert clock_of(life, Rule.HANDLING).lapsed_at is None


@pytest.mark.parametrize("days", [1, 2])
def test_an_extension_that_moves_nothing_is_refused_and_prints_no_day_twice(office: Office, days: int) -> None:
    life = at_work(office)
    life.refused(Move.ASK_EXTENSION, "2026-09-29", "没有延长", days=days)
    # Day 63 is Friday 10-09, the first that is later.
    life.do(Move.ASK_EXTENSION, "2026-09-29", days=3)


def test_an_extension_into_the_past_is_refused(office: Office) -> None:
    life = at_work(office)
    life.do(Move.ASK_EXTENSION, "2026-10-08", days=3)
    life.refused(Move.APPROVE_EXTENSION, "2026-10-20", "10月09日届满，不能批准", late_reason="迟了")
    life.do(Move.REFUSE_EXTENSION, "2026-10-20")
    assert life.case.state == State.HANDLING


def test_the_letter_says_the_days_as_they_are_reckoned_and_as_they_fall(office: Office) -> None:
    life = at_work(office)
    life.do(Move.ASK_EXTENSION, "2026-09-29", days=25)
    life.do(Move.APPROVE_EXTENSION, "2026-09-30")
    letter = earlier_letter(life.case, EXTENSION)
    assert letter is not None
    text = "".join(letter.paragraphs)
    # Day 85 is Saturday 10-31: legal Monday 11-02.
    assert "办理期限原至2026年10月8日届满（2026年10月6日为休息日，顺延）" in text
    assert "延长25日，自2026年10月6日起接着计算，延长至2026年11月2日（2026年10月31日为休息日，顺延）" in text
    assert life.clock("handling") == "handling from 2026-08-07 until 2026-10-31 (legal 2026-11-02): runs"


@pytest.mark.parametrize("state", sorted(HANDLED), ids=lambda state: state.value)
def test_more_time_is_asked_for_wherever_the_unit_stands_and_the_matter_goes_on_from_there(
    office: Office, state: State
) -> None:
    life = Life(office, case_in(office, state, at=hour("2026-09-01")), date(2026, 9, 1))
    life.do(Move.ASK_EXTENSION, "2026-09-02")
    life.do(Move.APPROVE_EXTENSION, "2026-09-03")
    assert life.case.state == state
    life.refused(Move.ASK_EXTENSION, "2026-09-04", "已经延期过一次")


def test_a_fall_back_a_month_late_says_why_and_counts_from_the_simple_acceptance(office: Office) -> None:
    life = Life(office, case_in(office, State.SIMPLE, at=hour("2026-09-24")), date(2026, 9, 24))
    # Ten working days after Thu 09-24: 28, 29, 30, 10-08, 09, Sat 10 (make-up), 12, 13, 14, 15.
    assert life.clock("simple-handling") == "simple-handling from 2026-09-24 until 2026-10-15: runs"
    life.refused(Move.FALL_BACK, "2026-11-16", "请写明逾期的原因", **LATE)
    life.do(Move.FALL_BACK, "2026-11-16", late_reason="承办人未及时发现争议")
    assert life.case.events.order_by("-seq")[0].detail["late_reason"] == "承办人未及时发现争议"
    assert clock_of(life, Rule.SIMPLE_HANDLING).lapsed_at is not None
    assert life.clock("handling") == "handling from 2026-09-24 until 2026-11-23: runs"


def test_a_late_direct_answer_says_why(office: Office) -> None:
    life = begins(office, "2026-09-17", purpose="advise")
    life.do(Move.TRIAGE, "2026-09-18", kind="advice", legal_way="a29")
    # 09-17 + 15 = Fri 10-02, National Day: legal Thu 10-08.
    life.refused(Move.ANSWER_DIRECTLY, "2026-10-12", "请写明逾期的原因", **LATE)
    life.do(Move.ANSWER_DIRECTLY, "2026-10-12", late_reason="节后办理积压")
    assert (life.case.state, clock_of(life, Rule.TRIAGE).was_in_time) == (State.ANSWERED, False)


@pytest.mark.parametrize("move", [Move.REFER, Move.ASSIGN])
def test_who_passes_on_after_the_fifteen_days_says_why(office: Office, move: Move) -> None:
    life = begins(office, "2026-09-17")
    life.do(Move.TRIAGE, "2026-09-18")
    # 09-17 + 15 = Fri 10-02, National Day: legal Thu 10-08.
    life.refused(move, "2026-10-09", "15日处理期限已于2026年10月08日届满，请写明逾期的原因", **LATE)
    life.do(move, "2026-10-09", late_reason="节后来件积压")
    assert life.case.events.order_by("-seq")[0].detail["late_reason"] == "节后来件积压"
    assert clock_of(life, Rule.TRIAGE).was_in_time is False


@pytest.mark.parametrize(("day", "is_asked"), [("2026-10-07", False), ("2026-10-08", False), ("2026-10-09", True)])
def test_the_reason_is_asked_of_who_is_late_and_of_nobody_else(office: Office, day: str, is_asked: bool) -> None:
    life = begins(office, "2026-09-17")
    life.do(Move.TRIAGE, "2026-09-18")
    life.until(day)
    with time_machine.travel(hour(day), tick=False):
        one = signed_in(office.registrar).get(reverse("cases:move", args=[life.case.number, Move.REFER.value]))
        many = signed_in(office.registrar).get(
            reverse("cases:together", args=[Move.REFER.value]), {"n": [life.case.number]}
        )
    assert ["已于2026年10月08日届满，请写明" in page.content.decode() for page in (one, many)] == [is_asked] * 2
    assert ["逾期原因" in page.content.decode() for page in (one, many)] == [is_asked] * 2


def test_a_unit_that_accepts_late_says_why_and_in_time_nothing(office: Office) -> None:
    life = begins(office, "2026-09-17")
    for move in (Move.TRIAGE, Move.REFER, Move.SIGN_FOR):
        life.do(move, "2026-09-18")
    # Told within 15 days of the receipt of 09-18: Sat 10-03, National Day; legal Thu 10-08.
    life.refused(Move.ACCEPT, "2026-10-09", "请写明逾期的原因", **LATE)
    life.do(Move.ACCEPT, "2026-10-09", late_reason="承办人轮岗")
    assert clock_of(life, Rule.NOTICE).was_in_time is False


def test_a_body_above_that_takes_on_a_review_late_says_why(office: Office) -> None:
    life = Life(office, case_in(office, State.REVIEW_ASKED, at=hour("2026-09-17")), date(2026, 9, 17))
    last = clock_of(life, Rule.REVIEW_ACCEPTANCE).legal_on
    after = (last + timedelta(days=1)).isoformat()
    life.refused(Move.ACCEPT_REVIEW, after, "请写明逾期的原因", **LATE)
    life.do(Move.ACCEPT_REVIEW, after, late_reason="材料补正较晚")
    assert clock_of(life, Rule.REVIEW_ACCEPTANCE).was_in_time is False


def test_the_assigners_word_moves_its_own_period_with_the_sixty_days(office: Office) -> None:
    life = begins(office, "2026-11-16")
    life.do(Move.TRIAGE, "2026-11-16")
    life.do(Move.ASSIGN, "2026-11-17", days=60)
    life.do(Move.SIGN_FOR, "2026-11-18")
    life.do(Move.ACCEPT, "2026-11-24")
    # 11-17 + 60 = Sat 2027-01-16, legal Mon 01-18; 11-24 + 60 = Sat 2027-01-23, legal Mon 01-25.
    life.do(Move.ASK_EXTENSION, "2027-01-11", days=30)
    life.do(Move.AGREE_EXTENSION, "2027-01-12")
    life.do(Move.CONFIRM_EXTENSION, "2027-01-13")
    # Both are one duty: neither ends before the other, over Spring Festival 2027 (provisional).
    assert life.clock("handling") == "handling from 2026-11-24 until 2027-02-22: runs"
    assert life.clock("assignment") == "assignment from 2026-11-17 until 2027-02-22: runs"
    moved = life.case.events.order_by("-seq")[0].detail["clocks"]
    assert {"rule": "assignment", "legal": "2027-02-22"} in moved
    life.until("2027-02-20")
    problems = [cause.problem for cause in SupervisionCase.objects.filter(case=life.case)]
    assert [problem for problem in problems if problem.startswith("交办")] == []


def test_who_waits_for_the_body_above_is_not_late_with_its_report(office: Office) -> None:
    life = begins(office, "2026-08-03")
    life.do(Move.TRIAGE, "2026-08-03")
    life.do(Move.ASSIGN, "2026-08-04", days=60)
    for move, day in (
        (Move.SIGN_FOR, "2026-08-05"), (Move.ACCEPT, "2026-08-07"), (Move.INVESTIGATE, "2026-08-12"),
        (Move.DRAFT, "2026-09-10"), (Move.CHECK, "2026-09-10"), (Move.SIGN, "2026-09-11"),
        (Move.DELIVER, "2026-09-14"), (Move.ASK_REVIEW, "2026-09-18"),
    ):  # fmt: skip
        life.do(move, day)
    # The review may take until Sun 10-18; the report was due Sat 10-03.
    assert life.clock("assignment") == "assignment from 2026-08-04 until 2026-10-18 (legal 2026-10-19): runs"
