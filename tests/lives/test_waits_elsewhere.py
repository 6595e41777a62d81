"""Clocks that wait for another desk: who cannot act is neither urged nor accused, and who owes the next act is."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.process.owed import debts
from binzhou_xinfang.statute.periods import Rule
from cases.models import Deadline, PetitionCase
from cases.states import OWED, Move, State, running
from supervision.models import SupervisionCase
from tests.lives.story import Life, assert_whole, begins, hour
from tests.moves import SUPPORT
from tests.office import Office
from tests.told import telling

OBJECTION = {"reason": "车库渗水属于房屋维修，不属于水利部门职权"}


# The handler hears of the 60 days until the application is made.
HEARD = ["-15 handling 2026-01-04", "-7 handling 2026-01-12", "-3 handling 2026-01-16"]


def urged(life: Life) -> list[str]:
    """Causes that were brought up against somebody, in whatever stage, by the unit and the clock."""
    causes = SupervisionCase.objects.filter(case=life.case, deadline__isnull=False).select_related("deadline", "unit")
    return [f"{cause.unit.code} {cause.deadline.rule}" for cause in causes if cause.deadline]


def accused(case: PetitionCase, on: str) -> set[str]:
    """The duties of the matter that count as late, or as overdue, on the day."""
    day = date.fromisoformat(on)
    late = Deadline.objects.late(day) | Deadline.objects.overdue(day) | Deadline.objects.lapsed()
    return {clock.rule for clock in late.filter(case=case) if not clock.gives_right}


def extension_waits(office: Office) -> Life:
    """An assigned matter, whose extension was asked three days before the last day and agreed to by the unit's head."""
    life = begins(office, "2025-11-17")
    life.do(Move.TRIAGE, "2025-11-17")
    life.do(Move.ASSIGN, "2025-11-18", days=90)
    life.do(Move.SIGN_FOR, "2025-11-19")
    life.do(Move.ACCEPT, "2025-11-20")
    life.do(Move.INVESTIGATE, "2025-11-25")
    life.do(Move.ASK_EXTENSION, "2026-01-16", days=30, reason="需要委托鉴定")
    life.do(Move.AGREE_EXTENSION, "2026-01-16")
    return life


def test_who_waits_for_the_word_of_the_assigner_is_not_urged_and_the_assigner_is(office: Office) -> None:
    life = extension_waits(office)
    life.until("2026-02-10")
    # The 60 days ended on 01-19: nobody at the unit could have answered without taking the application back.
    assert [line for line in life.watch() if "handling" in line] == HEARD
    assert [line for line in life.watch() if "extension-decision" in line][-1] == "+11 extension-decision 2026-01-30"
    assert (urged(life), accused(life.case, "2026-02-10")) == ([], {Rule.EXTENSION_DECISION})


def test_a_refusal_after_the_last_day_lets_the_first_clock_go_on_and_urges_from_then_on(office: Office) -> None:
    life = extension_waits(office)
    life.do(Move.DENY_EXTENSION, "2026-02-10")
    assert life.case.state == State.HANDLING
    assert "handling" in accused(life.case, "2026-02-10")
    life.until("2026-02-11")
    assert [line for line in life.watch() if "handling" in line][3:] == ["lapsed handling 2026-02-11"]
    assert urged(life) == ["bzzj handling"]
    # 约谈 comes eleven days after it could act again, not after the day that passed while it waited.
    life.until("2026-02-20")
    assert not SupervisionCase.objects.filter(case=life.case, measure="talk").exists()
    life.until("2026-02-21")
    assert [line for line in life.watch() if "handling" in line][4:] == ["+11 handling 2026-02-21"]


def test_the_unit_takes_its_application_back_and_goes_on(office: Office) -> None:
    life = extension_waits(office)
    life.refused(Move.WITHDRAW_EXTENSION, "2026-01-17", "岗位", by=office.water_handler, note="不再需要")
    life.do(Move.WITHDRAW_EXTENSION, "2026-01-19", note="鉴定结论已经出具")
    assert (life.case.state, life.case.holder) == (State.HANDLING, office.housing)
    assert life.clock("extension-decision").endswith("void 2026-01-19")
    # Three days of the law are what they were.
    assert life.clock("handling") == "handling from 2025-11-20 until 2026-01-19: runs"
    life.until("2026-01-20")
    assert "lapsed handling 2026-01-20" in life.watch()
    assert_whole()


def objected(office: Office, day: str = "2025-02-05") -> Life:
    life = begins(office, "2025-01-20")
    life.do(Move.TRIAGE, "2025-01-21")
    life.do(Move.REFER, "2025-01-22", to_unit="bzsl")
    life.do(Move.OBJECT, day, by=office.water_handler, **OBJECTION)
    return life


def test_a_unit_whose_objection_is_agreed_to_after_its_last_day_never_owed(office: Office) -> None:
    life = objected(office)
    life.until("2025-02-20")
    assert not any("lapsed notice" in line for line in life.watch())
    assert (urged(life), "notice" in accused(life.case, "2025-02-20")) == ([], False)
    life.do(Move.AGREE_OBJECTION, "2025-02-20")
    notice = life.case.deadlines.get(rule=Rule.NOTICE)
    assert (notice.was_in_time, str(notice.cancelled_on), str(notice.waits_since)) == (None, "2025-02-20", "2025-02-05")
    assert "notice" not in accused(life.case, "2025-03-20")
    assert not Deadline.objects.counted().filter(case=life.case, rule=Rule.NOTICE).exists()
    assert_whole()


def test_what_was_reached_in_the_evening_is_not_told_once_the_clock_waits(office: Office) -> None:
    life = begins(office, "2025-01-20")
    life.do(Move.TRIAGE, "2025-01-21")
    life.do(Move.REFER, "2025-01-22", to_unit="bzsl")
    life.until("2025-02-05")
    life.do(Move.OBJECT, "2025-02-05", by=office.water_handler, **OBJECTION)
    with time_machine.travel(hour("2025-02-05", 10), tick=False):
        write_due(at=hour("2025-02-05", 10))
    assert not telling("告知期限", matter=life.case.pk, outbox__topic="alert").exists()


def test_a_unit_whose_objection_is_refused_after_its_last_day_has_gained_nothing(office: Office) -> None:
    life = objected(office)
    life.do(Move.REFUSE_OBJECTION, "2025-02-20")
    assert life.clock("notice") == "notice from 2025-01-22 until 2025-02-06: runs"
    assert "notice" in accused(life.case, "2025-02-20")
    life.until("2025-02-21")
    assert "lapsed notice 2025-02-21" in life.watch()
    assert urged(life) == ["bzsl notice"]


def test_what_was_late_before_it_came_to_wait_stays_late(office: Office) -> None:
    life = begins(office, "2025-01-20")
    life.do(Move.TRIAGE, "2025-01-21")
    life.do(Move.REFER, "2025-01-22", to_unit="bzsl")
    life.until("2025-02-10")
    life.do(
        Move.DISPUTE, "2025-02-10", by=office.water_head, other_unit="bzzj", reason="两单位对职责有争议", late_reason=""
    )
    assert "notice" in accused(life.case, "2025-02-12")
    life.do(Move.DECIDE_JURISDICTION, "2025-02-12", to_unit="bzzj")
    notice = life.case.deadlines.filter(rule=Rule.NOTICE).order_by("pk")[0]
    assert (notice.was_in_time, notice.cancelled_on is not None) == (False, True)


def executing(office: Office) -> Life:
    """A supported request is to be executed until Fri 03-12; on 03-01 the petitioner asks for a review of the rest."""
    life = begins(office, "2027-01-04")
    draft, supported = SUPPORT
    for move, day, sent in (
        (Move.TRIAGE, "2027-01-04", {}), (Move.REFER, "2027-01-05", {}), (Move.SIGN_FOR, "2027-01-06", {}),
        (Move.ACCEPT, "2027-01-08", {}), (Move.INVESTIGATE, "2027-01-13", {}), (draft, "2027-01-20", supported),
        (Move.CHECK, "2027-01-21", {}), (Move.SIGN, "2027-01-22", {}), (Move.DELIVER, "2027-02-01", {}),
        (Move.ORDER_EXECUTION, "2027-02-10", {"days": 30}), (Move.ASK_REVIEW, "2027-03-01", {}),
    ):  # fmt: skip
        life.do(move, day, **sent)
    return life


def test_what_is_under_review_is_not_urged_and_the_time_of_the_review_does_not_count(office: Office) -> None:
    life = executing(office)
    assert life.clock("execution") == "execution from 2027-02-10 until 2027-03-12: stands still since 2027-03-01"
    life.do(Move.ACCEPT_REVIEW, "2027-03-02")
    life.do(Move.DRAFT_REVIEW, "2027-03-20")
    life.do(Move.SIGN_REVIEW, "2027-03-22")
    life.do(Move.DELIVER_REVIEW, "2027-03-23")
    assert [line for line in life.watch() if " execution " in line] == []
    assert ("execution" in accused(life.case, "2027-03-23"), urged(life)) == (False, [])
    # Of the 30 days 19 had passed on 03-01; eleven are left after 03-23.
    assert life.clock("execution") == "execution from 2027-02-10 until 2027-04-03 (legal 2027-04-05): runs"
    life.until("2027-04-06")
    assert "lapsed execution 2027-04-06" in life.watch()


def test_the_unit_reports_what_it_has_executed_while_the_body_above_looks_at_the_rest(office: Office) -> None:
    life = executing(office)
    life.do(Move.ACCEPT_REVIEW, "2027-03-02")
    life.refused(Move.FINISH_EXECUTION, "2027-03-20", "岗位", by=office.reviewer)
    life.do(Move.FINISH_EXECUTION, "2027-03-20", late_reason="")
    assert (life.case.state, life.case.owes_execution) == (State.REVIEWING, False)
    clock = life.case.deadlines.get(rule=Rule.EXECUTION)
    assert (str(clock.met_on), clock.was_in_time, clock.suspended_on) == ("2027-03-20", True, None)
    life.do(Move.DRAFT_REVIEW, "2027-03-21")
    life.do(Move.SIGN_REVIEW, "2027-03-22")
    life.do(Move.DELIVER_REVIEW, "2027-03-23")
    life.do(Move.CLOSE, "2027-03-24")
    assert life.case.state == State.CLOSED
    assert_whole()


def test_the_next_state_of_another_desk_that_leaves_a_unit_urged_in_vain_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert list(running.urged_in_vain()) == []
    checked = OWED[State.OBJECTED].owed[0]
    silent = debts(replace(checked, awaited_by=(Rule.NOTICE, Rule.SIMPLE_ACCEPTANCE)))
    monkeypatch.setattr(running, "OWED", {**OWED, State.OBJECTED: silent})
    assert list(running.urged_in_vain()) == ["objected: 事项在其他单位，交办期限无法完成，应当写明等待（awaited_by）"]
