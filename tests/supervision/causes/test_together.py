"""Several 督办件 at once: what can be done with them, an honest count before, a result for each afterwards."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from pytest_django.fixtures import DjangoAssertNumQueries

from cases.models import LetterDraft
from cases.states import State
from cases.watch.sweep import sweep
from supervision.models import Measure, Stage, SupervisionCase
from tests.cases.pages import signed_in
from tests.office import Office, case_in
from tests.supervision.causes.late import LATE, issued, opened

pytestmark = pytest.mark.usefixtures("on_that_day")
LIST = "/supervision/letters/"
QUERIES = 9


@pytest.fixture
def on_that_day() -> object:
    with time_machine.travel(LATE + timedelta(days=2), tick=False) as traveller:
        yield traveller


def url(step: str) -> str:
    return f"{LIST}together/{step}/"


def reminders(office: Office, number: int = 2) -> list[SupervisionCase]:
    """风险提醒函 that the system has brought up."""
    for _ in range(number):
        case_in(office, State.HANDLING)
    sweep(at=LATE)
    SupervisionCase.objects.update(measure=Measure.RISK)
    return list(SupervisionCase.objects.order_by("pk")[:number])


def chosen(*causes: SupervisionCase) -> dict[str, Any]:
    return {"n": [cause.pk for cause in causes]}


def test_the_list_tells_of_each_row_what_can_be_done_with_several(office: Office) -> None:
    reminders(office)
    html = signed_in(office.registrar).get(LIST).content.decode()
    assert ('data-moves="draft drop"' in html, f'formaction="{url("drop")}"' in html) == (True, True)


def test_who_only_reads_along_ticks_nothing(office: Office) -> None:
    reminders(office)
    assert "data-moves" not in signed_in(office.leader).get(LIST).content.decode()


def test_reminders_are_drafted_at_once_each_from_its_own_cause(office: Office) -> None:
    first, second = reminders(office)
    client = signed_in(office.registrar)
    assert "拟函 2 件" in client.get(url("draft"), chosen(first, second)).content.decode()

    html = client.post(url("draft"), chosen(first, second)).content.decode()
    assert "拟函：办好 2 件" in html
    assert {cause.stage for cause in SupervisionCase.objects.filter(pk__in=[first.pk, second.pk])} == {Stage.DRAFTED}
    assert {draft.facts["case_number"] for draft in LetterDraft.objects.all()} == {
        first.case.number,
        second.case.number,
    }


def test_any_other_letter_is_written_alone(office: Office) -> None:
    found = opened(office)
    html = signed_in(office.registrar).get(url("draft"), chosen(found)).content.decode()
    assert ("不能拟函的 1 件" in html, "请逐件拟制" in html) == (True, True)
    html = signed_in(office.registrar).post(url("draft"), chosen(found)).content.decode()
    assert ("未能办理 1 件" in html, LetterDraft.objects.exists()) == (True, False)


def test_one_that_is_refused_leaves_the_others_done_and_says_why(office: Office) -> None:
    first, second = reminders(office)
    client = signed_in(office.registrar)
    client.post(url("draft"), chosen(second))

    html = client.post(url("drop"), chosen(first, second) | {"reason": "已当日办结"}).content.decode()
    assert ("不予督办：办好 1 件，未能办理 1 件" in html, "正在拟制" in html) == (True, True)
    assert [cause.stage for cause in (first, second) if cause.refresh_from_db() is None] == [
        Stage.DROPPED,
        Stage.DRAFTED,
    ]


def test_a_reason_that_is_missing_is_asked_for_once_and_nothing_is_done(office: Office) -> None:
    first, second = reminders(office)
    answer = signed_in(office.registrar).post(url("drop"), chosen(first, second))
    assert (answer.status_code, answer.content.decode().count("请写明理由。")) == (422, 1)
    assert set(SupervisionCase.objects.values_list("stage", flat=True)) == {Stage.PENDING}


def test_a_unit_signs_for_what_it_was_sent(office: Office) -> None:
    found = issued(office)
    html = signed_in(office.unit_head).post(url("receipt"), chosen(found)).content.decode()
    found.refresh_from_db()
    assert ("签收：办好 1 件" in html, found.received_at is not None) == (True, True)


@pytest.mark.parametrize("who", ["water_handler", "clerk", "leader"])
def test_a_stranger_takes_no_step(office: Office, who: str) -> None:
    (found,) = reminders(office, 1)
    signed_in(getattr(office, who)).post(url("drop"), chosen(found) | {"reason": "无"})
    found.refresh_from_db()
    assert found.stage == Stage.PENDING


@pytest.mark.parametrize("step", ["judge", "no-such"])
def test_a_step_about_one_alone_is_taken_with_one_alone(office: Office, step: str) -> None:
    assert signed_in(office.registrar).get(url(step)).status_code == 404


@pytest.mark.parametrize("number", ["x", "9" * 12, "-1", "\x00"])
def test_what_is_no_number_finds_nothing(office: Office, number: str) -> None:
    assert signed_in(office.registrar).get(url("drop"), {"n": number}).status_code == 200


@pytest.mark.parametrize("number", [1, 6])
def test_the_list_costs_the_same_for_one_and_many(
    office: Office, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reminders(office, number)
    client = signed_in(office.registrar)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)
