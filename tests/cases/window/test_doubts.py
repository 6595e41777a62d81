"""Improbable entries at the window: asked back at their field, taken once they are confirmed, kept by the event."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from stdnum.cn import ric

from cases.models import Petition, PetitionCase
from cases.states import Move
from tests.cases.api_client import program
from tests.cases.desk import FORM, earlier, faults, rows, send
from tests.office import MONDAY, Office

URL = "/api/petitions/"
# MONDAY is 3 March 2025.
OTHER_STEM = "37160219750101102"
OTHER_ID = OTHER_STEM + ric.calc_check_digit(f"{OTHER_STEM}0")


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


def id_of_birth(day: str) -> str:
    stem = f"371602{day}101"
    return stem + ric.calc_check_digit(f"{stem}0")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"arrived_on": "2025-02-27"}, "arrived_on"),
        ({"id_number": id_of_birth("19140302")}, "born_on"),
        (rows(("representative", "刘小芳", "", "")), "companions"),
        (rows(("representative", "王某", "", "13800000001"), ("joint", "王某", "", "")), "companions"),
    ],
)
def test_what_is_improbable_is_asked_back_and_taken_once_confirmed(
    office: Office, changes: dict[str, Any], field: str
) -> None:
    answer = send(office.clerk, **changes)
    assert (list(faults(answer)), Petition.objects.count()) == ([field], 0)
    assert f'name="confirmed" value="{field}"' in answer.content.decode()

    assert send(office.clerk, confirmed=[field], **changes).status_code == 302
    event = PetitionCase.objects.get().events.get(kind=Move.REGISTER)
    assert (len(event.detail["confirmed"]), "核对" in event.detail["confirmed"][0]) == (1, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"arrived_on": "2025-02-28"},
        {"arrived_on": "2025-02-20", "channel": "letter"},
        {"id_number": id_of_birth("19140304")},
        rows(("representative", "王某", OTHER_ID, ""), ("joint", "王某", id_of_birth("19800101"), "")),
    ],
)
def test_what_is_usual_is_asked_nothing(office: Office, changes: dict[str, Any]) -> None:
    assert send(office.clerk, **changes).status_code == 302
    assert "confirmed" not in PetitionCase.objects.get().events.get(kind=Move.REGISTER).detail


def test_a_phone_that_belongs_to_another_paper_is_asked_back(office: Office) -> None:
    earlier(office)
    assert list(faults(send(office.clerk, id_number=OTHER_ID, name="王建军"))) == ["phone"]
    assert send(office.clerk, id_number=OTHER_ID, name="王建军", confirmed=["phone"]).status_code == 302


def test_the_phone_of_a_report_of_wrongdoing_is_not_told(office: Office) -> None:
    case = earlier(office)
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    assert send(office.clerk, id_number=OTHER_ID, name="王建军").status_code == 302


def test_the_tick_of_one_question_answers_no_other(office: Office) -> None:
    changes = {"arrived_on": "2025-02-20"}
    assert list(faults(send(office.clerk, confirmed=["phone"], **changes))) == ["arrived_on"]


def test_nothing_is_asked_back_while_something_is_wrong(office: Office) -> None:
    assert list(faults(send(office.clerk, arrived_on="2025-02-20", content=""))) == ["content"]


def test_the_api_asks_back_in_the_same_words(office: Office) -> None:
    given = {
        **{name: value for name, value in FORM.items() if name != "once"},
        "people": 1,
        "requests": ["请求督促维修"],
        "arrived_on": "2025-02-20",
    }
    client = program(office.clerk)
    refused = client.post(URL, given, format="json")
    assert (refused.status_code, list(refused.json())) == (400, ["arrived_on"])
    taken = client.post(URL, given | {"confirmed": ["arrived_on"]}, format="json")
    assert (taken.status_code, Petition.objects.get().arrived_on) == (201, date(2025, 2, 20))


def test_the_api_takes_companions_as_a_list_and_says_which_one_is_wrong(office: Office) -> None:
    given = {**{name: value for name, value in FORM.items() if name != "once"}, "people": 2, "requests": ["请求维修"]}
    client = program(office.clerk)
    wrong = given | {"companions": [{"role": "agent", "name": "王某", "id_number": "1"}]}
    assert client.post(URL, wrong, format="json").json() == {
        "companions": ["第1行：证件号码看不出是哪种证件，请核对是否输错。"]
    }
    taken = given | {"companions": [{"role": "agent", "name": "王某", "phone": "13800000009"}]}
    assert client.post(URL, taken, format="json").status_code == 201
    assert [one.petitioner.name for one in Petition.objects.get().companions.all()] == ["王某"]


def test_files_are_kept_with_the_registration(office: Office) -> None:
    files = [SimpleUploadedFile("收据.txt", b"1"), SimpleUploadedFile("合同.txt", b"2")]
    assert send(office.clerk, attachments=files).status_code == 302
    assert sorted(file.name for file in PetitionCase.objects.get().attachments.all()) == ["合同.txt", "收据.txt"]


def test_a_file_that_is_not_taken_registers_nothing(office: Office) -> None:
    answer = send(office.clerk, attachments=[SimpleUploadedFile("程序.exe", b"MZ")])
    assert (list(faults(answer)), Petition.objects.count()) == (["attachments"], 0)
    assert "请重新选择：程序.exe" in answer.content.decode()
