"""督办件 by a program: the same road as on the pages, with the same refusals."""

from typing import Any

import pytest
import time_machine

from cases.states import State
from supervision.models import Measure, Stage, SupervisionCase
from tests.cases.api_client import program
from tests.office import Office, case_in, moment
from tests.supervision.causes.late import LATE, issued, opened

URL = "/api/supervisions/"
AT = moment(2025, 3, 10)


@pytest.fixture(autouse=True)
def that_day() -> Any:
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def brought_up(office: Office, **changes: Any) -> Any:
    given = {
        "case": case_in(office, State.HANDLING).number, "measure": "site", "unit": "bzzj", "problem": "未开展调查",
    }  # fmt: skip
    return program(office.registrar).post(URL, given | changes, format="json")


def test_a_program_goes_the_whole_road_of_an_inspection(office: Office) -> None:
    one = f"{URL}{brought_up(office).json()['id']}/"
    told = {"held_on": "2025-03-10", "text": "查看", "findings": ["慢"], "due_on": "2025-03-20"}
    assert program(office.registrar).post(f"{one}record/", told, format="json").json()["stage"] == Stage.ISSUED
    written = program(office.handler).post(f"{one}answer/", {"text": "已办"}, format="json")
    assert written.json()["stage"] == Stage.SIGNING
    assert program(office.head).get(one).json()["answers"] == []
    answered = program(office.unit_head).post(f"{one}sign-answer/", {}, format="json").json()
    assert (answered["stage"], answered["answers"][0]["signed_by"]) == (Stage.ANSWERED, office.unit_head.user.name)
    verdict = {"is_accepted": "yes", "way": "phone", "held_on": "2025-03-10", "text": "属实"}
    assert program(office.head).post(f"{one}recheck/", verdict, format="json").json()["stage"] == Stage.SETTLED


def test_bad_input_is_told_at_its_field(office: Office) -> None:
    answer = brought_up(office, case="371600-XF-0000", measure="x")
    assert (answer.status_code, set(answer.json())) == (400, {"case", "measure"})


def test_a_refusal_names_its_field(office: Office) -> None:
    one = f"{URL}{brought_up(office).json()['id']}/"
    told = {"held_on": "2025-03-10", "text": "查看", "findings": ["慢"]}
    answer = program(office.registrar).post(f"{one}record/", told, format="json")
    assert (answer.status_code, answer.json()["field"]) == (409, "due_on")


@pytest.mark.parametrize(("who", "code"), [("head", 200), ("handler", 404), ("water_handler", 404), ("clerk", 404)])
def test_who_reads_what_has_not_gone_out(office: Office, who: str, code: int) -> None:
    pk = brought_up(office).json()["id"]
    assert program(getattr(office, who)).get(f"{URL}{pk}/").status_code == code


def test_the_letter_is_drafted_with_its_facts(office: Office, that_day: Any) -> None:
    found = opened(office)
    that_day.move_to(LATE)
    facts = {"addressee": "市住房和城乡建设局", "problem": "逾期", "findings": ["逾期3天"], "demands": ["限期办结"]}
    client = program(office.registrar)
    assert client.post(f"{URL}{found.pk}/draft/", {"facts": facts}, format="json").json()["stage"] == Stage.DRAFTED
    again = client.post(f"{URL}{found.pk}/draft/", {"facts": facts}, format="json")
    assert (again.status_code, "正在拟制" in again.json()["detail"]) == (409, True)


def test_a_proposal_is_drafted_for_a_body_that_is_named(office: Office) -> None:
    pk = brought_up(office, measure="improvement").json()["id"]
    client = program(office.registrar)
    answer = client.post(f"{URL}{pk}/draft/", {"facts": {"addressee": "市水利局"}}, format="json")
    assert answer.json()["unit"]["code"] == "bzsl"


def test_the_list_is_narrowed_and_takes_no_unknown_word(office: Office) -> None:
    issued(office)
    client = program(office.head)
    rows = client.get(URL, {"measure": "supervision", "stage": "issued"}).json()["rows"]
    assert [row["measure"] for row in rows] == [Measure.SUPERVISION]
    assert client.get(URL, {"stage": "burnt"}).status_code == 400
    assert program(office.clerk).get(URL).status_code == 403


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_costs_the_same_for_one_and_fifty(office: Office, number: int, django_assert_num_queries: Any) -> None:
    found = opened(office)
    SupervisionCase.objects.bulk_create(
        SupervisionCase(
            case=found.case, office=found.office, unit=found.unit, measure=found.measure, trigger=found.trigger,
            key=f"more:{place}", problem="慢", article="", opened_at=LATE,
        )
        for place in range(number - 1)
    )  # fmt: skip
    client = program(office.head)
    with django_assert_num_queries(QUERIES):
        assert client.get(URL).status_code == 200


QUERIES = 5
