"""The version that was read, of whoever keeps the house: every address whose whole body writes an event of the house
takes nothing without a version, and nothing with one that is not the last. A new keeper's form that forgets it fails.
"""

from collections.abc import Mapping
from copy import copy
from typing import Any

import pytest
from django.db import transaction

from binzhou_xinfang.records.models import HouseEvent
from tests.access.asking import Line, read_whole
from tests.access.test_bodies import POSTS, worked
from tests.access.world import Seat, World

pytestmark = pytest.mark.django_db
# What changes nothing that somebody else may have changed meanwhile, each with the reason.
_NEW = "it makes something new, of which nothing was read"
BESIDE: Mapping[str, str] = {
    **dict.fromkeys(
        ("house/units/new/", "house/people/new/", "house/routes/new/", "api/house/units/new/", "api/house/people/new/",
         "api/house/routes/new/"), _NEW
    ),
    **dict.fromkeys(
        ("duty/", "api/duty/"), "turns are added; one that stands is not doubled, and none is overwritten"
    ),
    **dict.fromkeys(
        ("duty/<int:pk>/off/", "api/duty/<int:pk>/off/"), "a turn is taken off once; the second finds it off"
    ),
    **dict.fromkeys(
        ("hand-overs/unit/", "hand-overs/person/", "api/hand-overs/unit/", "api/hand-overs/person/"),
        "it is previewed, and done for as many matters as were seen (`seen`): tests/cases/handover/test_pages.py",
    ),
    **dict.fromkeys(
        ("hand-overs/<int:pk>/correct/", "api/hand-overs/<int:pk>/correct/"),
        "what went wrong is put right once; the second finds nothing left of it: tests/cases/handover",
    ),
}  # fmt: skip


def written(seat: Seat, url: str, body: dict[str, Any]) -> int:
    """Count the events of the house that the body writes; what it does is undone."""
    cookies = copy(seat.client.cookies)
    kind = {"content_type": "application/json"} if url.startswith("/api/") and "attachments" not in url else {}
    with transaction.atomic():
        before = HouseEvent.objects.count()
        read_whole(seat.client.post(url, body, **kind))
        made = HouseEvent.objects.count() - before
        transaction.set_rollback(True)
    seat.client.cookies = cookies
    return made


def keepers(world: World) -> list[tuple[Line, Seat, str, dict[str, Any]]]:
    """The addresses whose whole body writes an event of the house, with who sends what."""
    found = []
    for line in POSTS:
        if line.is_of_a_matter:
            continue
        seat, body, matter, why = worked(world, line)
        url = line.urls(matter)[0]
        if seat is not None and not why and written(seat, url, body):
            found.append((line, seat, url, body))
    return found


def test_whatever_keeps_the_house_takes_nothing_without_the_version_that_was_read(furnished: World) -> None:
    found = keepers(furnished)
    print(f"{len(found)} addresses that write an event of the house: {sorted(line.route for line, *_ in found)}")
    silent = []
    for line, seat, url, body in found:
        if line.route in BESIDE:
            continue
        without = {name: value for name, value in body.items() if name != "version"}
        wrong = {"no version": without, "another version": without | {"version": 987654}}
        silent += [f"{line.route} with {how}" for how, sent in wrong.items() if written(seat, url, sent)]
    assert silent == []
    assert len(found) > 25
