"""Every figure of the supervision home opens exactly its list, for everybody who sees the page."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db.models import QuerySet
from django.test import Client

from cases.drafts.verbs import check
from cases.models import Deadline, PetitionCase
from cases.states import State
from supervision.causes import verbs
from supervision.queries import NO_UNIT, lights_by_unit
from tests.cases.pages import signed_in
from tests.factories import PostFactory
from tests.office import Office, case_in, register
from tests.supervision.causes.late import LATE, drafted, issued, opened
from tests.supervision.figures.test_proposals import gone_out

# A figure is the text of a link, or stands in bold in front of its name.
FIGURE = re.compile(r'href="(/supervision/[^"]*\?[^"]+)"[^>]*>(?:<b class="num">)?(\d+)(?:<| )')
WHO = ["head", "leader", "registrar", "unit_head", "inspector"]


def ends(clocks: QuerySet[Deadline], *, days: int) -> None:
    """So many days after the day of these tests."""
    day = LATE.date() + timedelta(days=days)
    clocks.update(strict_on=day, legal_on=day)


@pytest.fixture
def busy(office: Office) -> None:
    """Something behind every tile, something late and something soon due, at two units and at none."""
    opened(office)
    drafted(office, opened(office))
    checker = PostFactory(unit=office.bureau, role="registrar")
    check(drafted(office, opened(office)), by=checker, at=LATE)
    issued(office)
    answered = issued(office)
    verbs.answer(answered, text="已整改", by=office.unit_head, at=LATE)
    late = issued(office)
    ends(Deadline.objects.filter(pk=late.clock_id), days=-6)
    gone_out(office)
    for days in (2, 0):
        soon = case_in(office, State.REFERRED, at=LATE)
        ends(soon.deadlines.running(), days=days)
    Deadline.objects.filter(case=case_in(office, State.HANDLING)).update(unit=None)
    register(office)


def figures(client: Client, query: str = "") -> list[tuple[str, int]]:
    html = client.get(f"/supervision/{query}").content.decode()
    return [(url.replace("&amp;", "&"), int(number)) for url, number in FIGURE.findall(html)]


def length(client: Client, url: str) -> int:
    """The rows of the list, page after page."""
    rows, address = 0, url
    while address:
        html = client.get(address).content.decode()
        rows += html.count("data-row>")
        further = re.search(r'href="([^"]*after=[^"]*)"', html)
        address = url.partition("?")[0] + further[1].replace("&amp;", "&") if further else ""
    return rows


@time_machine.travel(LATE, tick=False)
@pytest.mark.parametrize("who", WHO)
def test_every_figure_opens_exactly_its_list(office: Office, busy: None, who: str) -> None:
    client = signed_in(getattr(office, who))
    for query in ("", "?mode=strict", "?month=2025-03"):
        found = figures(client, query)
        assert len(found) >= 7
        wrong = [(url, number, rows) for url, number in found if (rows := length(client, url)) != number]
        assert wrong == []


@time_machine.travel(LATE, tick=False)
def test_each_tile_counts_what_it_says(office: Office, busy: None) -> None:
    told = dict(figures(signed_in(office.head)))
    tiles = {url.partition("wait=")[2]: number for url, number in told.items() if "wait=" in url}
    # The watch has found what the others ran late with; the proposal of March is late as well.
    assert tiles.pop("pending") >= 1
    assert tiles == {"check": 1, "signature": 1, "receipt": 3, "answer": 3, "late": 2, "judging": 1, "proposals": 1}


@time_machine.travel(LATE, tick=False)
def test_what_no_unit_owes_yet_has_a_list_of_its_own(office: Office, busy: None) -> None:
    (light,) = [each for each in lights_by_unit(office.head, LATE.date()) if each.unit is None]
    assert (light.code, light.late >= 1) == (NO_UNIT, True)
    html = signed_in(office.head).get(f"/supervision/overdue/?unit={NO_UNIT}").content.decode()
    assert html.count("data-row>") == light.late
    assert html.count("（未定单位）") == light.late + 3


@time_machine.travel(LATE, tick=False)
@pytest.mark.parametrize(("days", "number"), [(-1, 0), (0, 1), (3, 1), (4, 0)])
def test_soon_is_from_today_until_the_third_day(office: Office, days: int, number: int) -> None:
    case = case_in(office, State.HANDLING)
    clock = case.deadlines.running().get(rule="handling")
    Deadline.objects.filter(case=case).exclude(pk=clock.pk).delete()
    ends(Deadline.objects.filter(pk=clock.pk), days=days)
    html = signed_in(office.head).get("/supervision/overdue/?due=soon").content.decode()
    assert html.count("data-row>") == number
    assert ("三日内没有到期的义务" in html) is not bool(number)


@time_machine.travel(LATE, tick=False)
def test_a_sealed_report_is_in_no_tile_light_or_list_of_others(office: Office, busy: None) -> None:
    PetitionCase.objects.update(is_sealed=True)
    for who in ("leader", "registrar", "unit_head", "inspector"):
        assert {number for _, number in figures(signed_in(getattr(office, who)))} <= {0}
