"""流程图、责任图、时限图: drawn from the table for every state, blank for the wall, hidden from strangers."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.process.life import LIVES
from binzhou_xinfang.records.models import AccessLog
from cases.casefile.charts.read import CHARTS, Charts, read_charts
from cases.casefile.charts.shapes import Drawing
from cases.casefile.charts.sheet import draw_sheet
from cases.casefile.charts.small import small_charts
from cases.clocks.standing import clocks_of
from cases.states import TRANSITIONS, Move, State
from tests.cases.casefile.charts.geometry import faults
from tests.cases.pages import signed_in
from tests.office import Office, case_in

SLUGS = list(CHARTS)


def chart_url(number: str, slug: str) -> str:
    return reverse("cases:chart", args=[number, slug])


def all_of(charts: Charts) -> list[Drawing]:
    """The three at both widths, and the sheet."""
    return [*(charts.draw(slug, width) for slug in CHARTS for width in ("WIDE", "NARROW")), draw_sheet(charts)]


@pytest.mark.parametrize("state", State)
def test_every_state_draws_its_charts_and_draws_them_well(
    office: Office, state: State, subtests: pytest.Subtests
) -> None:
    case, today, head = case_in(office, state, at=timezone.now()), timezone.localdate(), signed_in(office.head)
    charts = read_charts(case, office.head, on=today)
    with subtests.test("well drawn"):
        assert [(drawing.slug, faults(drawing)) for drawing in all_of(charts) if faults(drawing)] == []
    with subtests.test("clocks in the order in which they began"):
        assert [row.started_on for row in charts.clocks] == sorted(row.started_on for row in charts.clocks)
        assert {row.pk for row in charts.clocks} == set(case.deadlines.values_list("pk", flat=True))
    with subtests.test("small beside the matter"):
        small_charts(case, clocks_of(case.deadlines.all(), on=today), today)
    pages = {slug: head.get(chart_url(case.number, slug)).content.decode() for slug in SLUGS}
    with subtests.test("on their pages"):
        assert [slug for slug, html in pages.items() if "<svg" not in html or CHARTS[slug] not in html] == []
        assert state.label in pages["flow"]


def test_the_way_so_far_names_the_moves_that_were_made(office: Office) -> None:
    case = case_in(office, State.OBJECTED, at=timezone.now())
    html = signed_in(office.registrar).get(chart_url(case.number, "flow")).content.decode()
    told = re.sub(r"<[^>]+>", "", html)
    assert [
        move.label for move in (Move.REGISTER, Move.TRIAGE, Move.REFER, Move.OBJECT) if move.label not in told
    ] == []
    assert Move.AGREE_OBJECTION.label in told


def test_the_wall_chart_names_every_move_of_the_table(office: Office) -> None:
    html = signed_in(office.handler).get(reverse("cases:chart-blank", args=["flow"])).content.decode()
    told = re.sub(r"<[^>]+>", "", html)
    assert [move.label for move in TRANSITIONS if str(move.label) not in told] == []


def test_the_table_of_states_says_of_every_state_of_every_life_what_it_owes(office: Office) -> None:
    html = signed_in(office.handler).get(reverse("cases:chart-blank", args=["owed"])).content.decode()
    told = re.sub(r"<[^>]+>", "", html)
    assert [state.label for life in LIVES.values() for state in life.states if str(state.label) not in told] == []
    assert "状态责任表" in told
    assert "送达期限（自签发意见起10日" in told


@pytest.mark.parametrize("slug", SLUGS)
def test_a_stranger_finds_no_chart(office: Office, slug: str) -> None:
    case = case_in(office, State.HANDLING)
    assert signed_in(office.water_handler).get(chart_url(case.number, slug)).status_code == 404


def test_a_chart_that_there_is_not_is_not_found(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    assert signed_in(office.handler).get(chart_url(case.number, "pie")).status_code == 404


def test_all_three_go_on_one_sheet_and_the_print_is_logged(office: Office) -> None:
    case = case_in(office, State.HANDLING, at=timezone.now())
    html = signed_in(office.handler).get(reverse("cases:charts-paper", args=[case.number])).content.decode()
    assert html.count("<svg") == 1
    assert [name for name in CHARTS.values() if name not in html] == []
    assert AccessLog.objects.filter(subject__startswith=case.number, act="print").count() == 1
