"""Reading by API: masked, filtered, page by page, in a fixed number of queries."""

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries
from rest_framework.test import APIClient

from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import AccessLog
from cases.states import State
from cases.vocabulary import Purpose
from tests.cases.api_client import program, registration, url_of
from tests.office import Office, case_in, register

pytestmark = pytest.mark.usefixtures("on_monday")


def test_an_arrival_is_read_masked(office: Office) -> None:
    petition = register(office)
    answer = program(office.clerk).get(f"/api/petitions/{petition.number}/").json()
    person = answer["person"]
    assert (answer["case"], person["name"], person["phone"], person["address"]) == (
        petition.case.number,
        "刘*",
        "138****0000",
        "****",
    )
    assert "query_code" not in answer


def test_a_matter_shows_no_number_of_the_petitioner_in_full(office: Office) -> None:
    case = case_in(office, State.CLOSED, summary="请回电13800000000")
    answer = program(office.handler).get(url_of(case)).content.decode()
    assert ("13800000000" in answer, "138****0000" in answer) == (False, True)


def test_a_draft_is_read_by_the_unit_alone(office: Office) -> None:
    case = case_in(office, State.DRAFTED)
    read = {
        who: program(getattr(office, who)).get(url_of(case)).json()["requests"][0]["answer"]
        for who in ("handler", "registrar")
    }
    assert read == {"handler": {"result": "explain", "text": "督促物业公司限期维修。"}, "registrar": None}


def test_a_clock_tells_how_its_day_was_found(office: Office) -> None:
    case = register(office).case
    clerk = program(office.clerk)
    answer = clerk.get(clerk.get(url_of(case)).json()["clocks"][0]["steps_url"]).json()
    assert (answer["rule"], answer["strict"], answer["legal"], len(answer["steps"]) > 1) == (
        "triage",
        "2025-03-18",
        "2025-03-18",
        True,
    )


def test_who_reads_a_sealed_matter_is_written_down(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    program(office.head).get(url_of(case))
    seen = AccessLog.objects.filter(act=AccessAct.OPEN_SEALED).values_list("user__username", "subject")
    assert list(seen) == [("head", case.number)]


def test_a_deadline_is_reckoned_as_on_the_command_line(office: Office) -> None:
    answer = program(office.clerk).get("/api/deadline/?rule=handling&start=2025-08-04&extend=30").json()
    assert {name: answer[name] for name in ("rule", "start", "strict", "legal", "provisional")} == {
        "rule": "handling",
        "start": "2025-08-04",
        "strict": "2025-11-02",
        "legal": "2025-11-03",
        "provisional": False,
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("rule=unknown&start=2025-08-04", "rule"),
        ("rule=triage&start=2025-02-30", "start"),
        ("rule=triage&start=1800-01-01", "start"),
        ("rule=triage&start=2025-08-04&extend=1", "extend"),
    ],
)
def test_a_reckoning_that_cannot_be_is_told_at_its_field(office: Office, query: str, field: str) -> None:
    response = program(office.clerk).get(f"/api/deadline/?{query}")
    assert (response.status_code, list(response.json())) == (400, [field])


def test_code_lists_are_searched(office: Office) -> None:
    clerk = program(office.clerk)
    assert clerk.get("/api/units/?q=水利").json() == [{"code": "bzsl", "name": "市水利局"}]
    assert clerk.get("/api/topics/?q=030504").json() == [
        {"code": "030504", "name": "城乡建设 / 住房保障与房地产 / 物业服务"}
    ]


def listed(client: APIClient, query: str = "") -> list[str]:
    return [row["number"] for row in client.get(f"/api/cases/{query}").json()["rows"]]


def test_the_list_is_filtered_by_queue_state_and_number(office: Office) -> None:
    new, triaged = register(office).case.number, case_in(office, State.TRIAGED).number
    registrar = program(office.registrar)
    assert listed(registrar) == [triaged, new]
    assert listed(registrar, "?queue=triage") == [new]
    assert listed(registrar, "?state=triaged") == [triaged]
    assert listed(registrar, f"?text={new}") == [new]
    assert listed(registrar, "?due=late") == []


@pytest.mark.parametrize("query", ["queue=handling", "queue=x", "state=x", "due=x", "text=13800000000"])
def test_a_filter_that_is_not_understood_is_told(office: Office, query: str) -> None:
    response = program(office.registrar).get(f"/api/cases/?{query}")
    assert (response.status_code, list(response.json())) == (400, [query.partition("=")[0]])


def test_the_list_is_read_page_by_page(office: Office) -> None:
    numbers = [register(office).case.number for _ in range(52)]
    registrar = program(office.registrar)
    first = registrar.get("/api/cases/?queue=triage").json()
    second = registrar.get("/api/cases/", {"queue": "triage", "after": first["after"]}).json()
    assert first["count"] == {"value": 52, "capped": False}
    assert [row["number"] for row in first["rows"] + second["rows"]] == numbers
    assert (first["before"], second["after"]) == ("", "")


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_takes_the_same_queries_for_every_length(
    office: Office, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        register(office)
    registrar = program(office.registrar)
    listed(registrar)
    # The token, its user's posts, the branches of the list of contents, the count, the rows.
    with django_assert_num_queries(5):
        assert len(listed(registrar, "?queue=desk")) == rows


@pytest.mark.parametrize("arrivals", [1, 20])
def test_a_matter_takes_no_more_queries_however_much_has_come(
    office: Office, arrivals: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = case_in(office, State.DELIVERED)
    handler, clerk = program(office.handler), program(office.clerk)
    given = registration(office, case=case.number)
    for name in ("requests", "purpose", "topic", "region"):
        del given[name]
    for _ in range(arrivals - 1):
        clerk.post("/api/petitions/repeat/", given, format="json")
    handler.get(url_of(case))
    # What came again may have been merged, and its number may be another matter's by now: both are looked up.
    with django_assert_max_num_queries(18 if arrivals == 1 else 22):
        assert len(handler.get(url_of(case)).json()["petitions"]) == arrivals


def test_the_charts_tell_the_way_the_duties_and_the_clocks(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    handler = program(office.handler)
    answer = handler.get(handler.get(url_of(case)).json()["charts_url"]).json()
    assert answer["flow"]["state"] == "handling"
    assert [each["move"] for each in answer["flow"]["steps"]] == [
        "register", "triage", "refer", "sign-for", "accept", "investigate",
    ]  # fmt: skip
    assert "draft" in [way["move"] for way in answer["flow"]["ways"]]
    assert "主办（责任单位）" in [duty["name"] for duty in answer["duties"]]
    assert [clock["id"] for clock in answer["clocks"]] == list(
        case.deadlines.order_by("started_on", "pk").values_list("pk", flat=True)
    )


def test_the_charts_of_an_unseen_matter_are_not_there(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    assert program(office.water_handler).get(url_of(case, "charts/")).status_code == 404


def test_a_letter_names_the_digest_of_its_signed_text(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    shown = {each["number"]: each["sha256"] for each in program(office.handler).get(url_of(case)).json()["letters"]}
    assert shown == {link.letter.number: link.letter.content_sha256() for link in case.letters.select_related("letter")}
    assert len(shown) > 0
