"""一封信转错了单位: an objection on its last day, agreed to, and the office's first due day that nobody gains."""

from cases.states import Move, State
from tests.lives.story import BUREAU, HOUSING, WATER, assert_whole, begins
from tests.office import Office


def test_an_objection_is_agreed_to_and_the_matter_goes_to_another_unit_with_the_first_due_day_kept(
    office: Office,
) -> None:
    # Mon 2025-01-20 + 15 = Tue 02-04, the last day of Spring Festival: legal Wed 02-05.
    life = begins(office, "2025-01-20")
    life.do(Move.TRIAGE, "2025-01-21")
    life.do(Move.REFER, "2025-01-22", to_unit="bzsl")
    assert (life.case.holder, life.seen_by()) == (office.water, BUREAU | WATER)

    # 5 working days after Wed 01-22: 23, 24, Sun 26 (make-up), 27, then 01-28…02-04 off, Wed 02-05.
    objection = {"by": office.water_handler, "reason": "车库渗水属于房屋维修，不属于水利部门职权"}
    life.do(Move.OBJECT, "2025-02-05", **objection)
    assert (life.case.state, life.case.holder) == (State.OBJECTED, office.bureau)
    assert life.watch() == ["-2 objection 2025-02-03", "-3 notice 2025-02-03", "-1 notice 2025-02-05"]
    life.do(Move.AGREE_OBJECTION, "2025-02-06")
    assert (life.case.state, life.case.responsible, life.seen_by()) == (State.REGISTERED, None, BUREAU)
    assert life.clocks() == [
        "triage from 2025-01-20 until 2025-02-04 (legal 2025-02-05): met 2025-01-22",
        "notice from 2025-01-22 until 2025-02-06: void 2025-02-06",
        "objection from 2025-01-22 until 2025-02-05: met 2025-02-05",
        # Three working days: 6, 7, Sat 8 (make-up).
        "objection-check from 2025-02-05 until 2025-02-08: met 2025-02-06",
        "triage from 2025-01-20 until 2025-02-04 (legal 2025-02-05): runs",
    ]

    # The round trip has taken the office's days: it has lapsed on the next morning, and an inspector may see it.
    life.do(Move.TRIAGE, "2025-02-07")
    assert life.watch()[3:4] == ["lapsed triage 2025-02-07"]
    life.do(Move.REFER, "2025-02-07", to_unit="bzzj", o_clock=10)
    assert life.seen_by() == BUREAU | HOUSING | {"inspector"}
    life.do(Move.SIGN_FOR, "2025-02-10")
    # The new unit's own 5 working days: Sat 02-08 (make-up), 10, 11, 12, 13.
    life.refused(Move.OBJECT, "2025-02-14", "异议")
    life.do(Move.ACCEPT, "2025-02-17")
    life.do(Move.INVESTIGATE, "2025-02-20")
    life.do(Move.DRAFT, "2025-03-03")
    life.do(Move.CHECK, "2025-03-04")
    life.do(Move.SIGN, "2025-03-05")
    life.do(Move.DELIVER, "2025-03-07")
    # Fri 03-07 + 30 = Sun 04-06, the last day of Qingming: legal Mon 04-07. Nobody asks; the watch closes it on 04-08.
    assert life.until("2025-04-07").state == State.DELIVERED
    case = life.until("2025-04-08")
    assert (case.state, str(case.closed_on)) == (State.CLOSED, "2025-04-08")
    assert life.clocks()[4:] == [
        "triage from 2025-01-20 until 2025-02-04 (legal 2025-02-05): met 2025-02-07",
        "notice from 2025-02-07 until 2025-02-22 (legal 2025-02-24): met 2025-02-17",
        "objection from 2025-02-07 until 2025-02-13: void 2025-02-14",
        "handling from 2025-02-17 until 2025-04-18: met 2025-03-07",
        "delivery from 2025-03-05 until 2025-03-15 (legal 2025-03-17): met 2025-03-07",
        "review-request from 2025-03-07 until 2025-04-06 (legal 2025-04-07): void 2025-04-08",
        "evaluation from 2025-03-07 until 2025-04-06 (legal 2025-04-07): void 2025-04-08",
    ]
    assert life.letters() == [
        "滨信转〔2025〕1号", "滨信程〔2025〕1号", "滨水异〔2025〕1号", "滨信转〔2025〕2号", "滨信程〔2025〕2号",
        "滨住建告〔2025〕1号", "滨住建意〔2025〕1号", "滨住建送〔2025〕1号",
    ]  # fmt: skip
    assert life.events() == [
        "register", "triage", "refer", "object", "agree-objection", "triage", "refer", "sign-for", "right-ended",
        "accept", "investigate", "draft", "check", "sign", "attached", "deliver",
        "right-ended", "close", "right-ended",
    ]  # fmt: skip
    assert_whole()
