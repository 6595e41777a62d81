"""The calendar's pages, its entries, and the feed of a person."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from hearings.calendar import bookings, feeds
from hearings.calendar.entries import SOURCES
from hearings.models import Booking, CalendarKey, Place
from tests.cases.api_client import program
from tests.cases.pages import signed_in, version_in
from tests.hearings.calendar.conftest import NINE, booked
from tests.office import MONDAY, Office

pytestmark = pytest.mark.usefixtures("on_monday")
MARCH = "/hearings/calendar/entries/?start=2025-03-01T00:00:00%2B08:00&end=2025-04-01T00:00:00%2B08:00"


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "hearing", "title": "维修资金事项听证", "starts_at": "2025-03-10 09:00", "ends_at": "2025-03-10 11:00",
    } | changes  # fmt: skip


def test_a_place_is_booked_and_moved_in_the_browser(office: Office, room: Place) -> None:
    browser = signed_in(office.registrar)
    assert f'<option value="{room.code}">' in browser.get("/bookings/new/").content.decode()
    browser.post("/bookings/new/", typed(place=room.code))
    url = f"/bookings/{Booking.objects.get().pk}/"
    assert "2025年3月10日9:00至11:00" in browser.get(url).content.decode()
    form = browser.get(f"{url}move/").content.decode()
    assert 'value="2025-03-10 09:00"' in form
    given = typed(place=room.code, ends_at="2025-03-10 12:00", reason="延长", version=version_in(form))
    assert browser.post(f"{url}move/", given).status_code == 302
    assert "9:00至12:00" in browser.get(url).content.decode()


def test_a_clash_stands_at_the_place_and_a_program_is_told_the_same(office: Office, room: Place) -> None:
    booked(office.head, room)
    page = signed_in(office.registrar).post("/bookings/new/", typed(place=room.code))
    assert (page.status_code, "已由" in page.content.decode()) == (422, True)
    answer = program(office.registrar).post("/api/bookings/", typed(place=room.code), format="json")
    assert (answer.status_code < 500, "已由" in answer.content.decode()) == (True, True)


def test_the_calendar_shows_what_the_post_may_see(office: Office, room: Place) -> None:
    booked(office.registrar, room, people=[office.handler.user.username])
    seen = [signed_in(post).get(MARCH).json() for post in (office.registrar, office.handler, office.water_handler)]
    assert [[one["title"] for one in rows] for rows in seen] == [
        ["听证：维修资金事项听证（第一听证室）"], ["听证：维修资金事项听证（第一听证室）"], [],
    ]  # fmt: skip


def test_what_was_cancelled_is_on_no_calendar(office: Office, room: Place) -> None:
    bookings.cancel(booked(office.registrar, room), reason="误订", by=office.registrar, at=MONDAY)
    assert signed_in(office.registrar).get(MARCH).json() == []


@pytest.mark.parametrize("query", ["", "start=x&end=y", "start=2025-03-01&end=2025-03-01",
                                   "start=2025-01-01T00:00:00&end=2025-12-01T00:00:00"])  # fmt: skip
def test_a_span_that_cannot_be_read_is_refused(office: Office, query: str) -> None:
    answer = signed_in(office.registrar).get(f"/hearings/calendar/entries/?{query}")
    assert (answer.status_code, "最长62天" in answer.json()["detail"]) == (400, True)


def test_the_page_gives_the_calendar_its_nonce_and_no_other_page_has_one(office: Office) -> None:
    browser = signed_in(office.registrar)
    page = browser.get("/hearings/calendar/")
    nonce = page.headers["Content-Security-Policy"].partition("'nonce-")[2].partition("'")[0]
    assert nonce
    assert f'name="csp-nonce" content="{nonce}"' in page.content.decode()
    assert "nonce-" not in browser.get("/bookings/").headers["Content-Security-Policy"]


def test_the_feed_tells_time_and_place_and_nothing_of_the_matter(office: Office, room: Place) -> None:
    booked(office.registrar, room, people=[office.handler.user.username], title="刘某维修资金事项听证")
    browser = signed_in(office.handler)
    page = browser.post("/hearings/calendar/feed/", {"act": "make"}).content.decode()
    path = "/hearings/ics/" + page.partition("/hearings/ics/")[2].partition("<")[0]
    told = Client().get(path)
    text = told.content.decode()
    assert told.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART:20250310T010000Z\r\nDTEND:20250310T030000Z\r\nSUMMARY:听证\r\nLOCATION:第一听证室\r\n" in text
    assert "刘某" not in text
    browser.post("/hearings/calendar/feed/", {"act": "revoke"})
    assert Client().get(path).status_code == 404


def test_a_new_address_closes_the_old_one_and_the_secret_is_kept_nowhere(office: Office) -> None:
    first, second = (feeds.make_key(office.handler.user, at=MONDAY) for _ in range(2))
    on = timezone.localdate()
    assert (feeds.find_user(first, on=on), feeds.find_user(second, on=on)) == (None, office.handler.user)
    assert second.encode() not in b"".join(bytes(key.digest) for key in CalendarKey.objects.all())
    office.handler.user.is_active = False
    office.handler.user.save()
    assert feeds.find_user(second, on=on) is None


def test_a_long_line_is_folded_between_signs() -> None:
    parts = list(feeds._folded("LOCATION:" + "听" * 60))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert "".join(part if not number else part[1:] for number, part in enumerate(parts)) == "LOCATION:" + "听" * 60


def test_every_source_has_a_word() -> None:
    assert [source.label for source in SOURCES.values()] == ["预订"]


@pytest.mark.parametrize("number", [1, 40])
def test_a_month_costs_the_same_for_one_and_forty(
    office: Office, room: Place, number: int, django_assert_num_queries: Any
) -> None:
    for hour in range(number):
        booked(office.registrar, room, NINE + timedelta(hours=hour), 1)
    browser = signed_in(office.registrar)
    browser.get(MARCH)
    with django_assert_num_queries(3):
        assert len(browser.get(MARCH).json()) == number


def test_a_secret_address_opens_nothing_once_the_last_post_has_ended(office: Office) -> None:
    secret = feeds.make_key(office.handler.user, at=timezone.now())
    url, today = reverse("hearings:ics", args=[secret]), timezone.localdate()
    held = Post.objects.filter(user=office.handler.user)
    for last, status in ((today, 200), (today - timedelta(days=1), 404)):
        held.update(to_on=last)
        assert Client().get(url).status_code == status


@pytest.mark.parametrize(
    ("start", "end"), [("9999-12-30T00:00", "9999-12-31T00:00"), ("9999-12-31T00:00", "9999-12-31T23:59-12:00")]
)
def test_the_last_days_of_the_calendar_are_a_span_like_others(office: Office, start: str, end: str) -> None:
    answer = signed_in(office.head).get("/hearings/calendar/entries/", {"start": start, "end": end})
    assert (answer.status_code, answer.json()) == (200, [])
