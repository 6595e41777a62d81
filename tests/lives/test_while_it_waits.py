"""Ends that the law knows of a matter at work, also while a body above decides on something."""

from dataclasses import replace

import pytest

from binzhou_xinfang.statute.periods import Rule
from cases.models import Deadline
from cases.states import Move, State, half_open, table
from tests.lives.story import Life, assert_whole, begins
from tests.office import Office


def at_the_assigner(office: Office) -> Life:
    """Assigned with 60 days, taken up, and an extension that the unit's head has sent on to the assigner."""
    life = begins(office, "2026-09-14")
    life.do(Move.TRIAGE, "2026-09-15")
    life.do(Move.ASSIGN, "2026-09-16", days=60)
    life.do(Move.SIGN_FOR, "2026-09-17")
    life.do(Move.ACCEPT, "2026-09-18")
    life.do(Move.INVESTIGATE, "2026-10-09")
    life.do(Move.ASK_EXTENSION, "2026-11-09")
    life.do(Move.AGREE_EXTENSION, "2026-11-10")
    assert (life.case.state, life.case.holder) == (State.EXTENSION_REFERRED, office.bureau)
    return life


def test_the_unit_leads_out_what_a_court_has_taken_up(office: Office) -> None:
    life = at_the_assigner(office)
    life.refused(Move.LEAD_OUT, "2026-11-12", "岗位", by=office.water_head)
    life.do(Move.LEAD_OUT, "2026-11-12", by=office.unit_head, reason="信访人已向法院起诉")
    assert (life.case.state, life.case.holder) == (State.ROUTED, office.housing)
    assert not Deadline.objects.running().filter(case=life.case, rule=Rule.EXTENSION_DECISION).exists()
    assert_whole()


def test_the_unit_turns_to_its_statutory_duty_and_has_the_matter_again(office: Office) -> None:
    life = at_the_assigner(office)
    life.refused(Move.TAKE_AS_DUTY, "2026-11-12", "岗位", by=office.head)
    life.do(Move.TAKE_AS_DUTY, "2026-11-12", by=office.unit_head)
    assert (life.case.state, life.case.holder) == (State.UNDERTAKEN, office.housing)
    running = set(Deadline.objects.running().filter(case=life.case).values_list("rule", flat=True))
    assert (Rule.OWN_WAY in running, Rule.EXTENSION_DECISION in running) == (True, False)
    assert_whole()


@pytest.mark.parametrize("who", ["unit_head", "head"])
def test_a_report_of_wrongdoing_does_not_wait_for_the_assigner(office: Office, who: str) -> None:
    life = at_the_assigner(office)
    life.do(Move.TO_DISCIPLINE, "2026-11-11", by=getattr(office, who))
    assert (life.case.state, life.case.is_sealed) == (State.REFERRED, True)
    assert "unit-head" not in life.seen_by()


def test_a_report_of_wrongdoing_does_not_wait_for_an_objection(office: Office) -> None:
    life = begins(office, "2026-09-14")
    life.do(Move.TRIAGE, "2026-09-15")
    life.do(Move.REFER, "2026-09-16")
    life.do(Move.SIGN_FOR, "2026-09-17")
    life.do(Move.OBJECT, "2026-09-18")
    life.refused(Move.TO_DISCIPLINE, "2026-09-21", "请附", by=office.unit_head, paper_other_proof=None)
    life.do(Move.TO_DISCIPLINE, "2026-09-21", by=office.head)
    assert (life.case.state, life.case.is_sealed) == (State.REFERRED, True)


def test_the_check_finds_a_way_that_is_shut_in_a_part_of_the_handling(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(half_open()) == []
    row = table.TRANSITIONS[Move.LEAD_OUT]
    shut = replace(row, sources=row.sources - {State.EXTENSION_REFERRED})
    monkeypatch.setitem(table._transitions, Move.LEAD_OUT, shut)
    assert list(half_open()) == ["lead-out: 办理中的事项可以结束或者改变途径，在“延期待交办机关批准”时却不能办理"]
