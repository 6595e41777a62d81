"""Walking a long list page by page, and counts that stop counting."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.db.models import F, QuerySet
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from binzhou_xinfang.web.paging import Count, Page, capped_count, page_of

START = datetime(2026, 10, 9, 0, 30, tzinfo=UTC)
ORDERS = [
    ("expire_date", "pk"),
    ("-expire_date", "-pk"),
    ("-expire_date", "pk"),
    ("session_data", "expire_date", "-pk"),
    ("pk",),
]
pytestmark = pytest.mark.django_db


def make_rows(days: Iterable[int]) -> QuerySet[Session]:
    # Keys with the signs that a cursor itself uses.
    rows = [
        Session(session_key=f"{number:02},%号", session_data=str(day % 2), expire_date=START + timedelta(days=day))
        for number, day in enumerate(days)
    ]
    Session.objects.all().delete()
    Session.objects.bulk_create(rows)
    return Session.objects.all()


def walk(
    rows: QuerySet[Session], by: tuple[str, ...], size: int, way: str, query: dict[str, str]
) -> list[Page[Session]]:
    pages = [page_of(rows, by=by, query=query, size=size)]
    while cursor := getattr(pages[-1], way):
        pages.append(page_of(rows, by=by, query={way: cursor}, size=size))
    return pages


@pytest.mark.parametrize("by", ORDERS)
@settings(max_examples=15)
@given(days=st.lists(st.integers(0, 3), max_size=17), size=st.integers(1, 6))
def test_walking_forward_meets_each_row_once_and_in_order(by: tuple[str, ...], days: list[int], size: int) -> None:
    rows = make_rows(days)
    pages = walk(rows, by, size, "after", {})
    assert [row.pk for page in pages for row in page.rows] == [row.pk for row in rows.order_by(*by)]


@pytest.mark.parametrize("by", ORDERS)
@settings(max_examples=15)
@given(days=st.lists(st.integers(0, 3), min_size=1, max_size=17), size=st.integers(1, 6))
def test_walking_back_shows_the_same_pages(by: tuple[str, ...], days: list[int], size: int) -> None:
    rows = make_rows(days)
    there = walk(rows, by, size, "after", {})
    back = walk(rows, by, size, "before", {"before": there[-1].before}) if there[-1].before else [there[0]]
    assert list(reversed(back)) == (there[:-1] or there)


def test_a_full_last_page_has_no_next() -> None:
    page = page_of(make_rows([0, 1]), by=("expire_date", "pk"), query={}, size=2)
    assert (len(page.rows), page.after, page.before) == (2, "", "")


def test_a_cursor_can_be_read() -> None:
    page = page_of(make_rows([0, 1]), by=("expire_date", "pk"), query={}, size=1)
    assert page.after == "2026-10-09T00:30:00%2B00:00,00%2C%25%E5%8F%B7"


NO_CURSORS = ["", "x", ",", "x,y", "2026-10-09", "2026-10-09,a,b", "2026-13-40T00:00,a", "2026-10-09T00:00Z,%00"]
NO_CURSORS += ["0000-00-00,1", "\x00,\x00", "99999-01-01,1"]


@pytest.mark.parametrize("cursor", NO_CURSORS)
@pytest.mark.parametrize("way", ["after", "before"])
def test_what_is_no_cursor_shows_the_first_page(way: str, cursor: str) -> None:
    rows = make_rows([0, 1, 2])
    first = page_of(rows, by=("expire_date", "pk"), query={}, size=2)
    assert page_of(rows, by=("expire_date", "pk"), query={way: cursor}, size=2) == first


@settings(max_examples=40)
@given(cursor=st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_no_cursor_whatever_is_a_failure(cursor: str) -> None:
    page_of(Permission.objects.all(), by=("content_type__app_label", "pk"), query={"after": f"auth,{cursor}"}, size=2)
    page_of(Session.objects.all(), by=("-expire_date", "pk"), query={"before": f"2026-10-09,{cursor}"}, size=2)


def test_a_number_too_large_for_its_column_shows_the_first_page_or_none() -> None:
    page = page_of(Permission.objects.all(), by=("pk",), query={"after": "9" * 40}, size=2)
    assert page == page_of(Permission.objects.all(), by=("pk",), query={}, size=2)


def test_a_cursor_past_the_end_shows_the_first_page() -> None:
    rows = make_rows([0, 1, 2])
    past = page_of(rows, by=("expire_date", "pk"), query={"after": "2030-01-01T00:00:00Z,zz"}, size=2)
    assert past == page_of(rows, by=("expire_date", "pk"), query={}, size=2)


def test_a_list_may_be_in_the_order_of_a_related_column() -> None:
    permissions = Permission.objects.select_related("content_type").order_by()
    first = page_of(permissions, by=("content_type__app_label", "-pk"), query={}, size=3)
    second = page_of(permissions, by=("content_type__app_label", "-pk"), query={"after": first.after}, size=3)
    assert first.rows + second.rows == list(permissions.order_by("content_type__app_label", "-pk")[:6])


def test_a_list_may_be_in_the_order_of_an_annotation() -> None:
    rows = make_rows([2, 0, 1]).annotate(until=F("expire_date"))
    first = page_of(rows, by=("until", "pk"), query={}, size=1)
    second = page_of(rows, by=("until", "pk"), query={"after": first.after}, size=1)
    assert (first.rows + second.rows) == list(rows.order_by("until")[:2])


@pytest.mark.parametrize("days", [[0], [0, 1, 2]])
def test_a_page_costs_one_query(days: list[int], django_assert_num_queries: DjangoAssertNumQueries) -> None:
    rows = make_rows(days)
    with django_assert_num_queries(1):
        page_of(rows, by=("expire_date", "pk"), query={"after": "2026-10-08T00:00:00Z,x"}, size=2)


@pytest.mark.parametrize(
    ("cap", "count", "words"),
    [(2, Count(2, capped=True), "2+"), (3, Count(3, capped=False), "3"), (4, Count(3, capped=False), "3")],
)
def test_a_count_stops_at_its_cap(cap: int, count: Count, words: str) -> None:
    found = capped_count(make_rows([0, 1, 2]), cap=cap)
    assert (found, str(found)) == (count, words)


def test_a_capped_count_is_written_with_a_plus() -> None:
    assert (str(Count(10_000, capped=True)), str(Count(1_234, capped=False))) == ("10,000+", "1,234")
