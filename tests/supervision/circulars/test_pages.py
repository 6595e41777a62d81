"""The pages of 通报, from the empty form to the paper."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from cases.states import State
from supervision.models import Circular, CircularStage
from tests.cases.pages import signed_in, version_in
from tests.office import Office, case_in
from tests.supervision.circulars.circulated import AT, HOUSING, MAY, drafted

pytestmark = pytest.mark.usefixtures("on_that_day")


@pytest.fixture
def on_that_day() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


LIST = "/supervision/circulars/"
SENT = {"title": "关于5月工作的通报", "since": "2025-05-01", "until": "2025-05-31", "demands": "限期整改\n逐件销号"}


def test_the_form_proposes_the_month_before(office: Office) -> None:
    form = signed_in(office.registrar).get(f"{LIST}new/").context["form"]
    assert (form.initial["since"], form.initial["until"]) == (MAY.since, MAY.until)


def test_a_fault_stands_at_its_field_and_nothing_is_made(office: Office) -> None:
    answer = signed_in(office.registrar).post(f"{LIST}new/", SENT | {"until": "2025-07-01", "demands": "x"})
    assert (answer.status_code, Circular.objects.count()) == (422, 0)
    assert answer.context["form"].errors["until"] == ["统计截止日不能晚于今天。"]


def test_it_is_drafted_signed_and_printed(office: Office) -> None:
    case_in(office, State.HANDLING)
    made = signed_in(office.registrar).post(f"{LIST}new/", SENT)["Location"]
    head = signed_in(office.head)
    version = version_in(head.get(made).content.decode())
    assert head.post(f"{made}sign/", {"version": version}).status_code == 302
    found = Circular.objects.get()
    unit = signed_in(office.handler)
    page, paper = (unit.get(url).content.decode() for url in (made, f"{made}print/"))
    assert all(word in page for word in (found.number, found.sha256, HOUSING))
    assert all(word in paper for word in (found.number, "二、工作要求", "<p>逐件销号</p>", HOUSING))


def test_what_was_read_before_a_change_is_not_signed(office: Office) -> None:
    found = drafted(office)
    assert signed_in(office.head).post(f"{LIST}{found.pk}/sign/", {}).status_code == 409
    assert Circular.objects.get().stage == CircularStage.DRAFTED


def test_a_revision_is_typed_over_what_was_written(office: Office) -> None:
    found, client = drafted(office), signed_in(office.inspector)
    url = f"{LIST}{found.pk}/revise/"
    form = client.get(url)
    assert form.context["form"].initial["demands"] == "限期整改"
    sent = SENT | {"version": version_in(form.content.decode())}
    assert client.post(url, sent).status_code == 302
    assert Circular.objects.get().demands == "限期整改\n逐件销号"
    again = client.post(url, sent | {"demands": "又改"})
    assert (again.status_code, "已由他人办理" in again.content.decode()) == (422, True)


def test_a_draft_does_not_exist_for_a_unit(office: Office) -> None:
    found, client = drafted(office), signed_in(office.unit_head)
    assert 'name="stage"' not in client.get(LIST).content.decode()
    urls = [f"{LIST}{found.pk}/{end}" for end in ("", "print/", "sign/", "revise/")]
    assert [client.get(url).status_code for url in urls] == [404, 404, 404, 404]
    assert found.title not in client.get(LIST).content.decode()


def test_an_act_that_there_is_not_is_not_found(office: Office) -> None:
    assert signed_in(office.head).get(f"{LIST}{drafted(office).pk}/burn/").status_code == 404


def test_a_discarded_draft_leaves_the_list(office: Office) -> None:
    found, client = drafted(office), signed_in(office.registrar)
    client.post(f"{LIST}{found.pk}/discard/", {"version": found.version})
    assert found.title not in client.get(LIST).content.decode()
    assert found.title in client.get(f"{LIST}?stage=discarded").content.decode()


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_costs_the_same_for_one_and_fifty(office: Office, number: int, django_assert_num_queries: Any) -> None:
    for _ in range(number):
        drafted(office)
    client = signed_in(office.head)
    client.get(LIST)
    with django_assert_num_queries(5):
        assert client.get(LIST).status_code == 200
