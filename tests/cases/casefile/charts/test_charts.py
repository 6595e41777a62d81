"""流程图、责任图、时限图: drawn from the table for every state, blank for the wall, hidden from strangers."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.records.models import AccessLog
from cases.casefile.charts.read import CHARTS
from cases.states import TRANSITIONS, Move, State
from tests.cases.pages import signed_in
from tests.office import Office, case_in

SLUGS = list(CHARTS)


def chart_url(number: str, slug: str) -> str:
    return reverse("cases:chart", args=[number, slug])


@pytest.mark.parametrize("state", State)
def test_every_state_draws_its_three_charts(office: Office, state: State) -> None:
    case = case_in(office, state, at=timezone.now())
    head = signed_in(office.head)
    for slug in SLUGS:
        html = head.get(chart_url(case.number, slug)).content.decode()
        assert html.count("<svg") >= 1
        assert CHARTS[slug] in html
    assert State(case.state).label in head.get(chart_url(case.number, "flow")).content.decode()


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
