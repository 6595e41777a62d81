"""没有人看着的事: signed and not sent, supported and not ordered, called and never heard, asked and never decided."""

from datetime import date

from cases.states import Move, State
from supervision.models import SupervisionCase
from tests.lives.story import Life, assert_whole, begins, hour
from tests.moves import SUPPORT
from tests.office import Office, case_in


def standing(office: Office, state: State, day: str) -> Life:
    """A matter that came to stand there on the day."""
    return Life(office, case_in(office, state, at=hour(day)), date.fromisoformat(day))


def told(life: Life, rule: str) -> list[str]:
    """The rungs of one clock that the watch reached."""
    return [line for line in life.watch() if line.split()[1] == rule]


def urged(life: Life) -> list[tuple[str, str]]:
    """The 督办件 brought up in the matter: whom, and for what."""
    causes = SupervisionCase.objects.filter(case=life.case).order_by("pk")
    return [(cause.unit.code, cause.problem) for cause in causes]


def signed(office: Office, signed_on: str) -> Life:
    """A matter taken up on Fri 2026-07-24, whose 60 days end on Tue 09-22, and whose opinion is signed."""
    life = begins(office, "2026-07-20")
    for move, day in (
        (Move.TRIAGE, "2026-07-20"), (Move.REFER, "2026-07-21"), (Move.SIGN_FOR, "2026-07-22"),
        (Move.ACCEPT, "2026-07-24"), (Move.INVESTIGATE, "2026-07-30"), (Move.DRAFT, "2026-08-10"),
        (Move.CHECK, "2026-08-10"), (Move.SIGN, signed_on),
    ):  # fmt: skip
        life.do(move, day)
    return life


def test_an_opinion_that_was_signed_in_time_and_kept_back_is_late(office: Office) -> None:
    # The office's own days for the sending would not end before the law's, and are not counted besides.
    life = signed(office, "2026-09-21")
    assert life.clock("handling") == "handling from 2026-07-24 until 2026-09-22: runs"
    assert told(life, "delivery") == []
    life.refused(Move.DELIVER, "2026-09-23", "2026年09月22日届满，请写明逾期的原因", late_reason="")
    life.do(Move.DELIVER, "2026-09-23", late_reason="送达人员外出")
    assert life.clock("handling") == "handling from 2026-07-24 until 2026-09-22: met 2026-09-23"
    assert urged(life) == [("bzzj", "60日办理期限届满未完成")]


def test_an_opinion_that_was_signed_early_and_lies_is_urged(office: Office) -> None:
    life = signed(office, "2026-08-12")
    assert life.clock("delivery") == "delivery from 2026-08-12 until 2026-08-22 (legal 2026-08-24): runs"
    life.do(Move.DELIVER, "2026-09-08")
    assert life.clock("delivery") == "delivery from 2026-08-12 until 2026-08-22 (legal 2026-08-24): met 2026-09-08"
    assert told(life, "delivery") == [
        "-3 delivery 2026-08-19", "-1 delivery 2026-08-21", "lapsed delivery 2026-08-25", "+11 delivery 2026-09-04",
    ]  # fmt: skip
    assert urged(life)[0] == ("bzzj", "送达期限届满未完成")
    assert life.clock("handling").endswith("met 2026-09-08")
    assert_whole()


def test_a_review_that_was_signed_and_lies_is_the_reviewers_own_debt(office: Office) -> None:
    life = standing(office, State.REVIEW_ISSUED, "2026-09-21")
    life.until("2026-10-09")
    assert life.clock("delivery") == "delivery from 2026-09-21 until 2026-10-01 (legal 2026-10-08): runs"
    assert urged(life) == [("bzfc", "送达期限届满未完成")]
    life.do(Move.DELIVER_REVIEW, "2026-10-09")
    assert life.clock("delivery").endswith("met 2026-10-09")


def test_a_supported_request_that_nobody_orders_is_urged_over_spring_festival(office: Office) -> None:
    life = begins(office, "2027-01-04")
    for move, day in (
        (Move.TRIAGE, "2027-01-04"), (Move.REFER, "2027-01-05"), (Move.SIGN_FOR, "2027-01-06"),
        (Move.ACCEPT, "2027-01-08"), (Move.INVESTIGATE, "2027-01-13"),
    ):  # fmt: skip
        life.do(move, day)
    draft, supported = SUPPORT
    life.do(draft, "2027-01-20", **supported)
    for move, day in ((Move.CHECK, "2027-01-21"), (Move.SIGN, "2027-01-22"), (Move.DELIVER, "2027-01-27")):
        life.do(move, day)
    # 01-27 + 10 = Sat 02-06, 正月初一; the notice for 2027 is not out: Monday 02-08 for the time being.
    assert life.clock("execution-order") == "execution-order from 2027-01-27 until 2027-02-06 (legal 2027-02-08): runs"
    assert life.case.deadlines.get(rule="execution-order").is_provisional
    life.refused(Move.CLOSE, "2027-02-01", "尚未执行")
    life.do(Move.ORDER_EXECUTION, "2027-02-10", days=30)
    assert life.clock("execution-order").endswith("met 2027-02-10")
    assert life.clock("execution") == "execution from 2027-02-10 until 2027-03-12: runs"
    assert told(life, "execution-order")[-1] == "lapsed execution-order 2027-02-09"
    assert ("bzzj", "督促执行启动期限届满未完成") in urged(life)
    assert_whole()


def test_a_hearing_above_that_is_called_and_never_held_does_not_hide_behind_the_clock_that_stands_still(
    office: Office,
) -> None:
    life = standing(office, State.RECHECKING, "2026-09-01")
    life.do(Move.CALL_RECHECK_HEARING, "2026-09-02", hearing_on="2026-09-21")
    # 09-21 + 15 = Tue 10-06, National Day: legal Thu 10-08.
    assert life.clock("hearing-end") == "hearing-end from 2026-09-21 until 2026-10-06 (legal 2026-10-08): runs"
    life.until("2026-10-09")
    assert life.clock("recheck").endswith("stands still since 2026-09-02")
    assert told(life, "hearing-end")[-1] == "lapsed hearing-end 2026-10-09"
    assert urged(life) == [("370000-fc", "听证结束期限届满未完成")]
    life.do(Move.CANCEL_RECHECK_HEARING, "2026-10-09", ground="dropped", reason="听证不再举行")
    # The body itself dropped it: it took no time, and the 30 days are over.
    assert life.clock("recheck") == "recheck from 2026-09-01 until 2026-10-01 (legal 2026-10-08): runs"


def test_an_objection_that_nobody_checks_is_told_to_the_office_and_writes_no_letter(office: Office) -> None:
    life = begins(office, "2026-09-23")
    for move, day in ((Move.TRIAGE, "2026-09-23"), (Move.REFER, "2026-09-24"), (Move.OBJECT, "2026-09-29")):
        life.do(move, day)
    # Three working days: Wed 09-30, Thu 10-08, Fri 10-09.
    assert life.clock("objection-check") == "objection-check from 2026-09-29 until 2026-10-09: runs"
    life.until("2026-10-10")
    assert told(life, "objection-check") == ["-1 objection-check 2026-10-08", "lapsed objection-check 2026-10-10"]
    assert [problem for _, problem in urged(life) if "异议" in problem] == []
    life.do(Move.REFUSE_OBJECTION, "2026-10-10")
    assert life.clock("objection-check").endswith("met 2026-10-10")


def test_a_dispute_that_nobody_decides_is_told_to_the_leader(office: Office) -> None:
    life = begins(office, "2027-01-28")
    for move, day in ((Move.TRIAGE, "2027-01-28"), (Move.REFER, "2027-01-29"), (Move.DISPUTE, "2027-02-02")):
        life.do(move, day)
    # Five working days by weekends alone: Wed 3, 4, 5, Mon 8, Tue 9.
    assert life.clock("jurisdiction") == "jurisdiction from 2027-02-02 until 2027-02-09: runs"
    life.until("2027-02-10")
    assert told(life, "jurisdiction") == ["-1 jurisdiction 2027-02-08", "lapsed jurisdiction 2027-02-10"]
    life.do(Move.DECIDE_JURISDICTION, "2027-02-10", to_unit="bzsl")
    assert life.clock("jurisdiction").endswith("met 2027-02-10")


def test_papers_that_never_come_are_not_waited_for(office: Office) -> None:
    life = begins(office, "2026-09-24")
    life.do(Move.ASK_DATA, "2026-09-25")
    # 09-25 + 7 = Fri 10-02, National Day: legal Thu 10-08, a day before the 15 days end.
    assert life.clock("supplement") == "supplement from 2026-09-25 until 2026-10-02 (legal 2026-10-08): runs"
    life.do(Move.GO_ON, "2026-10-08")
    assert life.clock("supplement").endswith("met 2026-10-08")
    assert life.clock("triage") == "triage from 2026-09-24 until 2026-10-09: runs"
