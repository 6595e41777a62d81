"""The filters of a list: what each lets through, and how the address keeps them."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from binzhou_xinfang.records.crypto import digest
from cases.models import PetitionCase, Petitioner
from cases.states import State
from cases.worklists.filters import Due
from cases.worklists.search import is_private
from tests.cases.desk import (
    DAY,
    numbers_in,
    registered_on,
    worklist,
)
from tests.office import MONDAY, Office, case_in, register

# The 15 days of 第二十二条 from Monday 3 March 2025.
LAST_DAY = date(2025, 3, 18)


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def spread(office: Office) -> dict[str, str]:
    """Matters due on the day before the last day, on it, and so on; the clock then stands on Tuesday 18 March."""
    days = {"late": 1, "today": 0, "in three": -3, "in four": -4, "in seven": -7, "in eight": -8}
    return {name: register(office, at=MONDAY - day * DAY).case.number for name, day in days.items()}


@pytest.mark.parametrize(
    ("due", "names"),
    [
        (Due.LATE, ["late"]),
        (Due.TODAY, ["today"]),
        (Due.SOON, ["today", "in three"]),
        (Due.WEEK, ["today", "in three", "in four", "in seven"]),
    ],
)
def test_due_filters_hold_both_their_ends(office: Office, spread: dict[str, str], due: Due, names: list[str]) -> None:
    with time_machine.travel(MONDAY + (LAST_DAY - MONDAY.date()), tick=False):
        found = numbers_in(worklist(office.registrar, "desk", f"?due={due.value}"))

    assert found == [spread[name] for name in names]


@pytest.mark.parametrize(
    "query",
    ["state=triaged", "topic=03", "channel=visit", "flag=urgent", "text=陈静", "state=triaged&topic=03&flag=urgent"],
)
def test_each_filter_lets_its_own_through(office: Office, query: str) -> None:
    wanted = case_in(office, State.TRIAGED, is_urgent=True)
    PetitionCase.objects.filter(pk=wanted.pk).update(topic=office.topic)
    Petitioner.objects.filter(pk=wanted.lead_id).update(name="陈静", name_key=digest("陈静", kind="name"))
    other = register(office).case
    PetitionCase.objects.filter(pk=other.pk).update(topic=None, channel="letter")

    assert numbers_in(worklist(office.registrar, "desk", f"?{query}")) == [wanted.number]


def test_a_filter_by_number_is_exact(office: Office) -> None:
    one, _ = registered_on(office, 1, 2)

    assert numbers_in(worklist(office.registrar, "desk", f"?text={one.lower()}")) == [one]
    assert numbers_in(worklist(office.registrar, "desk", f"?text={one[:-1]}")) == []


@pytest.mark.parametrize(
    "query", ["?state=nowhere", "?due=x", "?topic=%00", "?after=x", "?after=2025-03-18,x", "?flag=1"]
)
def test_what_the_address_cannot_mean_shows_the_list(office: Office, query: str) -> None:
    number = register(office).case.number

    assert numbers_in(worklist(office.registrar, "desk", query)) == [number]


def test_a_telephone_number_in_the_address_finds_nothing_and_says_where_to_search(office: Office) -> None:
    register(office)
    html = worklist(office.registrar, "desk", "?text=13800000000")

    assert "证件号码和电话请在页面顶部的搜索框查找，以免留在网址里。" in html


def test_the_pager_keeps_the_filters_and_the_second_page_goes_on(office: Office) -> None:
    numbers = registered_on(office, *range(51))
    first = worklist(office.registrar, "desk", "?channel=visit&due=7")
    following = re.search(r'href="(\?[^"]+)" rel="next"', worklist(office.registrar, "desk", "?channel=visit"))

    assert 'rel="next"' not in first
    assert following is not None
    address = following.group(1).replace("&amp;", "&")
    assert address.startswith("?channel=visit&after=")
    assert numbers_in(worklist(office.registrar, "desk", address)) == [numbers[0]]


def test_filters_show_as_chips_that_take_themselves_out(office: Office) -> None:
    register(office)
    html = worklist(office.registrar, "desk", "?channel=visit&due=7&after=2025-01-01,1")

    assert re.findall(r'<a class="chip" href="([^"]+)" aria-current="true"', html) == ["?channel=visit", "?due=7"]


def test_nothing_found_offers_to_clear_the_filters(office: Office) -> None:
    register(office)

    assert "没有符合这些条件的事项。" in worklist(office.registrar, "desk", "?flag=urgent")


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("138-0000-0000", True),
        ("0543-2010-3160000", False),
        ("371602198005121018", True),
        ("37160219800512101X", True),
        ("37160219800512101x", True),
        ("E12345678", True),
        ("BZXF-2025-00001", False),
        ("371600-xf-2026-000015", False),
        ("371602-2026-000015", False),
        ("刘小芳", False),
        ("316000", False),
    ],
)
def test_what_may_be_an_id_or_a_telephone_number_is_private(text: str, is_it: bool) -> None:
    assert is_private(text) == is_it


@given(st.text("0123456789Xx -", min_size=0, max_size=25))
def test_seven_digits_are_private_unless_they_are_a_number_of_a_petition(text: str) -> None:
    digits = sum(character.isdigit() for character in text)
    is_number = re.fullmatch(r"[0-9Xx-]+-\d{4}-\d{6,}", text.strip()) is not None

    assert is_private(text) == (digits >= 7 and not is_number)
