"""简易办理: by telephone in time, and back to the ordinary procedure without a day gained."""

from datetime import date

from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE
from cases.facts import earlier_letter
from cases.states import Move, State
from cases.vocabulary import Channel
from tests.lives.story import BUREAU, HOUSING, assert_whole, begins
from tests.office import Office


def test_a_simple_matter_is_answered_by_telephone_within_its_working_days(office: Office) -> None:
    life = begins(office, "2025-09-26", channel=Channel.PHONE)
    life.do(Move.TRIAGE, "2025-09-26", simple="daily")
    # One working day after Fri 09-26 is Sun 09-28, a make-up workday.
    life.do(Move.REFER, "2025-09-28")
    life.do(Move.SIGN_FOR, "2025-09-28", o_clock=10)
    life.do(Move.ACCEPT_SIMPLE, "2025-09-29")
    assert (life.case.state, life.case.assignee) == (State.SIMPLE, office.handler.user)
    life.do(Move.ANSWER_SIMPLE, "2025-10-16", told_by="phone")
    assert (life.case.state, life.case.holder, life.seen_by()) == (State.DELIVERED, office.housing, BUREAU | HOUSING)
    assert life.until("2025-11-18").state == State.CLOSED
    assert life.clocks() == [
        # 09-26 + 15 = Sat 10-11, a make-up workday: no roll.
        "triage from 2025-09-26 until 2025-10-11: met 2025-09-28",
        "simple-relay from 2025-09-26 until 2025-09-28: met 2025-09-28",
        "notice from 2025-09-28 until 2025-10-13: met 2025-09-29",
        # Mon 29, Tue 30, then 10-01…08 off, Thu 10-09, Fri 10, Sat 11 (make-up).
        "objection from 2025-09-28 until 2025-10-11: void 2025-09-29",
        "simple-acceptance from 2025-09-28 until 2025-10-09: met 2025-09-29",
        # 10 working days after Mon 09-29: 30; 10-09, 10, Sat 11; 13, 14, 15, 16, 17; Mon 20.
        "simple-handling from 2025-09-29 until 2025-10-20: met 2025-10-16",
        # The right to a review stays: 10-16 + 30 = Sat 11-15, legal Mon 11-17.
        "review-request from 2025-10-16 until 2025-11-15 (legal 2025-11-17): void 2025-11-18",
        "evaluation from 2025-10-16 until 2025-11-15 (legal 2025-11-17): void 2025-11-18",
    ]
    # No paper but the two of the office: the petitioner did not ask for one.
    assert life.letters() == ["滨信转〔2025〕1号", "滨信程〔2025〕1号"]
    assert life.watch() == [
        "+0 simple-relay 2025-09-28",
        "right-ended evaluation 2025-11-18",
        "right-ended review-request 2025-11-18",
    ]
    assert life.events() == [
        "register", "triage", "refer", "sign-for", "accept-simple", "answer-simple", "right-ended", "close",
        "right-ended",
    ]  # fmt: skip
    assert_whole()


def test_a_simple_matter_that_is_disputed_falls_back_with_its_original_dates(office: Office) -> None:
    life = begins(office, "2026-02-12")
    life.do(Move.TRIAGE, "2026-02-12", simple="clear")
    life.do(Move.REFER, "2026-02-13")
    life.do(Move.SIGN_FOR, "2026-02-13", o_clock=10)
    life.do(Move.ACCEPT_SIMPLE, "2026-02-14")  # Saturday, a make-up workday before Spring Festival
    rejected = [{"order": order, "result": "reject", "text": "于法无据。"} for order in (1, 2)]
    life.refused(Move.ANSWER_SIMPLE, "2026-02-28", "请先转普通程序", answers=rejected)
    life.do(Move.FALL_BACK, "2026-03-02")
    assert (life.case.state, life.case.is_simple) == (State.ACCEPTED, False)
    notice = earlier_letter(life.case, ACCEPTANCE)
    assert notice is not None
    told = "".join(notice.paragraphs)
    assert [word in told for word in ("2026年2月14日", "2026年4月15日", "2026年3月2日起")] == [True, True, False]
    assert notice.issued_on == date(2026, 3, 2)
    life.do(Move.INVESTIGATE, "2026-03-05")
    life.do(Move.DRAFT, "2026-04-01", answers=rejected)
    life.do(Move.CHECK, "2026-04-02")
    life.do(Move.SIGN, "2026-04-13")
    life.do(Move.DELIVER, "2026-04-14")
    life.do(Move.CLOSE, "2026-04-20", persuaded="释法说理三次", solved="")
    assert life.until("2026-05-15").state == State.CLOSED
    assert life.clocks() == [
        "triage from 2026-02-12 until 2026-02-27: met 2026-02-13",
        "simple-relay from 2026-02-12 until 2026-02-13: met 2026-02-13",
        "notice from 2026-02-13 until 2026-02-28: met 2026-02-14",
        # Sat 02-14 (make-up), then 02-15…23 off, 24, 25, 26, 27.
        "objection from 2026-02-13 until 2026-02-27: void 2026-02-14",
        "simple-acceptance from 2026-02-13 until 2026-02-25: met 2026-02-14",
        # 24, 25, 26, 27, Sat 28 (make-up); 03-02, 3, 4, 5, 6.
        "simple-handling from 2026-02-14 until 2026-03-06: void 2026-03-02",
        # The 60 days count from the simple acceptance: 14 left of February, 31 of March, 15 of April.
        "handling from 2026-02-14 until 2026-04-15: met 2026-04-14",
        "review-request from 2026-04-14 until 2026-05-14: void 2026-05-15",
        "evaluation from 2026-04-14 until 2026-05-14: void 2026-05-15",
    ]
    assert life.watch() == [
        "+0 simple-relay 2026-02-13",
        "-15 handling 2026-03-31",
        "-7 handling 2026-04-08",
        "-3 handling 2026-04-12",
        "-1 handling 2026-04-14",
        "right-ended evaluation 2026-05-15",
        "right-ended review-request 2026-05-15",
    ]
    assert life.letters() == [
        "滨信转〔2026〕1号", "滨信程〔2026〕1号", "滨住建告〔2026〕1号", "滨住建意〔2026〕1号", "滨住建送〔2026〕1号",
    ]  # fmt: skip
    assert_whole()
