"""通报 by a program: drafted, changed, signed by another hand, with the same refusals as on the page."""

from typing import Any

import pytest
import time_machine

from supervision.models import Circular, CircularStage
from tests.cases.api_client import program
from tests.office import Office
from tests.supervision.circulars.circulated import AT, drafted, signed

URL = "/api/circulars/"
TEXT = {"title": "关于5月工作的通报", "since": "2025-05-01", "until": "2025-05-31", "demands": "限期整改"}


@pytest.fixture(autouse=True)
def that_day() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def test_a_program_goes_the_whole_road_of_a_circular(office: Office) -> None:
    writer, signer = program(office.registrar), program(office.head)
    made = writer.post(URL, TEXT, format="json").json()
    assert (made["stage"], made["acts"]) == (CircularStage.DRAFTED, ["revise", "recompute", "discard"])
    changed = TEXT | {"problems": "个别单位逾期", "version": made["version"]}
    made = writer.post(f"{made['url']}revise/", changed, format="json").json()
    assert made["problems"] == "个别单位逾期"
    issued = signer.post(f"{made['url']}sign/", {"version": made["version"]}, format="json").json()
    assert (issued["stage"], issued["number"], issued["acts"]) == (CircularStage.ISSUED, "滨信通报〔2025〕1号", [])
    assert issued["sha256"] == Circular.objects.get().content_sha256()


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"demands": " "}, 400, "demands"),
        ({"since": "5月1日"}, 400, "since"),
        ({"total": 0}, 400, "total"),
        ({"until": "2025-04-30"}, 409, "until"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(
    office: Office, changes: dict[str, Any], code: int, field: str
) -> None:
    answer = program(office.registrar).post(URL, TEXT | changes, format="json")
    named = set(answer.json()) if code == 400 else {answer.json()["field"]}
    assert (answer.status_code, named, Circular.objects.exists()) == (code, {field}, False)


def test_who_wrote_it_does_not_sign_it(office: Office) -> None:
    made = drafted(office)
    answer = program(office.registrar).post(f"{URL}{made.pk}/sign/", {"version": 1}, format="json")
    assert (answer.status_code, answer.json()["detail"]) == (403, "拟稿人不能签发这份通报，请由其他有权的人员办理。")


@pytest.mark.parametrize("act", ["sign", "revise", "recompute", "discard"])
def test_an_act_on_what_has_changed_since_is_refused(office: Office, act: str) -> None:
    made = drafted(office)
    Circular.objects.update(version=2)
    by = office.registrar if act == "revise" else office.head
    given = {"version": 1} | (TEXT if act == "revise" else {})
    answer = program(by).post(f"{URL}{made.pk}/{act}/", given, format="json")
    assert (answer.status_code, "刚刚已由他人办理" in answer.json()["detail"]) == (409, True)


def test_an_act_without_the_version_that_was_read_is_refused(office: Office) -> None:
    made = drafted(office)
    assert program(office.head).post(f"{URL}{made.pk}/sign/", {}, format="json").json() == {"version": ["请填写版本。"]}


@pytest.mark.parametrize(("who", "code"), [("head", 200), ("inspector", 200), ("clerk", 404), ("handler", 404)])
def test_a_draft_exists_for_those_who_work_on_it(office: Office, who: str, code: int) -> None:
    assert program(getattr(office, who)).get(f"{URL}{drafted(office).pk}/").status_code == code


@pytest.mark.parametrize("who", ["clerk", "handler", "water_handler"])
def test_what_was_issued_is_read_by_every_unit_of_the_area(office: Office, who: str) -> None:
    found = signed(office)
    client = program(getattr(office, who))
    assert client.get(f"{URL}{found.pk}/").json()["number"] == found.number
    assert [row["id"] for row in client.get(URL).json()["rows"]] == [found.pk]


def test_the_list_is_narrowed_by_stage_and_takes_no_unknown_word(office: Office) -> None:
    issued, waiting = signed(office), drafted(office)
    client = program(office.head)
    assert [row["id"] for row in client.get(URL, {"stage": "drafted"}).json()["rows"]] == [waiting.pk]
    assert [row["id"] for row in client.get(URL).json()["rows"]] == [waiting.pk, issued.pk]
    assert client.get(URL, {"stage": "burnt"}).status_code == 400


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_costs_the_same_for_one_and_fifty(office: Office, number: int, django_assert_num_queries: Any) -> None:
    for _ in range(number):
        drafted(office)
    client = program(office.head)
    with django_assert_num_queries(QUERIES):
        assert len(client.get(URL).json()["rows"]) == number


QUERIES = 5
