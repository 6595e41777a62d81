"""自行登记、自行办理的事项: the office above decides on every act that ends a claim on the unit that took it in."""

import pytest
import time_machine
from django.urls import reverse

from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.writing import write_due
from cases.deciding import decided_by, decider_of
from cases.models import PetitionCase
from cases.permissions import moves_now
from cases.queries import asked_to_end, delivery_doubted
from cases.states import Move, State
from tests.cases.api_client import program
from tests.cases.pages import signed_in
from tests.lives.story import Life, assert_whole, begins, hour
from tests.office import Office

ENDINGS = (Move.WITHDRAW, Move.END, Move.SUCCEED)


def taken_in_by_itself(office: Office, day: str = "2026-09-22") -> Life:
    """A claim on 市住建局 that it has registered, taken up and accepted itself."""
    life = begins(office, day, by=office.housing_registrar)
    for move in (Move.TRIAGE, Move.TAKE_UP):
        life.do(move, day, by=office.housing_registrar)
    life.do(Move.ACCEPT, day)
    return life


def test_the_head_of_the_unit_complained_of_ends_nothing_and_the_office_above_decides(office: Office) -> None:
    life = taken_in_by_itself(office)
    for post in (office.unit_head, office.housing_registrar, office.handler):
        assert not set(ENDINGS) & set(moves_now(post, life.case))
        for move in ENDINGS:
            life.refused(move, "2026-09-29", "岗位", by=post)
    # A stranger, and the office of a place in which the unit is not.
    for post in (office.water_head, office.county_head):
        life.refused(Move.WITHDRAW, "2026-09-29", "岗位", by=post)
    life.do(Move.ASK_END, "2026-09-29", by=office.unit_head)
    assert (list(asked_to_end(office.head)), list(asked_to_end(office.county_head))) == ([life.case], [])
    asked = life.case.deadlines.get(rule="end-decision")
    assert (asked.unit, life.clock("end-decision").split(": ")[1]) == (office.bureau, "runs")
    write_due(at=hour("2026-09-29", 10))
    assert "head" in Message.objects.values_list("user__username", flat=True)
    assert "unit-head" not in Message.objects.values_list("user__username", flat=True)
    life.refused(Move.REFUSE_END, "2026-09-30", "岗位", by=office.unit_head)
    life.do(Move.REFUSE_END, "2026-09-30", by=office.head, reason="申请书没有签名")
    write_due(at=hour("2026-09-30", 10))
    assert "handler" in Message.objects.values_list("user__username", flat=True)
    # Across National Day: three working days from 09-30 are 10-08, 10-09, 10-10 (made up).
    life.do(Move.ASK_END, "2026-09-30", by=office.handler, o_clock=11)
    assert life.clock("end-decision") == "end-decision from 2026-09-30 until 2026-10-10: runs"
    life.do(Move.WITHDRAW, "2026-10-10", by=office.head)
    assert (life.case.state, life.case.end_asked) == (State.WITHDRAWN, "")
    assert_whole()


def test_page_and_api_refuse_the_unit_s_head_and_let_the_office_decide(office: Office) -> None:
    life = taken_in_by_itself(office)
    life.do(Move.ASK_END, "2026-09-29", by=office.handler)
    with time_machine.travel(hour("2026-09-30"), tick=False):
        page = reverse("cases:move", args=[life.case.number, Move.REFUSE_END.value])
        asked = [signed_in(post).get(page).status_code for post in (office.unit_head, office.water_head, office.head)]
        url, sent = f"/api/cases/{life.case.number}/moves/refuse-end/", {"reason": "申请书没有签名"}
        answers = [
            program(post).post(url, sent, format="json").status_code
            for post in (office.unit_head, office.water_head, office.head)
        ]
    assert (asked, answers) == ([403, 404, 200], [403, 404, 200])


def test_an_entry_of_its_own_window_is_void_by_the_office_alone_and_both_may_restore_it(office: Office) -> None:
    life = begins(office, "2026-09-22", by=office.housing_registrar)
    for post in (office.unit_head, office.housing_registrar, office.county_head):
        life.refused(Move.VOID, "2026-09-23", "岗位", by=post)
    life.do(Move.VOID, "2026-09-23", by=office.head)
    life.do(Move.RESTORE, "2026-09-24", by=office.unit_head)
    assert life.case.state == State.REGISTERED


def test_heirs_are_accepted_by_the_office_and_not_by_the_unit_against_which_they_claim(office: Office) -> None:
    life = taken_in_by_itself(office)
    life.refused(Move.SUCCEED, "2026-09-29", "岗位", by=office.housing_registrar)
    life.do(Move.SUCCEED, "2026-09-29", by=office.head)
    assert life.case.lead.name == "刘小某"


def test_the_day_of_a_late_entry_is_checked_by_the_office_above(office: Office) -> None:
    life = taken_in_by_itself(office)
    for move in (Move.INVESTIGATE, Move.DRAFT, Move.CHECK, Move.SIGN):
        life.do(move, "2026-09-28")
    life.do(Move.DELIVER, "2026-10-20", delivered_on="2026-09-29")
    assert list(delivery_doubted(office.head)) == [life.case]
    assert life.case.deadlines.get(rule="delivery-check").unit == office.bureau
    life.refused(Move.CONFIRM_DELIVERY, "2026-10-21", "岗位", by=office.unit_head)
    life.do(Move.CONFIRM_DELIVERY, "2026-10-21", by=office.head)
    assert not life.case.is_delivery_doubted


def test_who_passed_it_on_to_another_body_decides_itself(office: Office) -> None:
    life = begins(office, "2026-09-22", by=office.housing_registrar)
    life.do(Move.TRIAGE, "2026-09-22", by=office.housing_registrar)
    life.do(Move.REFER, "2026-09-23", by=office.housing_registrar, to_unit="bzzj-zj")
    assert Move.WITHDRAW in moves_now(office.unit_head, life.case)
    life.do(Move.WITHDRAW, "2026-09-28", by=office.unit_head)
    assert life.case.state == State.WITHDRAWN


def test_where_no_office_stands_above_it_is_said_who_is_missing(office: Office) -> None:
    life = taken_in_by_itself(office)
    Unit.objects.filter(pk=office.bureau.pk).update(valid_to="2026-09-24")
    life.refused(Move.ASK_END, "2026-09-29", "没有登记其上级信访部门", by=office.handler)


def test_a_report_is_ended_by_the_body_that_took_it_in(office: Office) -> None:
    case = begins(office, "2026-09-22", by=office.housing_registrar).case
    case.is_sealed = True
    assert decider_of(case) == office.housing.pk


@pytest.mark.parametrize("taker", ["clerk", "housing_registrar", "county_clerk"])
def test_the_rule_for_one_matter_and_the_condition_on_rows_say_the_same(office: Office, taker: str) -> None:
    begins(office, "2026-09-22", by=getattr(office, taker))
    case = PetitionCase.objects.get()
    for holder in (office.bureau, office.housing, office.housing_below, office.county_office):
        for responsible in (None, office.housing, office.bureau):
            case.holder, case.responsible = holder, responsible
            case.save()
            case = PetitionCase.objects.get()
            offices = Unit.objects.filter(kind__in=(UnitKind.PETITION_OFFICE, UnitKind.DEPARTMENT))
            deciders = {unit.pk for unit in offices if PetitionCase.objects.filter(decided_by(unit)).exists()}
            # An office that handled by itself what it took in has nobody over it here, or the city's.
            assert decider_of(case) in deciders
            assert len(deciders) == 1 or case.responsible_id == case.registered_unit_id
