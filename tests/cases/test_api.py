"""The doors of the API: who comes in, what is registered, what goes in and out as a file."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import AccessLog
from cases.models import PetitionCase
from cases.states import State
from tests.cases.api_client import program, registration, url_of
from tests.factories import UserFactory
from tests.office import Office, case_in, register

pytestmark = pytest.mark.usefixtures("on_monday")


def test_nobody_is_asked_to_sign_in(client: Client, db: None) -> None:
    response = client.get("/api/cases/")
    assert (response.status_code, response.json()) == (401, {"detail": "请先登录，或者在请求中带上有效的令牌。"})


def test_a_user_without_a_post_is_refused_in_words(client: Client, db: None) -> None:
    client.force_login(UserFactory())
    response = client.get("/api/cases/")
    assert (response.status_code, response.json()) == (
        403,
        {"detail": "您现在没有岗位，不能办理业务，请联系系统管理员设置岗位。"},
    )


def test_a_session_must_carry_the_mark_of_its_page(office: Office) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office.clerk.user)
    response = browser.post("/api/petitions/", registration(office), content_type="application/json")
    assert (response.status_code, PetitionCase.objects.count()) == (403, 0)


def test_a_session_works_as_a_token_does(client: Client, office: Office) -> None:
    client.force_login(office.clerk.user)
    response = client.post("/api/petitions/", registration(office), content_type="application/json")
    assert (response.status_code, PetitionCase.objects.count()) == (201, 1)


def test_a_registration_answers_number_query_code_and_clocks(office: Office) -> None:
    response = program(office.clerk).post("/api/petitions/", registration(office), format="json")
    answer = response.json()
    petition = PetitionCase.objects.get().petitions.get()
    assert response.status_code == 201
    assert {name: answer[name] for name in ("number", "query_code", "case", "case_url")} == {
        "number": "BZXF-2025-000001",
        "query_code": petition.query_code,
        "case": "BZXF-2025-000001",
        "case_url": "/api/cases/BZXF-2025-000001/",
    }
    assert [(clock["rule"], clock["legal"], clock["days_left"]) for clock in answer["clocks"]] == [
        ("triage", "2025-03-18", 15)
    ]


def test_wrong_values_are_told_field_by_field_in_chinese(office: Office) -> None:
    wrong = registration(office, topic="999999", requests="不是列表", phone="12", nonsense=1)
    response = program(office.clerk).post("/api/petitions/", wrong, format="json")
    assert (response.status_code, response.json()) == (
        400,
        {"requests": ["应为列表"], "nonsense": ["没有这一项，请核对名称"]},
    )


def test_a_title_that_a_program_sends_has_one_line(office: Office) -> None:
    sent = registration(office, title="车库\n漏水", name="刘\r\n某")
    number = program(office.clerk).post("/api/petitions/", sent, format="json").json()["case"]
    case = PetitionCase.objects.get(number=number)
    assert (case.title, case.lead.name) == ("车库 漏水", "刘 某")


def test_what_the_form_refuses_the_api_refuses(office: Office) -> None:
    wrong = registration(office, topic="999999", name="", id_kind="111", id_number="371602199003070010")
    response = program(office.clerk).post("/api/petitions/", wrong, format="json")
    assert (response.status_code, sorted(response.json())) == (400, ["id_number", "name", "topic"])


def test_a_repeat_joins_its_matter(office: Office) -> None:
    case = register(office).case
    response = program(office.clerk).post("/api/petitions/repeat/", repeat(office, case.number), format="json")
    case.refresh_from_db()
    assert (response.status_code, response.json()["case"], case.petition_count) == (201, case.number, 2)


def repeat(office: Office, number: str, **changes: Any) -> dict[str, Any]:
    """A repeat arrival as a program sends it."""
    given = registration(office, case=number, **changes)
    return {name: value for name, value in given.items() if name not in ("requests", "purpose", "topic", "region")}


def test_a_person_s_own_matter_of_another_office_can_be_joined(office: Office) -> None:
    case = register(office).case
    county = program(office.county_clerk)
    joined = county.post("/api/petitions/repeat/", repeat(office, case.number), format="json")
    other = county.post("/api/petitions/repeat/", repeat(office, case.number, phone="13900000000"), format="json")
    assert (joined.status_code, other.status_code, other.json()["field"]) == (201, 409, "case")


def test_a_registration_sent_again_under_its_key_registers_once(office: Office) -> None:
    clerk, headers = program(office.clerk), {"Idempotency-Key": "a1"}
    answers = [
        clerk.post("/api/petitions/", registration(office), format="json", headers=headers).json()["number"]
        for _ in range(2)
    ]
    other = clerk.post("/api/petitions/", registration(office, name="王某"), format="json", headers=headers)
    assert (answers[0] == answers[1], other.status_code, PetitionCase.objects.count()) == (True, 409, 1)


def test_an_outside_number_that_is_known_is_refused_in_words(office: Office) -> None:
    clerk = program(office.clerk)
    first, second = (
        clerk.post("/api/petitions/", registration(office, external_id="12345-7"), format="json") for _ in range(2)
    )
    assert first.status_code == 201
    assert (second.status_code, second.json()) == (
        409,
        {"detail": f"外部编号“12345-7”的来件已经登记，编号{first.json()['number']}。", "field": "external_id"},
    )


def test_an_attachment_goes_in_and_comes_out_as_it_was(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    handler = program(office.handler)
    upload = SimpleUploadedFile("笔录.txt", "询问笔录".encode())
    attached = handler.post(url_of(case, "attachments/"), {"file": upload}, format="multipart")
    assert (attached.status_code, attached.json()["name"], attached.json()["size"]) == (201, "笔录.txt", 12)
    out = handler.get(attached.json()["url"])
    assert b"".join(out.streaming_content).decode() == "询问笔录"  # type: ignore[attr-defined]
    assert list(AccessLog.objects.order_by("pk").values_list("act", flat=True)) == [AccessAct.OPEN, AccessAct.DOWNLOAD]


def test_a_program_is_no_attachment(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    upload = SimpleUploadedFile("附件.exe", b"MZ\x90\x00")
    response = program(office.handler).post(url_of(case, "attachments/"), {"file": upload}, format="multipart")
    assert (response.status_code, response.json()["field"]) == (409, "file")


def test_an_upload_needs_a_file(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    response = program(office.handler).post(url_of(case, "attachments/"), {}, format="multipart")
    assert (response.status_code, response.json()) == (400, {"file": ["请选择文件。"]})
