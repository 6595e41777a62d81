"""Moves by API: how they are refused."""

import pytest

from cases.states import Move, State
from cases.vocabulary import Purpose
from tests.cases.api_client import program, url_of
from tests.moves import Sent, sent
from tests.office import MONDAY, Office, case_in, register

pytestmark = pytest.mark.usefixtures("on_monday")


def move_input(move: Move) -> Sent:
    return sent(move, MONDAY.date())


def test_a_stranger_finds_no_matter(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    response = program(office.water_handler).post(url_of(case, "moves/sign-for/"), {}, format="json")
    assert (response.status_code, response.json()) == (
        404,
        {"detail": "没有这条记录，或者不在您的岗位可以看到的范围内。"},
    )


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
    assert (response.status_code, response.json()) == (400, {"version": ["version的格式不对，请核对。"]})


def test_who_hands_a_report_over_no_longer_gets_it(office: Office) -> None:
    case = register(office, by=office.registrar, purpose=Purpose.EXPOSE).case
    registrar = program(office.registrar)
    ways = {"kind": "report", "legal_way": "a30", "legal_basis": "干部管理权限", "topic": office.topic.code}
    triaged = registrar.post(url_of(case, "moves/triage/"), ways, format="json")
    to_unit = {"to_unit": office.discipline_unit.code}
    referred = registrar.post(url_of(case, "moves/refer/"), to_unit, format="json")
    assert (triaged.status_code, referred.status_code, referred.content) == (200, 204, b"")
