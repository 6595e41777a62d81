"""督办首页: lights, letters and rates; each figure is the length of the list it opens."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from cases.models import PetitionCase, Verdict
from cases.states import Move, State
from cases.window.registration import register_repeat
from supervision.figures.counting import GOOD, items_of, value_of
from supervision.figures.figure import Period, Value
from supervision.figures.rates import RATES
from supervision.figures.reaches import told_to
from supervision.models import SupervisionCase
from supervision.queries import lights_by_unit
from supervision.web.figures.trends import HEIGHT, Trend, trend
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, arrival, case_in, moment, register, step
from tests.supervision.causes.late import LATE, opened
from tests.supervision.figures.said import evaluated

# The months as they are known long afterwards: nothing is 未到期 any more.
LONG_AFTER = date(2025, 12, 31)
MARCH, APRIL, MAY = (Period.of_month(date(2025, month, 1), on=LONG_AFTER) for month in (3, 4, 5))


def figures(office: Office, month: Period, mode: str = "legal", *, who: str = "head") -> dict[str, tuple[int, int]]:
    reach, period = told_to(getattr(office, who)), replace(month, mode=mode)
    told = {}
    for slug, figure in RATES.items():
        value = value_of(figure, reach, period)
        # What is told and what is opened are the same.
        opened = items_of(figure, reach, period, GOOD).count(), items_of(figure, reach, period).count()
        assert (value.good, value.counted) == opened
        told[slug] = opened
    return told


def test_the_office_s_rate_counts_the_month_in_which_the_fifteen_days_end(office: Office) -> None:
    case_in(office, State.REFERRED)  # registered and referred on 3 March
    register(office)  # still to be triaged
    late = register(office).case
    for move in (Move.TRIAGE, Move.REFER):
        late = step(office, PetitionCase.objects.get(pk=late.pk), move, at=moment(2025, 3, 19))
    assert figures(office, MARCH)["office"] == (1, 3)
    assert figures(office, APRIL)["office"] == (0, 0)


def test_the_rate_of_answers_differs_by_the_day_that_counts(office: Office) -> None:
    case = case_in(office, State.CHECKED)  # 60 days end on Fri 2 May, a holiday: legal Tue 6 May
    case = step(office, case, Move.SIGN, at=moment(2025, 5, 5))
    step(office, case, Move.DELIVER, at=moment(2025, 5, 5))
    assert (figures(office, MAY)["answered"], figures(office, MAY, "strict")["answered"]) == ((1, 1), (0, 1))


def test_what_was_late_when_it_was_cancelled_stays_late_and_what_was_not_due_leaves_the_base(office: Office) -> None:
    for at in (moment(2025, 5, 2), moment(2025, 5, 6), moment(2025, 5, 7)):
        step(office, case_in(office, State.HANDLING), Move.WITHDRAW, at=at)
    # By the strict day, 2 May, the second was late too.
    assert (figures(office, MAY)["answered"], figures(office, MAY, "strict")["answered"]) == ((0, 1), (0, 2))


def test_an_entry_made_by_mistake_is_in_no_figure(office: Office) -> None:
    register(office)
    step(office, register(office).case, Move.VOID, at=MONDAY)
    found = figures(office, MARCH)
    assert (found["office"][1], found["repeated"][1]) == (1, 1)


def test_the_unit_has_thirty_days_from_the_registration(office: Office) -> None:
    case_in(office, State.HANDLING)
    case_in(office, State.REFERRED)
    assert figures(office, APRIL)["unit"] == (1, 2)


def test_repeats_are_counted_in_the_month_of_the_registration(office: Office) -> None:
    register(office)
    case = register(office).case
    register_repeat(arrival(date(2025, 3, 4)), case, by=office.clerk, at=moment(2025, 3, 4))
    assert figures(office, MARCH)["repeated"] == (1, 3)


def test_a_rate_over_nothing_is_a_dash(office: Office) -> None:
    with time_machine.travel(MONDAY, tick=False):
        html = signed_in(office.head).get("/supervision/").content.decode()
    assert html.count("<b>—</b>") == 8


@time_machine.travel(LATE, tick=False)
def test_every_figure_is_the_length_of_the_list_it_opens(office: Office) -> None:
    case_in(office, State.CLOSED)  # nobody evaluated it by 2 April
    evaluated(case_in(office, State.CLOSED), office.clerk, Verdict.FAIRLY, Verdict.UNSATISFIED)
    opened(office)
    client = signed_in(office.head)
    for month in ("2025-03", "2025-04", "2025-05"):
        html = client.get(f"/supervision/?month={month}").content.decode()
        links = re.findall(r'href="(/supervision/figures/[^"]+)">(\d+)</a>', html)
        # The rates, and the cells of the units.
        assert len(links) >= 8 * 3 + 3
        for url, number in links:
            page = client.get(url.replace("&amp;", "&")).content.decode()
            assert page.count("data-row>") == int(number), url


@time_machine.travel(LATE, tick=False)
def test_a_unit_that_is_late_stands_first_with_its_worst_case(office: Office) -> None:
    late = opened(office).case
    case_in(office, State.REFERRED, at=LATE)
    (light,) = [each for each in lights_by_unit(office.leader, LATE.date()) if each.late]
    assert (light.unit, light.late, light.worst and light.worst.case) == (office.housing, 1, late)
    html = signed_in(office.leader).get("/supervision/").content.decode()
    assert late.title in html


def test_an_inspector_is_told_the_rates_of_the_area_and_opens_no_list(office: Office) -> None:
    case_in(office, State.REFERRED)
    sealed = case_in(office, State.REFERRED)
    PetitionCase.objects.filter(pk=sealed.pk).update(is_sealed=True)
    of_leader, of_inspector = (figures(office, MARCH, who=who) for who in ("leader", "inspector"))
    assert of_inspector == of_leader
    assert of_inspector["office"] == (1, 1)
    client = signed_in(office.inspector)
    html = client.get("/supervision/?month=2025-03").content.decode()
    assert ("不列明细" in html, "/supervision/figures/answered/" in html) == (True, False)
    assert client.get("/supervision/figures/office/").status_code == 404


@pytest.mark.parametrize("query", ["month=x", "month=2025-13", "mode=none", "month=9999-99&mode="])
def test_a_month_or_a_mode_that_there_is_not_is_the_present_one(office: Office, query: str) -> None:
    assert signed_in(office.head).get(f"/supervision/?{query}").status_code == 200


@pytest.mark.parametrize("who", ["clerk", "handler", "administrator"])
def test_who_has_no_right_to_statistics_is_refused(office: Office, who: str) -> None:
    assert signed_in(getattr(office, who)).get("/supervision/").status_code == 403


@time_machine.travel(LATE, tick=False)
@pytest.mark.parametrize("size", [1, 20])
def test_the_page_takes_the_same_queries_for_every_number(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for _ in range(size):
        case_in(office, State.HANDLING)
    client: Client = signed_in(office.leader)
    client.get("/supervision/")
    with django_assert_num_queries(26):
        client.get("/supervision/")


@time_machine.travel(LATE, tick=False)
def test_the_units_are_sorted_by_the_column_that_is_asked_for_and_their_cells_open_their_lists(office: Office) -> None:
    opened(office)
    client = signed_in(office.head)
    for sort in ("overdue-duties", "answered", "nothing"):
        html = client.get(f"/supervision/?sort={sort}").content.decode()
        heat = html[html.index('id="heat"') :]
        first = heat[heat.index('<td class="unit">') :]
        assert first.startswith(f'<td class="unit">{office.housing.name}</td><td class="heat-2" data-label=')


@time_machine.travel(LATE, tick=False)
def test_the_flow_says_how_long_one_waits_at_a_step_and_which_are_ours(office: Office) -> None:
    found = opened(office)
    SupervisionCase.objects.filter(pk=found.pk).update(opened_at=LATE - timedelta(days=12))
    html = signed_in(office.head).get("/supervision/").content.decode()
    flow = html[html.index('<ol class="flow">') : html.index("</ol>", html.index('<ol class="flow">'))]

    assert "最长已等 12 天" in flow
    assert re.search(r'class="is-mine" title="[^"]+" href="/supervision/letters/\?wait=pending"', flow)


def points_of(trend: Trend) -> int:
    return sum(len(line.split()) for line in trend.lines)


def test_a_rate_s_line_has_a_point_for_each_month_that_has_a_rate_and_tells_all_in_words() -> None:
    values = {date(2025, month, 1): Value(10, good) for month, good in ((1, 5), (2, 8), (4, 9), (5, 10))}
    told = trend(values, RATES["answered"], MAY)
    assert (points_of(told), len(told.lines), told.change) == (4, 2, "较上月上升10.0个百分点")
    assert "2025年3月没有，2025年4月90.0%（9/10），2025年5月100.0%（10/10）" in told.words


def test_a_rate_without_any_month_has_no_line() -> None:
    told = trend({}, RATES["answered"], MAY)
    assert (told.lines, told.last, told.change) == ([], None, "")


def test_a_rate_that_stands_still_is_a_flat_line_within_its_box() -> None:
    told = trend({date(2025, month, 1): Value(10, 10) for month in range(1, 6)}, RATES["answered"], MAY)
    heights = {float(point.split(",")[1]) for line in told.lines for point in line.split()}
    assert (len(heights), all(0 <= height <= HEIGHT for height in heights)) == (1, True)
    assert told.change == "与上月持平"


@time_machine.travel(LATE, tick=False)
def test_the_cards_bring_their_lines_after_the_page(office: Office) -> None:
    opened(office)
    client = signed_in(office.head)
    home = client.get("/supervision/?month=2025-05").content.decode()
    assert ('hx-get="/supervision/trends/?month=2025-05"' in home, "<svg" in home.partition('id="rate-cards"')[2]) == (
        True,
        False,
    )
    cards = client.get("/supervision/trends/?month=2025-05").content.decode()
    assert (cards.count("<svg"), cards.count("近12个月：")) == (8, 16)
    assert ">0/1</a>" in cards
