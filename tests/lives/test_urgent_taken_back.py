"""重大紧急 is taken back by who reported it or stands above, not by whom it came to (第二十五条、第四十六条第四项)."""

from dataclasses import replace

import pytest

from binzhou_xinfang.accounts.roles import Role
from cases.checks import check_tables
from cases.models import UrgentReport, UrgentTold
from cases.permissions import moves_now
from cases.states import MAY, Desk, Move
from cases.states import table as table_of_moves
from tests.factories import PostFactory
from tests.lives.story import Life, begins
from tests.lives.test_urgent import report, told
from tests.office import Office

URGENT = (Move.TELL_URGENT, Move.UNTELL_URGENT, Move.TAKE_BACK_URGENT)


def at_housing(office: Office) -> Life:
    """Registered as urgent at the window of the office, and passed on to the unit that is complained of."""
    life = begins(office, "2026-09-28", is_urgent=True)
    for move in (Move.TRIAGE, Move.REFER, Move.SIGN_FOR):
        life.do(move, "2026-09-28")
    return life


def test_the_head_of_the_unit_to_which_it_came_neither_takes_it_back_nor_says_it_was_told(office: Office) -> None:
    life = at_housing(office)
    for post in (office.unit_head, office.handler):
        assert not set(URGENT) & set(moves_now(post, life.case))
        for move in URGENT:
            life.refused(move, "2026-09-29", "岗位|请至少登记一个|可选的范围", by=post)
    assert (life.case.is_urgent, set(told().values())) == (True, {False})
    life.do(Move.TELL_URGENT, "2026-09-29", by=office.registrar)
    life.do(Move.TAKE_BACK_URGENT, "2026-09-29", by=office.head)
    assert (life.case.is_urgent, UrgentReport.objects.get().taken_back_by) == (False, office.head.user)


def test_its_own_report_on_what_it_handles_is_completed_by_it_and_taken_back_above(office: Office) -> None:
    life = begins(office, "2026-09-28")
    for move in (Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT):
        life.do(move, "2026-09-28")
    report(life, by=office.handler)
    life.do(Move.TELL_URGENT, "2026-10-03", by=office.handler)
    life.refused(Move.TAKE_BACK_URGENT, "2026-10-03", "岗位", by=office.unit_head)
    # At a second post he is the same man.
    both = PostFactory(user=office.unit_head.user, unit=office.bureau, role=Role.OFFICE_HEAD)
    life.refused(Move.TAKE_BACK_URGENT, "2026-10-03", "承办过该事项或者在责任单位任职", by=both)
    life.do(Move.TAKE_BACK_URGENT, "2026-10-03", by=office.head)
    assert not life.case.is_urgent


def test_of_two_reports_each_stands_until_its_own_is_taken_back(office: Office) -> None:
    life = begins(office, "2026-09-28", by=office.county_clerk, is_urgent=True)
    life.do(Move.TRIAGE, "2026-09-28", by=PostFactory(unit=office.county_office, role=Role.REGISTRAR))
    report(life, by=office.county_clerk)
    assert UrgentReport.objects.count() == 2
    assert Move.TAKE_BACK_URGENT in moves_now(office.county_head, life.case)
    life.do(Move.TAKE_BACK_URGENT, "2026-10-03", by=office.head)
    assert not life.case.is_urgent


def test_another_s_report_stands_when_the_own_is_taken_back(office: Office) -> None:
    life = at_housing(office)
    report(life, by=office.handler)
    UrgentReport.objects.filter(unit=office.bureau).update(unit=office.county_office)
    life.do(Move.TAKE_BACK_URGENT, "2026-10-03", by=office.county_head)
    assert life.case.is_urgent
    assert UrgentTold.objects.filter(report__taken_back_at=None).exists()


def test_the_start_up_check_finds_a_desk_that_would_stop_the_duty_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_tables(None) == []
    for move, desk in ((Move.TAKE_BACK_URGENT, Desk.HOLDER), (Move.TELL_URGENT, Desk.REGISTERED)):
        with monkeypatch.context() as patch:
            patch.setitem(table_of_moves._duties, move, replace(MAY[move], desks=(desk,)))
            assert any("报告单位" in str(fault.msg) for fault in check_tables(None))
    with monkeypatch.context() as patch:
        patch.setitem(table_of_moves._duties, Move.FEED_BACK, replace(MAY[Move.FEED_BACK], desks=(Desk.HOLDER,)))
        assert any("由其他单位承担" in str(fault.msg) for fault in check_tables(None))


def test_the_tick_is_neither_set_nor_taken_away_by_a_correction(office: Office) -> None:
    life = begins(office, "2026-09-28", is_urgent=True)
    life.refused(Move.CORRECT, "2026-09-28", "撤回重大紧急报告", is_urgent="false")
    calm = begins(office, "2026-09-28")
    calm.refused(Move.CORRECT, "2026-09-28", "“重大紧急报告”", is_urgent="true")
