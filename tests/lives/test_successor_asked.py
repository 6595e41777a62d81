"""变更信访人 asked for by the unit that handles it, decided by the office (山东省信访条例第四十六条第四项)."""

import pytest

from cases.made_up.demo.scans import scan
from cases.permissions import moves_now
from cases.queries import asked_to_end
from cases.states import Move, answers
from cases.states.ground_lists import AskedEnd
from tests.lives.story import Life, assert_whole, begins
from tests.office import Office

ASKED = {
    "ground": "successor", "note": "原信访人病故，其子申请继续", "paper_withdrawal": None,
    "paper_death_proof": scan("死亡证明"), "paper_kinship_proof": scan("亲属关系证明"),
}  # fmt: skip


@pytest.fixture
def life(office: Office) -> Life:
    """At work since Tue 2026-09-29; National Day lies ahead."""
    life = begins(office, "2026-09-21")
    for move, day in (
        (Move.TRIAGE, "2026-09-21"), (Move.REFER, "2026-09-22"), (Move.SIGN_FOR, "2026-09-23"),
        (Move.ACCEPT, "2026-09-28"), (Move.INVESTIGATE, "2026-09-29"),
    ):  # fmt: skip
        life.do(move, day)
    return life


def test_the_unit_asks_with_the_papers_and_the_office_decides(office: Office, life: Life) -> None:
    life.refused(Move.SUCCEED, "2026-09-29", "岗位", by=office.handler)
    life.refused(Move.ASK_END, "2026-09-29", "承继关系证明", by=office.handler, **ASKED | {"paper_kinship_proof": None})
    life.refused(Move.ASK_END, "2026-09-29", "岗位", by=office.water_handler, **ASKED)
    life.do(Move.ASK_END, "2026-09-29", by=office.handler, **ASKED)
    former, handling = life.case.lead.name, life.clock("handling")
    assert list(asked_to_end(office.head)) == [life.case]
    assert answers(life.case.end_asked) <= set(moves_now(office.head, life.case))
    # Wed 09-30, and after National Day Thu 10-08 and Fri 10-09.
    assert life.clock("end-decision") == "end-decision from 2026-09-29 until 2026-10-09: runs"
    life.do(Move.SUCCEED, "2026-10-09", by=office.head)
    assert (life.case.end_asked, life.case.lead.name != former) == ("", True)
    assert life.clock("end-decision").endswith("met 2026-10-09")
    assert life.clock("handling") == handling
    assert_whole()


def test_after_the_days_the_office_says_why_it_is_late(office: Office, life: Life) -> None:
    life.do(Move.ASK_END, "2026-09-29", by=office.handler, **ASKED)
    life.refused(Move.SUCCEED, "2026-10-10", "逾期的原因", by=office.head, late_reason="")
    life.do(Move.SUCCEED, "2026-10-10", by=office.registrar, late_reason="核对证明")
    assert life.case.end_asked == ""


def test_what_is_refused_leaves_the_petitioner_and_the_work_as_they_are(office: Office, life: Life) -> None:
    former = life.case.lead
    life.do(Move.ASK_END, "2026-09-29", by=office.handler, **ASKED)
    life.do(Move.REFUSE_END, "2026-09-30", reason="亲属关系证明不全")
    assert (life.case.end_asked, life.case.lead) == ("", former)
    assert life.clock("handling").endswith("runs")


def test_who_asked_for_something_else_is_answered_first(office: Office, life: Life) -> None:
    life.do(Move.ASK_END, "2026-09-29", by=office.handler)
    assert life.case.end_asked == AskedEnd.WITHDRAWN
    life.refused(Move.SUCCEED, "2026-09-30", "请先作出决定", by=office.registrar)
