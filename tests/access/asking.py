"""Sending one request of one seat to one address, and reading what the answer means."""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from tests.access.law import sees
from tests.access.table import FILLED, LISTS, TABLE, Answer, Who, anybody
from tests.access.world import Matter, Place, Seat, World

_PART = re.compile(r"([a-z]+/)?(<[a-z]+:[a-z]+>)")
_STATUS = {401: Answer.SIGN_IN, 403: Answer.FORBIDDEN, 404: Answer.HIDDEN}


@dataclass(frozen=True)
class Line:
    """One method of one row of the table."""

    method: str
    route: str
    who: Who

    @property
    def is_of_a_matter(self) -> bool:
        return "number>" in self.route

    @property
    def is_a_move(self) -> bool:
        return self.is_of_a_matter and "/moves/" in self.route and self.route.startswith("api/")

    def is_asked_by(self, seat: Seat) -> bool:
        """Check that the seat's desk can make a difference: for a matter, and for a list, which shows matters.

        At other addresses only the role counts; what is open to anybody is tried by those whom nothing else is.
        """
        if self.is_of_a_matter or self.route in LISTS or seat.role is None:
            return True
        return self.who is not anybody and seat.place is Place.OFFICE

    def urls(self, matter: Matter) -> list[str]:
        """Its address with the matter's own numbers."""

        def fill(found: re.Match[str]) -> str:
            before, part = found.group(1) or "", found.group(2)
            return before + FILLED.get(part, matter.ids.get(before, "0"))

        return ["/" + _PART.sub(fill, self.route)]


def lines() -> Iterator[Line]:
    for key, who in TABLE.items():
        methods, _, route = key.partition(" ")
        for method in methods.split(","):
            yield Line(method, route, who)


def send(seat: Seat, method: str, url: str, matter: Matter) -> Any:
    """The answer to a request that says nothing but which version of the matter was read; what it did is undone."""
    is_json = url.startswith("/api/") and not url.endswith("attachments/")
    kind = "application/json" if is_json else MULTIPART_CONTENT
    body = b"{}" if is_json else encode_multipart(BOUNDARY, {"version": str(matter.case.version)})
    if method == "GET":
        return seat.client.get(url)
    cookies = copy(seat.client.cookies)
    with transaction.atomic():
        response = seat.client.generic(method, url, body, kind)
        transaction.set_rollback(True)
    seat.client.cookies = cookies
    return response


def meaning(seat: Seat, response: Any) -> Answer | str:
    """Read the answer at the door; a failure is told as it is."""
    status, location = response.status_code, response.headers.get("Location", "")
    # 503 is what /readyz says when the timer has not been seen.
    if status == 405 or (status >= 500 and status != 503):
        return f"got {status}"
    if status == 302 and location.startswith(reverse("accounts:sign-in")):
        return Answer.SIGN_IN
    return _STATUS.get(status, Answer.IN)


def leaks(seat: Seat, response: Any, world: World, url: str) -> list[str]:
    """Words of matters that do not exist for the seat but stand in the answer."""
    if response.streaming:
        for _ in response.streaming_content:  # a download is read to its end, which closes it
            pass
        return []
    said = response.content.decode(errors="replace")
    hidden = [matter for matter in world.matters if not sees(seat, matter)]
    words = [(matter, word) for matter in hidden for word in (matter.case.title, matter.case.number)]
    return [
        f"{matter.name}: {word}"
        for matter, word in words
        if word in said and word not in url and not _is_of_the_log(url, matter, word)
    ]


def _is_of_the_log(url: str, matter: Matter, word: str) -> bool:
    """The log of look-ups names ordinary matters by their number, to the auditor who may not open them."""
    return url == "/audit/" and word == matter.case.number and not matter.case.is_sealed
