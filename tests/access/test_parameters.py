"""Every parameter of every address, with the words of a report in it: whoever does not read the report is answered as
though nobody had such a report, and reads nothing of it."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import pytest
from django.db import transaction

from tests.access.asking import ANEW, Line, leaks, lines, read_whole, send, text_of
from tests.access.law import sees
from tests.access.listening import UNREAD, listening
from tests.access.parameters import PARAMETERS, Pair, Takes, pairs_of, some_of
from tests.access.seats import AMOUNTING, by_token, reviewer, with_a_task
from tests.access.seats import helper as called_in
from tests.access.table import Answer, seers
from tests.access.world import Seat, World

pytestmark = pytest.mark.django_db
READ = [line for line in lines() if line.method == "GET"]
# Seats that ask at one address; the next address is asked by the next ones.
SEATS = 6
TELL = (
    "An address reads a parameter that has no row in PARAMETERS of tests/access/parameters.py. Add it there with what "
    "may be typed into it. Without a row: "
)
_CHANGING = re.compile(ANEW + r"|\d\d:\d\d(?::\d\d)?")


@pytest.fixture(scope="module")
def everybody(furnished: World) -> list[Seat]:
    """All seats that do not read the report, those of another kind first."""
    others = [make(furnished) for make in (*AMOUNTING, by_token)]
    tasks = [with_a_task(of, furnished) for of in (called_in, reviewer)]
    return [*others, *tasks, furnished.without_post, *(s for s in furnished.seats if not sees(s, furnished.matters[1]))]


def gets_in(seat: Seat, line: Line, world: World) -> bool:
    """A program knows the API alone; a task brings the file of the ordinary matter."""
    if seat.name == "令牌":
        return line.route.startswith("api/") and line.who(seat, world.matters[0]) is Answer.IN
    if seat.has_task:
        return line.who is seers
    return line.who(seat, world.matters[0]) is Answer.IN


@pytest.fixture(scope="module")
def heard(furnished: World, everybody: list[Seat]) -> Mapping[str, set[str]]:
    """Ask each address with something in its query, as one seat of each role, and hear what it reads."""
    with listening() as heard:
        for line in READ:
            by_role = {seat.role: seat for seat in everybody if gets_in(seat, line, furnished)}
            for seat in list(by_role.values())[:4]:
                send(seat, "GET", f"{line.urls(furnished.matters[0])[0]}?{UNREAD}=1", furnished.matters[0])
    return heard


def test_every_parameter_that_is_read_has_a_row(heard: Mapping[str, set[str]]) -> None:
    names = {name: route for route, names in heard.items() for name in names}
    missing = sorted(f"{name} ({names[name]})" for name in names.keys() - PARAMETERS.keys())
    assert missing == [], TELL + "; ".join(missing)
    assert sorted(PARAMETERS.keys() - names.keys()) == [], "no address reads these any longer"


def test_a_new_parameter_is_heard(furnished: World) -> None:
    seat = furnished.seats[0]
    with listening() as heard:
        seat.client.get("/cases/", {"text": "甲"})
    assert {"text", "state", "after"} <= heard["cases/"]


def asked(world: World, heard: Mapping[str, set[str]], line: Line, place: int) -> list[tuple[str, Pair]]:
    names = sorted(heard.get(line.route, set()) & PARAMETERS.keys())
    return [
        (name, pair)
        for number, name in enumerate(names)
        for pair in some_of(pairs_of(PARAMETERS[name], world), place + number)
    ]


def rounds(
    world: World, heard: Mapping[str, set[str]], everybody: list[Seat]
) -> Iterator[tuple[Line, Seat, str, Pair]]:
    """Each address with each of its parameters and values, and each of some seats at least once."""
    for place, line in enumerate(READ):
        queries = asked(world, heard, line, place)
        inside = [seat for seat in everybody if gets_in(seat, line, world)]
        if not queries or not inside:
            continue
        seats = list(islice(cycle(inside), place, place + min(SEATS, len(inside))))
        number = max(len(queries), len(seats))
        for (name, pair), seat in islice(zip(cycle(queries), cycle(seats), strict=False), number):
            yield line, seat, name, pair


def without(said: str, value: str) -> str:
    """Take out of an answer what was asked, however it is written there, and what stands anew in each."""
    for written in (value, quote(value), quote_plus(value), escape(value), value.encode("unicode_escape").decode()):
        said = said.replace(written, "□")
    return _CHANGING.sub("", said)


def answer(seat: Seat, url: str, name: str, value: str) -> Any:
    """Ask; what the look leaves in the log is undone, so that the next one reads the same."""
    with transaction.atomic():
        response = read_whole(seat.client.get(f"{url}?{urlencode({name: value})}"))
        transaction.set_rollback(True)
    return response


def faults_of(world: World, line: Line, seat: Seat, name: str, pair: Pair) -> Iterator[str]:
    url = line.urls(world.matters[0])[0]
    own = answer(seat, url, name, pair.own)
    about = f"{seat.name} {url}?{name}={pair.own!r}"
    if own.status_code >= 500 and line.route != "readyz":
        yield f"{about}: {own.status_code}"
    # What was typed is said again; the log writes it down as it was typed.
    yield from (f"{about} reads of {leak}" for leak in leaks(seat, own, world, f"{url}?{pair.own}"))
    if pair.is_alike:
        other = answer(seat, url, name, pair.nobodys)
        one, two = without(text_of(own), pair.own), without(text_of(other), pair.nobodys)
        if (own.status_code, one) != (other.status_code, two):
            yield f"{about} is no {pair.nobodys!r}: {own.status_code}/{other.status_code} {apart(one, two)}"


def apart(one: str, two: str) -> str:
    """Cut out of both where they go different ways."""
    place = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return f"{one[max(0, place - 50) : place + 70]!r} | {two[max(0, place - 50) : place + 70]!r}"


def test_no_parameter_tells_of_a_report(furnished: World, heard: Mapping[str, set[str]], everybody: list[Seat]) -> None:
    faults, count, seats = [], 0, set()
    for line, seat, name, pair in rounds(furnished, heard, everybody):
        faults += faults_of(furnished, line, seat, name, pair)
        count += 1
        seats.add(seat.name)
    names = sum(len(names) for names in heard.values())
    print(f"{len(READ)} addresses x {len(seats)} seats x {names} parameters of {len(PARAMETERS)} names: {count} asked")
    assert "\n".join(faults[:60]) == "", len(faults)
    assert count > 1000


# The first and the last days that there are: whoever reckons from them leaves the calendar.
ENDS = (
    ("0001-01-01", "0001-01-02"), ("9999-12-30", "9999-12-31"), ("9999-12-31", "0001-01-01"),
    ("9999-12-30T00:00:00+08:00", "9999-12-31T23:59:59-12:00"), ("0001-01-01T00:00:00+14:00", "0001-01-01T23:00:00"),
    ("9999", "9999"), ("0001", "0001"), ("2026-13-41", "0000-00-00"),
)  # fmt: skip


def test_no_days_at_the_ends_of_the_calendar_make_an_address_fail(
    furnished: World, heard: Mapping[str, set[str]], everybody: list[Seat]
) -> None:
    faults, count = [], 0
    for line in READ:
        days = sorted(name for name in heard.get(line.route, set()) if PARAMETERS.get(name) is Takes.DAY)
        seat = next((seat for seat in everybody if gets_in(seat, line, furnished)), None)
        for first, last in ENDS if days and seat else ():
            # A span is asked by its beginning and its end: in the one order, and in the other.
            for one, other in ((first, last), (last, first)):
                query = urlencode({name: other if place % 2 else one for place, name in enumerate(reversed(days))})
                with transaction.atomic():
                    response = read_whole(seat.client.get(f"{line.urls(furnished.matters[0])[0]}?{query}"))
                    transaction.set_rollback(True)
                faults += [f"{line.route}?{query}: {response.status_code}"] if response.status_code >= 500 else []
                count += 1
    print(f"{count} questions for days at the ends of the calendar")
    assert faults == []
    assert count > 100
