"""两家都说不归自己管: the leader decides, the other unit helps, and an agreement is left for the court to confirm."""

from binzhou_xinfang.letters.kinds.handing_over import JURISDICTION
from cases.facts import earlier_letter
from cases.queries import co_handled
from cases.states import Move, State
from tests.lives.story import BUREAU, HOUSING, WATER, assert_whole, begins
from tests.office import Office


def test_a_dispute_of_two_units_is_decided_then_mediated_with_thirty_days_for_the_court(office: Office) -> None:
    life = begins(office, "2025-09-15")
    life.do(Move.TRIAGE, "2025-09-16")
    life.do(Move.REFER, "2025-09-17")
    life.refused(Move.DISPUTE, "2025-09-22", "与本单位有争议的另一单位", other_unit="bzzj")
    life.do(Move.DISPUTE, "2025-09-22")
    assert (life.case.state, life.case.holder, life.seen_by()) == (State.DISPUTED, office.city, BUREAU | HOUSING)
    life.refused(Move.DECIDE_JURISDICTION, "2025-09-23", "岗位", by=office.head, to_unit="bzsl")
    life.do(Move.DECIDE_JURISDICTION, "2025-09-26", to_unit="bzsl", basis="排水管网由水利部门管理")
    assert (life.case.state, life.case.holder, life.seen_by()) == (State.REFERRED, office.water, BUREAU | WATER)
    decision = earlier_letter(life.case, JURISDICTION)
    assert decision is not None
    assert (str(decision.number), "市水利局" in "".join(decision.paragraphs)) == (life.letters()[2], True)

    by = office.water_handler
    life.refused(Move.OBJECT, "2025-09-28", "应当继续办理", by=by)
    life.do(Move.SIGN_FOR, "2025-09-28", by=by)  # Sunday, a make-up workday
    life.do(Move.ACCEPT, "2025-09-29", by=by)
    life.do(Move.CALL_IN, "2025-09-29", by=by, to_unit="bzzj", task="提供车库竣工图", days=5)
    assert life.seen_by() == BUREAU | WATER | HOUSING
    assert [case.pk for case in co_handled(office.handler)] == [life.case.pk]
    life.refused(Move.INVESTIGATE, "2025-09-30", "岗位", by=office.handler)
    life.do(Move.MEDIATE, "2025-09-30", by=by)
    life.do(Move.FEED_BACK, "2025-10-09", by=office.handler, feedback="竣工图已提供，渗水点在管网接口")
    assert list(co_handled(office.handler)) == []
    life.refused(Move.FEED_BACK, "2025-10-09", "岗位|没有", by=office.handler)
    life.do(Move.REACH_AGREEMENT, "2025-10-10", by=by, signed_on="2025-10-09")
    life.do(Move.END, "2025-10-14", ground="mediated", note="已达成调解协议并履行")
    assert life.case.state == State.ENDED
    assert life.clock("judicial-confirmation").endswith(": runs")
    life.until("2025-11-11")
    assert life.clocks() == [
        "triage from 2025-09-15 until 2025-09-30: met 2025-09-17",
        # 09-17 + 15 = Thu 10-02, National Day: legal Thu 10-09. It was the first unit's.
        "notice from 2025-09-17 until 2025-10-02 (legal 2025-10-09): void 2025-09-26",
        "objection from 2025-09-17 until 2025-09-24: void 2025-09-25",
        # The decided unit's own: 09-26 + 15 = Sat 10-11, a make-up workday.
        "notice from 2025-09-26 until 2025-10-11: met 2025-09-29",
        "handling from 2025-09-29 until 2025-11-28: void 2025-10-14",
        "co-handling from 2025-09-29 until 2025-10-04 (legal 2025-10-09): met 2025-10-09",
        # The parties' right at the court outlives the office's file: 10-09 + 30 = Sat 11-08, legal Mon 11-10.
        "judicial-confirmation from 2025-10-09 until 2025-11-08 (legal 2025-11-10): void 2025-11-11",
    ]
    assert life.watch() == [
        "-2 objection 2025-09-22",
        "right-ended objection 2025-09-25",
        "-3 co-handling 2025-10-01",
        "-1 co-handling 2025-10-03",
        "right-ended judicial-confirmation 2025-11-11",
    ]
    assert [number for number in life.letters() if "滨水" in number] == ["滨水告〔2025〕1号", "滨水解〔2025〕1号"]
    assert_whole()
