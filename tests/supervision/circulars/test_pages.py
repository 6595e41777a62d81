"""The pages of 通报, from the empty form to the paper."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
import time_machine

from cases.models import PetitionCase, Verdict
from cases.states import State
from cases.window.registration import register_repeat
from supervision.models import Circular, CircularStage
from tests.cases.pages import signed_in, version_in
from tests.office import Office, arrival, case_in, moment
from tests.supervision.circulars.circulated import AT, HOUSING, MAY, drafted, signed
from tests.supervision.figures.said import evaluated

LEGAL_BEFORE = date(2025, 4, 1)

pytestmark = pytest.mark.usefixtures("on_that_day")


@pytest.fixture
def on_that_day() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


LIST = "/supervision/circulars/"
SENT = {"title": "关于5月工作的通报", "since": "2025-05-01", "until": "2025-05-31", "demands": "限期整改\n逐件销号"}

CONFIRMED = {"confirmed": "yes"}


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
    assert head.post(f"{made}sign/", CONFIRMED | {"version": version}).status_code == 302
    found = Circular.objects.get()
    unit = signed_in(office.handler)
    page, paper = (unit.get(url).content.decode() for url in (made, f"{made}print/"))
    assert all(word in page for word in (found.number, found.sha256, HOUSING))
    assert all(word in paper for word in (found.number, "二、工作要求", "<p>逐件销号</p>", HOUSING))


def test_what_was_read_before_a_change_is_not_signed(office: Office) -> None:
    found = drafted(office)
    assert signed_in(office.head).post(f"{LIST}{found.pk}/sign/", CONFIRMED).status_code == 409
    assert Circular.objects.get().stage == CircularStage.DRAFTED


def test_it_goes_to_all_only_after_a_second_look(office: Office) -> None:
    case_in(office, State.HANDLING)
    found, head = drafted(office), signed_in(office.head)
    url = f"{LIST}{found.pk}/sign/"
    first = head.post(url, {"version": found.version})
    html = first.content.decode()
    assert (first.status_code, Circular.objects.get().stage) == (200, CircularStage.DRAFTED)
    assert "市住房和城乡建设局 吴负责" in html
    assert "确认签发" in head.get(url).content.decode()
    assert head.post(url, CONFIRMED | {"version": version_in(html)}).status_code == 302
    assert Circular.objects.get().stage == CircularStage.ISSUED


def test_the_second_look_says_what_would_stop_it(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    found = drafted(office)
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    html = signed_in(office.head).get(f"{LIST}{found.pk}/sign/").content.decode()
    assert ("重新汇总" in html, "确认签发" in html) == (True, False)
    assert signed_in(office.registrar).get(f"{LIST}{found.pk}/sign/").status_code == 403


def test_a_unit_without_a_head_is_named_before_the_issue(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    case.deadlines.running().update(unit=office.housing_below)
    html = signed_in(office.head).get(f"{LIST}{drafted(office).pk}/sign/").content.decode()
    assert "市住房和城乡建设局滨城分局：现在没有登记负责人" in html


def links_in(html: str) -> list[tuple[str, int]]:
    found = re.findall(r'href="(/supervision/circulars/\d+/figures/[^"]+)">(\d+)</a>', html)
    return [(unescape(url), int(number)) for url, number in found]


def test_each_number_opens_exactly_what_it_counted_whatever_came_since(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    register_repeat(arrival(MAY.since), case, by=office.clerk, at=moment(2025, 5, 9))
    closed = case_in(office, State.CLOSED, at=moment(2025, 5, 8))
    evaluated(closed, office.clerk, of_unit=Verdict.UNSATISFIED, at=moment(2025, 5, 9))
    signed(office)
    case.deadlines.running().update(met_on=date(2025, 5, 1))  # entered long afterwards
    page = signed_in(office.leader)
    links = links_in(page.get(f"{LIST}{Circular.objects.get().pk}/").content.decode())
    assert len(links) == 2 * 3  # of the unit, and of all
    for url, number in links:
        assert page.get(url).content.decode().count("data-row>") == number, url
        told = page.get(url.replace("/supervision/", "/api/")).json()
        assert (told["told"], told["count"]["value"], len(told["rows"])) == (number, number, number), url


def test_a_number_tells_how_many_are_out_of_sight(office: Office) -> None:
    first, _ = case_in(office, State.HANDLING), case_in(office, State.HANDLING)
    found = signed(office)
    PetitionCase.objects.filter(pk=first.pk).update(is_sealed=True)
    html = signed_in(office.leader).get(f"{LIST}{found.pk}/figures/late/?unit=bzzj").content.decode()
    assert html.count("data-row>") == 1
    assert '其中 <b class="num">1</b> 项现在不在您可以查阅的范围内' in html


@pytest.mark.parametrize(
    ("who", "code", "status"),
    [
        ("leader", "", 200), ("leader", "bzzj", 200), ("unit_head", "bzzj", 200), ("unit_head", "", 404),
        ("water_head", "bzzj", 404), ("county_head", "bzzj", 404), ("inspector", "", 404), ("clerk", "bzzj", 404),
    ],
)  # fmt: skip
def test_lists_open_to_who_sees_the_area_and_to_the_unit_itself(
    office: Office, who: str, code: str, status: int
) -> None:
    case_in(office, State.HANDLING)
    found = signed(office)
    url = f"{LIST}{found.pk}/figures/late/" + (f"?unit={code}" if code else "")
    assert signed_in(getattr(office, who)).get(url).status_code == status
    assert signed_in(getattr(office, who)).get(f"{LIST}{found.pk}/figures/nothing/").status_code == 404


def test_each_number_stands_beside_the_month_before(office: Office) -> None:
    for day in (1, 30):
        case_in(office, State.HANDLING).deadlines.running().update(legal_on=date(2025, 4, day), strict_on=LEGAL_BEFORE)
    case_in(office, State.HANDLING)
    line = drafted(office).lines[0]
    cell = line.cells[0]
    assert (cell.count, cell.before, cell.change) == (1, 2, "-1")
    assert drafted(office).before == (date(2025, 4, 1), date(2025, 4, 30))


def test_what_was_issued_before_tells_no_comparison_and_opens_nothing(office: Office) -> None:
    case_in(office, State.HANDLING)
    found = drafted(office)
    old = {**found.figures, "rows": [{**row} for row in found.figures["rows"]]}
    for row in old["rows"]:
        del row["before"]
    del old["before"], old["total_before"]
    Circular.objects.filter(pk=found.pk).update(figures=old, items={})
    html = signed_in(office.head).get(f"{LIST}{found.pk}/").content.decode()
    assert (links_in(html), "上期" in html) == ([], False)


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
