"""接手办理: a colleague becomes the handler; the course keeps from whom and why."""

from typing import Any

import pytest
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted, Stale
from cases.casefile.take_over import may_take_over, take_over
from cases.models import PetitionCase
from cases.procedure import perform
from cases.states import Move, State
from cases.vocabulary import Kind, LegalWay, Purpose
from tests.cases.api_client import program, url_of
from tests.cases.pages import HTMX, signed_in
from tests.factories import PostFactory
from tests.office import MONDAY, Office, case_in, register

REASON = "原承办人休假，期限将满"


def take(case: PetitionCase, by: Post, **changes: Any) -> PetitionCase:
    return take_over(case, **({"taken_from": "handler", "reason": REASON, "by": by, "at": MONDAY} | changes))


def url(case: PetitionCase) -> str:
    return reverse("cases:take-over", args=[case.number])


def test_a_colleague_becomes_the_handler_and_the_course_says_from_whom_and_why(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    take(case, office.colleague)
    case.refresh_from_db()
    event = case.events.order_by("seq").last()
    assert event is not None
    assert (case.assignee, case.state) == (office.colleague.user, State.HANDLING)
    assert (event.kind, event.actor, event.detail) == (
        "taken-over",
        office.colleague.user,
        {
            "assignee": "周审核",
            "taken_from": "孙承办",
            "reason": REASON,
            "hands": [office.handler.user_id, office.colleague.user_id],
        },
    )


def test_no_page_that_is_open_elsewhere_becomes_stale_by_it(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    take(case, office.colleague)
    done = perform(Move.INVESTIGATE, case, by=office.handler, at=MONDAY, note="补充走访")
    assert done.assignee == office.colleague.user


def test_who_may_take_a_matter_over(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    takers = [post.user.username for post in office.every_post() if may_take_over(post, case)]
    assert takers == ["colleague", "unit-head"]


@pytest.mark.parametrize("state", [State.REFERRED, State.CLOSED])
def test_what_has_no_handler_yet_or_is_closed_is_not_taken_over(office: Office, state: State) -> None:
    case = case_in(office, state)
    assert not any(may_take_over(post, case) for post in office.every_post())
    with pytest.raises(NotPermitted):
        take(case, office.colleague, taken_from="handler")


def test_a_reader_of_the_same_unit_does_not_take_over(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    with pytest.raises(NotPermitted):
        take(case, PostFactory(unit=office.housing, role=Role.INSPECTOR))


def test_who_has_withdrawn_from_the_matter_does_not_take_it_over(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    case.recused = [office.colleague.user_id]
    case.save()
    assert [post for post in office.every_post() if may_take_over(post, case)] == [office.unit_head]
    with pytest.raises(NotPermitted):
        take(case, office.colleague)


def test_two_who_take_over_at_once_are_not_both_the_handler(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    take(case, office.colleague)
    with pytest.raises(Stale, match="周审核"):
        take(case, office.unit_head)


def test_a_report_of_wrongdoing_is_taken_over_within_the_discipline_office(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    road: list[tuple[Move, Post, dict[str, Any]]] = [
        (Move.TRIAGE, office.head, {
            "kind": Kind.REPORT, "legal_way": LegalWay.DISCIPLINE, "legal_basis": "权限", "topic": office.topic,
        }),
        (Move.REFER, office.head, {"to_unit": office.discipline_unit}),
        (Move.SIGN_FOR, office.discipline, {}),
    ]  # fmt: skip
    for move, by, data in road:
        case = perform(move, case, by=by, at=MONDAY, **data)
    case.assignee = office.discipline.user
    case.save()
    assert [post for post in office.every_post() if may_take_over(post, case)] == [office.discipline_head]


def test_the_page_offers_it_to_colleagues_alone(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    offered = [
        post.user.username
        for post in (office.handler, office.colleague, office.unit_head, office.registrar)
        if url(case) in signed_in(post).get(case.get_absolute_url()).content.decode()
    ]
    assert offered == ["colleague", "unit-head"]


def test_the_former_handler_reads_on_the_page_who_took_over_and_why(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    answer = signed_in(office.colleague).post(url(case), {"reason": REASON, "taken_from": "handler"}, headers=HTMX)
    html = signed_in(office.handler).get(case.get_absolute_url()).content.decode()
    assert answer.headers["HX-Redirect"] == case.get_absolute_url()
    assert f"接手，承办人：周审核；原承办人：孙承办；理由：{REASON}" in html


def test_a_reason_is_wanted(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    answer = signed_in(office.colleague).post(url(case), {"reason": "", "taken_from": "handler"}, headers=HTMX)
    assert answer.status_code == 422
    assert case.events.filter(kind="taken-over").count() == 0


def test_a_stale_form_comes_back_with_its_reason_and_the_handler_of_now(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    take(case, office.colleague)
    answer = signed_in(office.unit_head).post(url(case), {"reason": REASON, "taken_from": "handler"}, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert all(words in html for words in (REASON, "承办人现在是周审核", 'name="taken_from" value="colleague"'))


def test_a_double_click_takes_over_once(office: Office) -> None:
    case, browser = case_in(office, State.HANDLING), signed_in(office.colleague)
    answers = [browser.post(url(case), {"reason": REASON, "taken_from": "handler"}) for _ in range(2)]
    assert ([answer.status_code for answer in answers], case.events.filter(kind="taken-over").count()) == (
        [302, 302],
        1,
    )


def test_a_program_takes_over_and_reads_the_handler(office: Office, on_monday: None) -> None:
    case = case_in(office, State.HANDLING)
    client = program(office.colleague)
    head = client.get(url_of(case)).json()["head"]
    answer = client.post(
        url_of(case, "take-over/"), {"reason": REASON, "taken_from": head["assignee_username"]}, format="json"
    )
    assert (answer.status_code, answer.json()["head"]["assignee_username"]) == (200, "colleague")


def test_a_program_of_a_stranger_finds_nothing_and_one_without_the_right_is_refused(
    office: Office, on_monday: None
) -> None:
    case, given = case_in(office, State.HANDLING), {"reason": REASON, "taken_from": "handler"}
    statuses = [
        program(post).post(url_of(case, "take-over/"), given, format="json").status_code
        for post in (office.water_handler, office.registrar, office.handler)
    ]
    assert statuses == [404, 403, 403]
