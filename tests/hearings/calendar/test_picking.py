"""Picking of experts, colleagues and places while one types, and the lists and the calendar narrowed by them."""

import re

import pytest
from django.test import Client

from hearings.calendar.places import open_place
from hearings.models import Place
from tests.cases.pages import signed_in
from tests.hearings.calendar.conftest import NINE, booked
from tests.hearings.calendar.test_pages import MARCH
from tests.office import MONDAY, Office

pytestmark = pytest.mark.usefixtures("on_monday")


def offered(client: Client, source: str, text: str) -> list[str]:
    html = client.get(f"/hearings/pick/{source}/", {"q": text}).content.decode()
    return re.findall(r'data-code="([^"]+)"', html)


@pytest.fixture
def other(office: Office) -> Place:
    return open_place(
        name="调解室", kind="mediation-room", region=office.bureau.area, address="二楼", seats=8, note="",
        by=office.head, at=MONDAY,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["handler-name", "initials", "unit"])
def test_a_colleague_is_found_by_name_initials_and_unit(office: Office, text: str) -> None:
    user = office.handler.user
    user.name = "欧阳承办"
    user.save()
    typed = {"handler-name": "欧阳", "initials": "oycb", "unit": office.housing.short_name}[text]
    assert user.username in offered(signed_in(office.registrar), "people", typed)


def test_who_has_left_is_offered_to_nobody(office: Office) -> None:
    user = office.handler.user
    user.name, user.is_active = "欧阳承办", False
    user.save()
    assert offered(signed_in(office.registrar), "people", "欧阳") == []


@pytest.mark.parametrize("source", ["people", "experts", "rooms"])
def test_who_neither_books_nor_looks_is_refused(office: Office, source: str) -> None:
    seen = {who: signed_in(getattr(office, who)).get(f"/hearings/pick/{source}/?q=x").status_code
            for who in ("registrar", "leader", "administrator")}  # fmt: skip
    assert seen == {"registrar": 200, "leader": 200, "administrator": 403}


def test_lists_and_calendar_are_narrowed_by_place_and_by_unit(office: Office, room: Place, other: Place) -> None:
    booked(office.registrar, room, title="甲事项听证", units=[office.housing.code])
    booked(office.registrar, other, title="乙事项调解")
    client = signed_in(office.head)
    for query, both in ((f"place={room.pk}", "甲"), (f"place={other.pk}", "乙"), (f"unit={office.housing.code}", "甲"),
                        (f"unit={office.registrar.unit.code}", "甲乙"), ("place=0", "甲乙")):  # fmt: skip
        rows = client.get(f"/bookings/?{query}").content.decode()
        entries = "".join(one["title"] for one in client.get(f"{MARCH}&{query}").json())
        for told in (rows, entries):
            assert ("甲事项" in told, "乙事项" in told) == ("甲" in both, "乙" in both), query


def test_the_form_of_a_booking_finds_who_is_meant_while_one_types(office: Office) -> None:
    html = signed_in(office.registrar).get("/bookings/new/").content.decode()
    for source in ("/hearings/pick/experts/", "/hearings/pick/people/", "/pick/units/"):
        assert f'data-pick="{source}"' in html


def test_what_was_booked_stands_in_the_form_by_its_codes(office: Office, room: Place) -> None:
    found = booked(office.registrar, room, NINE, units=[office.housing.name], people=[office.handler.user.name])
    html = signed_in(office.registrar).get(f"/bookings/{found.pk}/move/").content.decode()
    assert (
        f">\n{office.housing.code}</textarea>" in html,
        f">\n{office.handler.user.username}</textarea>" in html,
    ) == (
        True,
        True,
    )


def test_the_page_that_reckons_a_draw_again_is_reached_without_signing_in() -> None:
    assert 'href="/hearings/recompute/"' in Client().get("/accounts/sign-in/").content.decode()
