"""Rooms of the small city's office, and times to book."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from binzhou_xinfang.accounts.models import Post
from hearings.calendar import bookings, places
from hearings.models import Booking, Place
from tests.cases.api_client import on_monday
from tests.office import MONDAY, Office, moment, office

__all__ = ["office", "on_monday"]
NINE = moment(2025, 3, 10, 9)


def opened(office: Office, name: str = "第一听证室", **changes: Any) -> Place:
    """A room of the petition office."""
    said: dict[str, Any] = {
        "name": name, "kind": "hearing-room", "region": office.county, "address": "信访局二楼", "seats": 40, "note": "",
    }  # fmt: skip
    return places.open_place(**(said | changes), by=office.registrar, at=MONDAY)


def booked(by: Post, place: Place | None, start: datetime = NINE, hours: float = 2, **changes: Any) -> Booking:
    """A time that somebody takes."""
    said: dict[str, Any] = {
        "kind": "hearing", "title": "维修资金事项听证", "starts_at": start, "ends_at": start + timedelta(hours=hours),
        "place": place.code if place else "", "experts": [], "people": [], "units": [],
    }  # fmt: skip
    return bookings.book(**(said | changes), by=by, at=MONDAY)


@pytest.fixture
def room(office: Office) -> Place:
    return opened(office)
