"""一案双督三查 by a program: the same sheet, with the same refusals, as on the page."""

from typing import Any

import pytest
import time_machine

from cases.models import PetitionCase
from cases.states import State
from supervision.inspections.items import ITEMS, Calm, Fulfilment, Standing
from supervision.models import Inspection, SupervisionCase
from tests.cases.api_client import program
from tests.office import Office, case_in, moment
from tests.supervision.inspections.test_inspections import GOOD, held

URL = "/api/inspections/"
AT = moment(2025, 3, 10)
SHEET = {item.code: GOOD[item.answers].value for item in ITEMS} | {"held_on": "2025-03-10", "conclusion": "总体到位"}


@pytest.fixture(autouse=True)
def that_day() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def sent(office: Office, case: PetitionCase | None = None, **changes: Any) -> Any:
    number = (case or case_in(office, State.CLOSED)).number
    return program(office.head).post(f"{URL}new/{number}/", SHEET | changes, format="json")


def test_the_sheet_says_what_the_file_knows_and_what_may_be_answered(office: Office) -> None:
    number = case_in(office, State.CLOSED).number
    items = program(office.head).get(f"{URL}new/{number}/").json()["items"]
    by_code = {item["code"]: item for item in items}
    assert [item["code"] for item in items] == [item.code for item in ITEMS]
    assert by_code["accepted"]["proposed"] == Standing.IN_ORDER
    assert by_code["calmed"]["answers"] == dict(Calm.choices)
    assert by_code["authority"]["who"] == office.housing.name


def test_a_program_keeps_an_inspection_and_is_told_what_follows(office: Office) -> None:
    answer = sent(office, leader="derelict", leader_finding="未研究", leader_who="李某").json()
    assert (answer["substance"], answer["procedure"], answer["left_to_itself"]) == (100, 100, [])
    assert [row["measure"] for row in answer["brought_up"]] == ["liability"]
    line = next(line for line in answer["lines"] if line["code"] == "leader")
    assert (line["answer"], line["finding"], line["who"]) == (Fulfilment.DERELICT, "未研究", "李某")
    assert program(office.head).get(answer["url"]).json() == answer


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"calmed": "perhaps"}, 400, "calmed"),
        ({"calmed": None}, 400, "calmed"),
        ({"conclusion": ""}, 400, "conclusion"),
        ({"finding": "不存在的项目"}, 400, "finding"),
        ({"solved": "not-in-order"}, 400, "solved_finding"),
        ({"held_on": "2025-03-11"}, 409, "held_on"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(
    office: Office, changes: dict[str, Any], code: int, field: str
) -> None:
    answer = sent(office, **changes)
    named = set(answer.json()) if code == 400 else {answer.json()["field"]}
    assert (answer.status_code, named) == (code, {field})
    assert (Inspection.objects.count(), SupervisionCase.objects.count()) == (0, 0)


@pytest.mark.parametrize(("who", "code"), [("registrar", 403), ("unit_head", 403), ("inspector", 200), ("head", 200)])
def test_who_lists_inspections(office: Office, who: str, code: int) -> None:
    assert program(getattr(office, who)).get(URL).status_code == code


def test_a_sealed_matter_has_no_sheet(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    client = program(office.head)
    assert client.get(f"{URL}new/{case.number}/").status_code == 404
    assert client.post(f"{URL}new/{case.number}/", SHEET, format="json").status_code == 404


def test_an_inspection_of_what_was_sealed_since_is_gone(office: Office) -> None:
    made = held(office)
    PetitionCase.objects.filter(pk=made.case_id).update(is_sealed=True)
    client = program(office.head)
    assert client.get(f"{URL}{made.pk}/").status_code == 404
    assert client.get(URL).json()["rows"] == []


def test_the_list_is_narrowed_by_what_followed_and_takes_no_unknown_word(office: Office) -> None:
    held(office)
    wrong = held(office, leader=(Fulfilment.DERELICT, "未研究"))
    client = program(office.head)
    rows = client.get(URL, {"result": "liability"}).json()["rows"]
    assert [row["id"] for row in rows] == [wrong.pk]
    assert client.get(URL, {"result": "burnt"}).status_code == 400


def test_numbers_that_identify_a_person_leave_masked(office: Office) -> None:
    made = held(office, solved=(Standing.NOT_IN_ORDER, "电话13812345678无人接听"))
    lines = program(office.head).get(f"{URL}{made.pk}/").json()["lines"]
    assert lines[0]["finding"] == "电话138****5678无人接听"


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_costs_the_same_for_one_and_fifty(office: Office, number: int, django_assert_num_queries: Any) -> None:
    first = held(office)
    Inspection.objects.bulk_create(
        Inspection(
            case=first.case, office=first.office, by_user=first.by_user, held_on=first.held_on, at=AT,
            answers=first.answers, conclusion="总体到位",
        )
        for _ in range(number - 1)
    )  # fmt: skip
    client = program(office.head)
    with django_assert_num_queries(QUERIES):
        assert len(client.get(URL).json()["rows"]) == number


QUERIES = 5
