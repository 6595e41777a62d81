"""两家都说不归自己管: the leader decides, the other unit helps, and an agreement is left for the court to confirm."""

from datetime import date

from binzhou_xinfang.letters.kinds.handing_over import JURISDICTION
from binzhou_xinfang.statute.parameters import Key
from cases.facts import earlier_letter
from cases.made_up.demo.scans import scan
from cases.queries import co_handled
from cases.states import Move, State
from tests.cases.settings_made import set_from
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
    signed = scan("协议书")
    life.do(Move.END, "2025-10-14", ground="mediated", note="已达成调解协议并履行", paper_agreement=signed)
    assert life.case.state == State.ENDED
    assert life.clock("judicial-confirmation").endswith(": runs")
    life.until("2025-11-11")
    assert life.clocks() == [
        "triage from 2025-09-15 until 2025-09-30: met 2025-09-17",
        # 09-17 + 15 = Thu 10-02, National Day: legal Thu 10-09. It was the first unit's.
        "notice from 2025-09-17 until 2025-10-02 (legal 2025-10-09): void 2025-09-26",
        "objection from 2025-09-17 until 2025-09-24: void 2025-09-26",
        # Five working days: 23, 24, 25, 26, Sun 28 (make-up).
        "jurisdiction from 2025-09-22 until 2025-09-28: met 2025-09-26",
        # The decided unit's own: 09-26 + 15 = Sat 10-11, a make-up workday.
        "notice from 2025-09-26 until 2025-10-11: met 2025-09-29",
        "handling from 2025-09-29 until 2025-11-28: void 2025-10-14",
        "co-handling from 2025-09-29 until 2025-10-04 (legal 2025-10-09): met 2025-10-09",
        # The parties' right at the court outlives the office's file: 10-09 + 30 = Sat 11-08, legal Mon 11-10.
        "judicial-confirmation from 2025-10-09 until 2025-11-08 (legal 2025-11-10): void 2025-11-11",
    ]
    assert life.watch() == [
        "-2 objection 2025-09-22",
        "-3 co-handling 2025-10-01",
        "-1 co-handling 2025-10-03",
        "right-ended judicial-confirmation 2025-11-11",
    ]
    assert [number for number in life.letters() if "滨水" in number] == ["滨水告〔2025〕1号"]
    assert_whole()


def test_the_unit_that_is_told_to_handle_it_after_all_keeps_its_first_days(office: Office) -> None:
    life = begins(office, "2026-09-15")
    life.do(Move.TRIAGE, "2026-09-16")
    life.do(Move.REFER, "2026-09-17")
    life.do(Move.SIGN_FOR, "2026-09-18")
    life.do(Move.DISPUTE, "2026-09-22")
    life.do(Move.DECIDE_JURISDICTION, "2026-09-30", to_unit="bzzj")
    # 09-17 + 15 = Fri 10-02, National Day: legal Thu 10-08; nothing counts from the decision.
    assert [line for line in life.clocks() if line.startswith("notice")] == [
        "notice from 2026-09-17 until 2026-10-02 (legal 2026-10-08): runs"
    ]
    life.refused(Move.OBJECT, "2026-10-08", "应当继续办理")
    life.do(Move.SIGN_FOR, "2026-10-08")
    assert life.clock("notice") == "notice from 2026-09-17 until 2026-10-02 (legal 2026-10-08): runs"


def test_whoever_counts_from_the_signature_counts_from_the_first(office: Office) -> None:
    set_from(Key.NOTICE_START.value, "signature", date(2026, 9, 1))
    life = begins(office, "2026-09-07")
    life.do(Move.TRIAGE, "2026-09-07")
    life.do(Move.REFER, "2026-09-08")
    life.do(Move.SIGN_FOR, "2026-09-10")
    assert life.clock("notice") == "notice from 2026-09-10 until 2026-09-25 (legal 2026-09-28): runs"
    life.do(Move.DISPUTE, "2026-09-11")
    life.do(Move.DECIDE_JURISDICTION, "2026-09-18", to_unit="bzzj")
    life.do(Move.SIGN_FOR, "2026-09-21")
    assert life.clock("notice") == "notice from 2026-09-10 until 2026-09-25 (legal 2026-09-28): runs"
