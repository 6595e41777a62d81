"""Edges of a hand-over: what may not go to a successor, and what does not clash there."""

from datetime import date
from typing import Any

import pytest

from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.periods import Rule
from cases.clocks.beside import start_beside
from cases.handover.acts import advance, begin, correct
from cases.handover.orders import Order, Share, division
from cases.models import HandOver, HandOverKind, PetitionCase
from cases.states import Move, State
from cases.vocabulary import Kind, LegalWay, Purpose
from tests.factories import PostFactory, UnitFactory
from tests.lives.story import begins
from tests.office import MONDAY, Office, case_in, step

LAST = date(2025, 3, 2)


def merged(office: Office, unit: Unit, successor: Unit) -> HandOver:
    share = Share(successor, takes_rest=True)
    act = begin(
        Order(HandOverKind.MERGED, unit, "滨编发〔2025〕1号", (share,), last_on=LAST), by=office.head, at=MONDAY
    )
    assert advance(act, at=MONDAY) == 0
    return act


def report_at(office: Office, accused: Unit) -> PetitionCase:
    life = begins(office, "2025-02-10", purpose=Purpose.EXPOSE, accused_unit=accused)
    way = {"kind": Kind.REPORT, "legal_way": LegalWay.DISCIPLINE, "legal_basis": "干部管理权限"}
    life.do(Move.TRIAGE, "2025-02-11", by=office.head, **way)
    return life.do(Move.REFER, "2025-02-11", by=office.head, to_unit=office.discipline_unit.code)


@pytest.mark.parametrize(("is_inside", "goes"), [(True, False), (False, True)])
def test_a_report_never_comes_to_a_successor_within_the_accused_unit(
    office: Office, is_inside: bool, goes: bool
) -> None:
    """第三十条第三款: it stays, with its reason, for the named person to take back."""
    successor = UnitFactory(
        kind=UnitKind.DISCIPLINE, parent=office.housing if is_inside else office.city, name="派驻纪检监察组"
    )
    PostFactory(unit=successor, role=Role.DISCIPLINE)
    case = report_at(office, office.housing)
    item = merged(office, office.discipline_unit, successor).items.get(case=case)
    case.refresh_from_db()
    assert (case.holder == successor, item.left_why) == (goes, "" if goes else "依照第三十条第三款不移交")


def test_what_two_causes_ask_of_body_and_successor_runs_on_side_by_side(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    for subject, unit in (("cause 1", office.housing), ("cause 2", office.water)):
        start_beside(case.pk, Rule.LETTER_FEEDBACK, subject=subject, unit=unit, on=MONDAY.date(), at=MONDAY, days=15)
    merged(office, office.housing, office.water)
    clocks = case.deadlines.running().filter(rule=Rule.LETTER_FEEDBACK)
    assert set(clocks.values_list("subject", "unit")) == {("cause 1", office.water.pk), ("cause 2", office.water.pk)}


def test_of_one_cause_the_successor_has_one_clock(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    start_beside(
        case.pk, Rule.LETTER_FEEDBACK, subject="cause 1", unit=office.housing, on=MONDAY.date(), at=MONDAY, days=15
    )
    merged(office, office.housing, office.water)
    assert case.deadlines.running().get(rule=Rule.LETTER_FEEDBACK).unit == office.water


def test_a_helper_that_becomes_who_handles_owes_no_help_any_longer(office: Office) -> None:
    case = step(office, case_in(office, State.HANDLING), Move.CALL_IN, at=MONDAY)
    helper = Unit.objects.get(pk=case.co_handlers[0])
    merged(office, office.housing, helper)
    case.refresh_from_db()
    assert (case.responsible, case.co_handlers) == (helper, [])
    assert not case.deadlines.running().filter(rule=Rule.CO_HANDLING).exists()


def test_a_number_that_is_named_goes_before_its_topic(office: Office) -> None:
    one, other = (case_in(office, State.HANDLING) for _ in range(2))
    named = Share(office.housing_below, numbers=frozenset({one.number}))
    by_topic = Share(office.water, topics=frozenset({one.topic.level_1}))
    order = Order(HandOverKind.TRANSFERRED, office.housing, "文号", (by_topic, named))
    assert {pk: share.name for pk, share in division(order)} == {one.pk: named.name, other.pk: by_topic.name}


def test_a_correction_leaves_to_the_wrong_successor_what_was_its_own(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    PetitionCase.objects.filter(pk=case.pk).update(passers=[office.water.pk])
    act = merged(office, office.housing, office.water)
    act.refresh_from_db()
    right = Share(office.housing, takes_rest=True)
    made = correct(act, wrong=Share(office.water), right=right, basis="没有撤销", by=office.head, at=MONDAY)
    assert advance(made, at=MONDAY) == 0
    case.refresh_from_db()
    assert (case.responsible, case.passers) == (office.housing, [office.water.pk])


def test_who_has_withdrawn_from_a_matter_does_not_get_it_by_a_hand_over(office: Office) -> None:
    case, other = (case_in(office, State.HANDLING) for _ in range(2))
    PetitionCase.objects.filter(pk=case.pk).update(recused=[office.colleague.user_id])
    share = Share(office.housing, office.colleague.user, takes_rest=True)
    order = Order(HandOverKind.LEFT, office.housing, "退休", (share,), person=office.handler.user)
    act = begin(order, by=office.unit_head, at=MONDAY)
    assert advance(act, at=MONDAY) == 0
    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.assignee, other.assignee) == (office.handler.user, office.colleague.user)
    assert "已经回避" in act.items.get(case=case).left_why


def test_a_leaver_with_reports_alone_is_answered_like_one_with_nothing(office: Office) -> None:
    case = report_at(office, office.housing)
    PetitionCase.objects.filter(pk=case.pk).update(assignee=office.discipline.user)
    head = PostFactory(unit=office.discipline_unit, role=Role.UNIT_HEAD)
    share = Share(office.discipline_unit, office.discipline_head.user, takes_rest=True)
    given: dict[str, Any] = {"person": office.discipline.user}
    with pytest.raises(Refusal, match="没有可以移交的事项"):
        begin(Order(HandOverKind.LEFT, office.discipline_unit, "调离", (share,), **given), by=head, at=MONDAY)
    assert not HandOver.objects.exists()
