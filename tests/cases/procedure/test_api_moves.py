"""Moves by API: every one of them, alike with the pages, and how they are refused."""

from typing import Any

import pytest
from django.test import Client

from cases.models import CaseEvent, Deadline, PetitionCase
from cases.states import Move, State
from cases.vocabulary import Purpose
from cases.web.procedure.forms import MOVE_FORMS
from tests.cases.api_client import program, url_of
from tests.cases.pages import typed
from tests.moves import Sent, sent
from tests.office import MONDAY, Office, case_in, ready_for, register

pytestmark = pytest.mark.usefixtures("on_monday")
EVERY_MOVE = pytest.mark.parametrize("move", list(MOVE_FORMS), ids=lambda move: move.value)


def move_input(move: Move) -> Sent:
    return sent(move, MONDAY.date())


@EVERY_MOVE
def test_every_move_is_made_by_api(office: Office, move: Move) -> None:
    ready = ready_for(office, move)
    response = program(ready.by).post(url_of(ready.case, f"moves/{move}/"), ready.sent, format="json")
    assert response.status_code == 200, response.json()
    assert response.json()["head"]["last_move"] == move


def trace(case: PetitionCase) -> list[Any]:
    """Gather what a move leaves behind, without ids and numbers that count on."""
    clocks = Deadline.objects.filter(case=case).order_by("pk")
    events = CaseEvent.objects.filter(case=case).order_by("seq")
    return [
        (case.state, case.holder_id, case.responsible_id, case.assignee_id, case.due_on, case.version),
        [(clock.rule, clock.legal_on, clock.met_on, clock.cancelled_on) for clock in clocks],
        [
            (
                event.kind,
                event.actor_id,
                {k: v for k, v in event.detail.items() if k in ("from", "to", "clocks", "note")},
            )
            for event in events
        ],
        [link.letter.kind for link in case.letters.select_related("letter")],
    ]


@EVERY_MOVE
def test_page_and_api_move_alike(client: Client, office: Office, move: Move) -> None:
    by_api, by_page = ready_for(office, move), ready_for(office, move)
    program(by_api.by).post(
        url_of(by_api.case, f"moves/{move}/"), by_api.sent | {"version": by_api.case.version}, format="json"
    )
    client.force_login(by_page.by.user)
    data = typed(by_page.sent) | {"version": by_page.case.version}
    response = client.post(f"/cases/{by_page.case.number}/moves/{move}/", data)
    assert response.status_code == 302
    assert trace(PetitionCase.objects.get(pk=by_page.case.pk)) == trace(PetitionCase.objects.get(pk=by_api.case.pk))


def test_a_stranger_finds_no_matter(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    response = program(office.water_handler).post(url_of(case, "moves/sign-for/"), {}, format="json")
    assert (response.status_code, response.json()) == (404, {"detail": "未找到。"})


def test_who_sees_a_matter_without_the_right_is_refused_in_words(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    response = program(office.registrar).post(url_of(case, "moves/sign-for/"), {}, format="json")
    assert (response.status_code, response.json()) == (
        403,
        {"detail": "您当前的岗位不能对该事项“签收”。", "field": ""},
    )


def test_a_move_in_the_wrong_state_is_refused_in_words(office: Office) -> None:
    case = case_in(office, State.ACCEPTED)
    response = program(office.handler).post(url_of(case, "moves/close/"), {}, format="json")
    assert (response.status_code, response.json()) == (
        409,
        {"detail": "事项现为“已受理”，不能办结。请刷新页面查看最新状态。", "field": ""},
    )


def test_a_refusal_names_its_field(office: Office) -> None:
    case = case_in(office, State.TRIAGED)
    given = {"to_unit": office.bureau.code}
    response = program(office.registrar).post(url_of(case, "moves/refer/"), given, format="json")
    assert (response.status_code, response.json()) == (409, {"detail": "不能转送给本单位。", "field": "to_unit"})


def test_a_program_that_has_read_an_older_version_is_refused(office: Office) -> None:
    case = case_in(office, State.TRIAGED)
    given = move_input(Move.TRIAGE) | {"version": case.version - 1}
    response = program(office.registrar).post(url_of(case, "moves/triage/"), given, format="json")
    assert response.status_code == 409
    assert "刚刚已由他人“甄别”" in response.json()["detail"]


def test_a_version_is_a_number(office: Office) -> None:
    case = register(office).case
    given = move_input(Move.TRIAGE) | {"version": "甲"}
    response = program(office.registrar).post(url_of(case, "moves/triage/"), given, format="json")
    assert (response.status_code, response.json()) == (400, {"version": ["请填写合法的整数值。"]})


def test_who_hands_a_report_over_no_longer_gets_it(office: Office) -> None:
    case = register(office, by=office.registrar, purpose=Purpose.EXPOSE).case
    registrar = program(office.registrar)
    ways = {"kind": "report", "legal_way": "a30", "legal_basis": "干部管理权限", "topic": office.topic.code}
    triaged = registrar.post(url_of(case, "moves/triage/"), ways, format="json")
    to_unit = {"to_unit": office.discipline_unit.code}
    referred = registrar.post(url_of(case, "moves/refer/"), to_unit, format="json")
    assert (triaged.status_code, referred.status_code, referred.content) == (200, 204, b"")
