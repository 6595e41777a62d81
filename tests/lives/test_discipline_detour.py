"""移送纪检监察机关 is no way out of a lapse, and the way back gives nobody days (第三十条、第三十四条)."""

from datetime import date

from cases.states import Move, State
from tests.lives.story import Life, assert_whole, hour
from tests.office import Office, case_in


def handled(office: Office) -> Life:
    return Life(office, case_in(office, State.HANDLING, at=hour("2026-08-03")), date(2026, 8, 3))


def test_the_unit_itself_does_it_with_the_report_and_in_time_alone(office: Office) -> None:
    life = handled(office)
    life.refused(Move.TO_DISCIPLINE, "2026-08-10", "请附", by=office.unit_head, paper_other_proof=None)
    # 08-03 + 60 = Fri 10-02, in National Day: legal Thu 10-08.
    life.refused(Move.TO_DISCIPLINE, "2026-10-09", "报登记机构", by=office.unit_head, late_reason="核查费时")
    life.do(Move.TO_DISCIPLINE, "2026-10-09", by=office.head, reason="承办单位逾期上报")
    assert life.case.is_sealed


def test_what_comes_back_keeps_the_days_of_the_unit_and_does_not_accuse_the_office(office: Office) -> None:
    life = handled(office)
    life.do(Move.TO_DISCIPLINE, "2026-08-20", by=office.head)
    life.do(Move.OBJECT, "2026-09-21", by=office.discipline)
    life.do(Move.AGREE_OBJECTION, "2026-09-22", by=office.head)
    assert life.clock("triage") == "triage from 2026-09-22 until 2026-10-07 (legal 2026-10-08): runs"
    life.do(Move.UNSEAL, "2026-09-22", by=office.head)
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-23")
    life.do(Move.SIGN_FOR, "2026-09-24")
    life.do(Move.ACCEPT, "2026-09-25")
    assert life.clock("handling") == "handling from 2026-08-03 until 2026-10-02 (legal 2026-10-08): runs"
    assert_whole()
