"""Sight of matters: three people for each, and the sealed report that does not exist for others."""

from datetime import date, timedelta

import pytest

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from cases.models import PetitionCase, Petitioner
from cases.people import Known, arrivals_of_person
from cases.permissions import moves_now, reads_sealed
from cases.procedure import referral
from cases.queries import QUEUES, due_within, on_desk, overdue, visible_to
from cases.states import Move, State
from cases.vocabulary import Kind, LegalWay, Purpose
from cases.watch.sweep import sweep
from cases.window.registration import register as register_arrival
from cases.worklists.search import find
from tests.factories import PostFactory
from tests.office import MONDAY, Office, arrival, case_in, matter, moment, register, step


def seers(office: Office, case: PetitionCase) -> set[str]:
    """The user names of all who see the matter."""
    return {post.user.username for post in office.every_post() if visible_to(post).filter(pk=case.pk).exists()}


BUREAU = {"clerk", "registrar", "head", "leader"}


def test_a_registered_matter_is_seen_by_its_office_and_its_leaders(office: Office) -> None:
    assert seers(office, register(office).case) == BUREAU


def test_a_referred_matter_is_seen_by_the_unit_too(office: Office) -> None:
    assert seers(office, case_in(office, State.REFERRED)) == BUREAU | {
        "handler",
        "colleague",
        "unit-head",
        "housing-registrar",
    }


def test_a_returned_matter_is_no_longer_seen_by_the_unit(office: Office) -> None:
    case = step(office, case_in(office, State.OBJECTED), Move.AGREE_OBJECTION, at=MONDAY)
    assert seers(office, case) == BUREAU


def test_a_county_s_matter_is_seen_by_the_city_s_leaders_but_not_by_its_windows(office: Office) -> None:
    case = register(office, by=office.county_clerk).case
    assert seers(office, case) == {"county-clerk", "county-head", "head", "leader"}


def test_an_inspector_sees_a_matter_once_a_clock_has_lapsed(office: Office) -> None:
    case = register(office).case
    before = "inspector" in seers(office, case)
    sweep(at=MONDAY + timedelta(days=30))
    assert (before, "inspector" in seers(office, case)) == (False, True)


def sealed_at_discipline(office: Office) -> PetitionCase:
    case = register(office, purpose=Purpose.EXPOSE, accused_unit=office.housing).case
    ways = {"kind": Kind.REPORT, "legal_way": LegalWay.DISCIPLINE, "legal_basis": "干部管理权限", "topic": office.topic}
    case = referral.triage(case, **ways, by=office.head, at=MONDAY)
    return referral.refer_case(case, to_unit=office.discipline_unit, by=office.head, at=MONDAY)


def test_a_sealed_report_is_seen_by_who_took_it_in_and_named_persons_before_hand_over(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    assert seers(office, case) == {"clerk", "head"}


def test_a_sealed_report_handed_over_is_seen_by_discipline_and_named_persons_alone(office: Office) -> None:
    assert seers(office, sealed_at_discipline(office)) == {"discipline", "discipline-head", "head"}


def test_rows_and_rules_agree_on_who_reads_a_sealed_report(office: Office) -> None:
    for case in (register(office, purpose=Purpose.EXPOSE).case, sealed_at_discipline(office)):
        readers = {post.user.username for post in office.every_post() if reads_sealed(post, case)}
        assert readers == seers(office, case)


def test_a_discipline_role_at_another_kind_of_unit_reads_no_sealed_report(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    misplaced = PostFactory(unit=office.bureau, role=Role.DISCIPLINE)
    assert (reads_sealed(misplaced, case), list(visible_to(misplaced))) == (False, [])


def test_only_who_took_a_report_in_and_the_named_person_may_move_it(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    assert {post.user.username for post in office.every_post() if moves_now(post, case)} == {"clerk", "head"}


def test_a_person_s_earlier_arrivals_leave_reports_out(office: Office) -> None:
    register(office)
    register(office, purpose=Purpose.EXPOSE)
    assert [petition.case.purpose for petition in arrivals_of_person(Known(phone="13800000000"))] == [Purpose.SETTLE]


def test_a_person_is_found_by_a_phone_typed_with_blanks(office: Office) -> None:
    case = register(office).case
    assert [found.case for found in arrivals_of_person(Known(phone="+86 138 0000 0000"))] == [case]


def test_nobody_is_found_by_nothing(office: Office) -> None:
    register_arrival(
        arrival(date(2025, 3, 3), lead=Petitioner(name="无名")), matter(office), by=office.clerk, at=MONDAY
    )
    assert list(arrivals_of_person(Known())) == []


@pytest.mark.parametrize("text", ["BZXF-2025-000001", " bzxf-2025-000001 ", "刘某", "13800000000"])
def test_the_search_finds_by_number_name_and_phone(office: Office, text: str) -> None:
    case = register(office).case
    assert list(find(office.head, text)) == [case]


@pytest.mark.parametrize("text", ["BZXF-2025-000001", "刘某", "13800000000"])
def test_the_search_finds_nothing_for_a_stranger(office: Office, text: str) -> None:
    register(office)
    assert list(find(office.water_handler, text)) == []


def test_the_desk_holds_what_waits_there_in_the_order_of_the_legal_day(office: Office) -> None:
    late, early = case_in(office, State.REFERRED, at=moment(2025, 3, 10)), case_in(office, State.REFERRED)
    register(office)
    desk = next(queue for queue in QUEUES if queue.slug == "desk")
    assert list(desk.cases(office.handler)) == [early, late]


def test_a_closed_matter_lies_on_no_desk(office: Office) -> None:
    case_in(office, State.CLOSED)
    assert list(on_desk(office.handler)) == []


@pytest.mark.parametrize(("day", "is_overdue"), [(17, False), (18, False), (19, True)])
def test_a_matter_is_overdue_only_after_its_last_day(office: Office, day: int, is_overdue: bool) -> None:
    case = register(office).case
    assert list(overdue(visible_to(office.head), date(2025, 3, day))) == ([case] if is_overdue else [])


@pytest.mark.parametrize(("day", "is_near"), [(14, False), (15, True), (18, True), (19, False)])
def test_a_matter_is_due_within_three_days_up_to_its_last_day(office: Office, day: int, is_near: bool) -> None:
    case = register(office).case
    found = list(due_within(visible_to(office.head), date(2025, 3, day), days=3))
    assert found == ([case] if is_near else [])


@pytest.mark.parametrize("who", ["administrator"])
def test_who_keeps_the_system_reads_no_matter(office: Office, who: str) -> None:
    post: Post = getattr(office, who)
    case_in(office, State.DELIVERED)
    assert list(visible_to(post)) == []


@pytest.mark.parametrize(("day", "sees"), [(11, False), (18, False), (19, True)])
def test_an_inspector_sees_what_has_lapsed_and_not_where_a_right_has_ended(
    office: Office, day: int, sees: bool
) -> None:
    case = case_in(office, State.REFERRED)
    sweep(at=moment(2025, 3, day))  # the five days for an objection end on 10 March, the fifteen of the notice on 18
    assert visible_to(office.inspector).filter(pk=case.pk).exists() is sees
