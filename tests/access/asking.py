"""Sending one request of one seat to one address, and reading what the answer means."""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.db import transaction
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from binzhou_xinfang.records.acts import AccessAct
from tests.access.law import sees
from tests.access.table import FILLED, LISTS, TABLE, Answer, Who, anybody
from tests.access.world import Matter, Place, Seat, World

_PART = re.compile(r"<[a-z]+:[a-z]+>")
_WORD = re.compile(r"(?<![:<])\b[a-z-]+/")
# Rows that are kept by a role, wherever it sits.
_BY_ROLE = ("house/", "operations/", "calendar/", "letter-templates/")
_STATUS = {401: Answer.SIGN_IN, 403: Answer.FORBIDDEN, 404: Answer.HIDDEN}
# What stands anew in every page: the tokens of its forms, the mark of one registration, the nonce of its styles.
ANEW = (
    r'(?<=X-CSRFToken": ")\w+|(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=name="once" value=")[^"]+'
    r'|nonce-[\w+/=-]+|(?<=name="csp-nonce" content=")[^"]+|(?<= nonce=")[^"]+'
)


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
        if "<int:pk>" in self.route and not self.route.removeprefix("api/").startswith(_BY_ROLE):
            # A row of the office or of the housing office: those of other desks ask one in three.
            is_near = seat.place in (Place.OFFICE, Place.HOUSING)
            return is_near or (len(self.route) + len(self.method)) % 3 == seat.number % 3
        return self.who is not anybody and seat.place is Place.OFFICE

    def urls(self, matter: Matter) -> list[str]:
        """Its address with the matter's own numbers."""

        def fill(found: re.Match[str]) -> str:
            before, part = self.route[: found.start()], found.group()
            known = FILLED.get(f"{before}{part}", FILLED.get(part))
            # By all that stands before it, else by the last word: the matter's own.
            return known or matter.ids.get(before) or matter.ids.get(_last(before), "0")

        return ["/" + _PART.sub(fill, self.route)]


def _last(before: str) -> str:
    """The last word of a route before a part of it: of "cases/<str:number>/log/<slug:book>/" it is "log/"."""
    return next(reversed(_WORD.findall(before)), "")


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
        return read_whole(seat.client.get(url))
    cookies = copy(seat.client.cookies)
    with transaction.atomic():
        response = read_whole(seat.client.generic(method, url, body, kind))
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


def read_whole(response: Any) -> Any:
    """Read an answer to its end, which closes what is streamed (the client sees to it), and keep what it `said`."""
    if not hasattr(response, "said"):
        response.said = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def text_of(response: Any) -> str:
    """Read what an answer says, to its end; of a workbook, a letter or a file of files what its parts say, without the
    moment of their writing."""
    return "".join(_parts(read_whole(response).said))


def _parts(content: bytes) -> Iterator[str]:
    if not content.startswith(b"PK"):
        yield content.decode(errors="replace")
        return
    with ZipFile(BytesIO(content)) as parts:
        for name in sorted(parts.namelist()):
            if not name.startswith("docProps/"):
                yield name
                yield from _parts(parts.read(name))


def leaks(seat: Seat, response: Any, world: World, url: str) -> list[str]:
    """Words of matters that do not exist for the seat but stand in the answer."""
    said = text_of(response)
    hidden = [matter for matter in world.matters if not sees(seat, matter)]
    words = [(matter, word) for matter in hidden for word in matter.words]
    return [
        f"{matter.name}: {word}"
        for matter, word in words
        if word in said and word not in url and not _is_of_the_log(url, said, matter, word)
    ]


def _is_of_the_log(url: str, said: str, matter: Matter, word: str) -> bool:
    """The log of look-ups names ordinary matters by their number, to the auditor who may not open them, and whatever
    number somebody typed in vain."""
    if not url.startswith("/audit/") or word not in matter.words[1:3]:
        return False
    rows = [row for row in said.split("<tr") if word in row]
    return not matter.case.is_sealed or all(AccessAct.NOT_FOUND.label in row for row in rows)
