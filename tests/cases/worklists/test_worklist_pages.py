"""Worklists: what waits for whom, in which order, under which light, and what it costs."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.web.paging import Count
from cases.models import PetitionCase
from cases.queries import queues_of, visible_to
from cases.states import FITS, Guard, State
from cases.vocabulary import Purpose
from cases.web.worklists.rows import for_lines, lines
from cases.worklists.counting import count_list, count_queues
from tests.cases.desk import (
    DAY,
    numbers_in,
    registered_on,
    worklist,
)
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, case_in, register

# The 15 days of 第二十二条 from Monday 3 March 2025.
LAST_DAY = date(2025, 3, 18)


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


def test_a_worklist_is_sorted_by_the_legal_day(office: Office) -> None:
    latest, first, second = registered_on(office, 0, 7, 4)

    assert numbers_in(worklist(office.registrar, "triage")) == [first, second, latest]


@pytest.mark.parametrize(
    ("days", "colour", "words"),
    [
        (-4, "green", "还剩 4 天"),
        (-3, "amber", "还剩 3 天"),
        (-1, "amber", "还剩 1 天"),
        (0, "amber", "今天到期"),
        (1, "red", "逾期 1 天"),
    ],
)
def test_the_light_before_on_and_after_the_last_day(office: Office, days: int, colour: str, words: str) -> None:
    register(office)
    with time_machine.travel(MONDAY + (LAST_DAY - MONDAY.date()) + days * DAY, tick=False):
        html = worklist(office.registrar, "triage")

    assert re.findall(r'due due-(\w+)"[^>]* title="15日处理期限 3月18日\(周二\)">([^<]+)<', html) == [(colour, words)]


def test_a_right_of_the_petitioner_is_told_but_is_nobody_s_debt(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    with time_machine.travel(MONDAY + 60 * DAY, tick=False):
        (line,) = lines([case], post=office.handler, on=date(2025, 5, 2))
        html = worklist(office.handler, "delivered", "?due=late")

    assert (line.light.colour, line.light.words) == ("grey", f"{case.due_label}已满")
    assert numbers_in(html) == []


def test_a_closed_matter_is_green_with_a_word(office: Office) -> None:
    (line,) = lines([case_in(office, State.CLOSED)], post=office.handler, on=MONDAY.date())

    assert (line.light.colour, line.light.words, line.move) == ("green", "已办结", "")


def test_a_line_masks_the_person_and_offers_the_likely_move(office: Office) -> None:
    case = register(office).case
    html = worklist(office.registrar, "triage")

    move = reverse("cases:move", args=[case.number, "triage"])
    assert f'<a class="btn btn-sm" href="{move}" data-sheet="甄别">甄别</a>' in html
    assert ("刘*" in html, "刘某" in html) == (True, False)


def test_the_likely_move_of_every_line_is_its_own(office: Office) -> None:
    registered, accepted = register(office).case, case_in(office, State.ACCEPTED)

    def moves(post: Post) -> list[str]:
        return [line.move for line in lines([registered, accepted], post=post, on=MONDAY.date())]

    assert [moves(post) for post in (office.registrar, office.handler, office.clerk)] == [
        ["甄别", ""],
        ["", "记录调查"],
        ["", ""],
    ]


@pytest.mark.parametrize(("who", "status"), [("registrar", 200), ("clerk", 404), ("handler", 404)])
def test_a_worklist_is_there_for_its_roles_alone(office: Office, who: str, status: int) -> None:
    answer = signed_in(getattr(office, who)).get(reverse("cases:worklist", args=["triage"]))

    assert answer.status_code == status


def test_every_worklist_opens_for_every_post_of_its_roles(office: Office) -> None:
    opened = {
        (post.pk, queue.slug): worklist(post, queue.slug) for post in office.every_post() for queue in queues_of(post)
    }

    assert [key for key, html in opened.items() if "中现在没有事项" not in html] == []


def test_an_empty_list_says_why_and_what_fills_it(office: Office) -> None:
    html = worklist(office.handler, "arrived")

    assert "“待签收”中现在没有事项。" in html
    assert "事项到了“已转送待签收”“已交办待签收”这一步，会出现在这里。" in html


def test_a_sealed_matter_is_in_no_list_and_no_count_of_others(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case

    def seen(post: Post, queue: str) -> tuple[int, bool]:
        html = worklist(post, queue)
        return len(numbers_in(html)), case.title in html

    assert seen(office.head, "desk") == (1, True)
    assert seen(office.registrar, "desk") == (0, False)
    assert seen(office.leader, "area") == (0, False)
    assert count_queues(office.registrar, queues_of(office.registrar), MONDAY.date()).queues["desk"] == Count(0, False)
    assert count_list(office.registrar, visible_to(office.registrar)) == Count(0, False)


def test_the_moving_part_is_the_same_fragment(office: Office) -> None:
    register(office)
    part = worklist(office.registrar, "desk", **{"HX-Request": "true"})

    assert "<html" not in part
    assert part.strip() in worklist(office.registrar, "desk")


def test_all_matters_come_newest_first_with_the_closed_ones(office: Office) -> None:
    closed, opened = case_in(office, State.CLOSED), register(office).case
    html = signed_in(office.clerk).get(reverse("cases:list")).content.decode()

    assert numbers_in(html) == [opened.number, closed.number]
    assert "共 2 条" in html


def test_the_list_shows_a_stranger_nothing(office: Office) -> None:
    register(office)

    for post in (office.county_clerk, office.water_handler, office.administrator):
        assert numbers_in(signed_in(post).get(reverse("cases:list")).content.decode()) == []


@pytest.mark.parametrize("rows", [1, 50])
def test_a_worklist_costs_the_same_for_one_row_and_for_fifty(
    office: Office, django_assert_num_queries: Callable[[int], Any], rows: int
) -> None:
    registered_on(office, *range(rows))
    client = signed_in(office.registrar)
    url = reverse("cases:worklist", args=["desk"])
    assert len(numbers_in(client.get(url).content.decode())) == rows

    # user, posts, all figures, topics to filter by, rows with a duty and rows without, own tabs
    with django_assert_num_queries(7):
        client.get(url)
    # and the number of what is found
    with django_assert_num_queries(8):
        client.get(f"{url}?channel=visit&topic=03")


@pytest.mark.parametrize("rows", [1, 50])
def test_a_worklist_of_an_area_costs_no_more_than_one_of_a_desk(
    office: Office, django_assert_num_queries: Callable[[int], Any], rows: int
) -> None:
    registered_on(office, *range(rows))
    client = signed_in(office.head)
    client.get(reverse("cases:worklist", args=["area"]))

    with django_assert_num_queries(7):
        client.get(reverse("cases:worklist", args=["area"]))


def test_a_line_has_all_that_guards_and_flags_ask(office: Office, django_assert_num_queries: object) -> None:
    """A column that a guard asks and `ASKED` lacks would be read once a line."""
    case = register(office).case
    line = for_lines(PetitionCase.objects.filter(pk=case.pk)).get()
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert {guard: bool(fits(line)) for guard, fits in FITS.items()}.keys() == set(Guard)
        assert isinstance(line.flags, list)
