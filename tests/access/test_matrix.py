"""The matrix itself: every row of the table, asked by every role at every desk about both matters."""

from collections.abc import Iterator, Mapping

import pytest

from binzhou_xinfang.accounts.roles import Role
from tests.access.addresses import addresses
from tests.access.asking import Line, leaks, lines, meaning, send
from tests.access.law import sees
from tests.access.table import NO_MATTERS
from tests.access.world import Matter, Place, Seat, World

pytestmark = pytest.mark.django_db
TELL = (
    "An address has no row in the access matrix. Add one to TABLE in tests/access/table.py, as 'METHODS route': who. "
    "`who` says for every seat whether it gets in: anybody, signed_in, staff, only(roles), seers (the matter exists "
    "for them), seers_who(may), movers(move), or a function of your own. Without a row: "
)
EVERY = list(lines())
# All moves of the API have one door. Where the matter does not exist for a seat, it asks one in so many of them; each
# move is asked by other seats.
SHARES = 6


def without_row(known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """List what the table does not know of these routes with their methods; of a page at least GET or POST must be
    there."""
    rows = {(line.route, line.method) for line in EVERY}
    wanted = {(route, method) for route, methods in known.items() for method in methods}
    pages = {route for route, methods in known.items() if not methods and not {(route, "GET"), (route, "POST")} & rows}
    return sorted([f"{method} {route}" for route, method in wanted - rows] + [f"GET,POST {route}" for route in pages])


def test_every_address_has_a_row() -> None:
    missing = without_row(dict(addresses()))
    assert not missing, TELL + "; ".join(missing)


def test_a_new_address_is_missed() -> None:
    assert without_row({"api/cases/": ("GET", "DELETE"), "new/": (), "register/person/": ()}) == [
        "DELETE api/cases/",
        "GET,POST new/",
    ]


def test_no_row_is_left_of_an_address_that_is_gone() -> None:
    assert {line.route for line in EVERY} - set(dict(addresses())) == set()
    assert NO_MATTERS - {line.route for line in EVERY} == set()


def test_a_method_without_a_row_is_refused(world: World) -> None:
    seat, matter = world.seat(Role.REGISTRAR, Place.OFFICE), world.matters[0]
    rows = {(line.route, line.method) for line in EVERY}
    taken = []
    for line in EVERY:
        for method in ("GET", "POST"):
            if (line.route, method) not in rows:
                status = send(seat, method, line.urls(matter)[0], matter).status_code
                taken += [f"{method} {line.route}: {status}"] if status not in (403, 404, 405) else []
    assert taken == []


def wrong(world: World, seat: Seat, line: Line, matter: Matter) -> Iterator[str]:
    for url in line.urls(matter):
        response = send(seat, line.method, url, matter)
        expected, found = line.who(seat, matter), meaning(seat, response)
        about = f"{line.method} {url}: {seat.name} {found}"
        if found != expected:
            yield f"{about}, but {expected} is right ({matter.name})"
        yield from (f"{about} and reads of {leak}" for leak in leaks(seat, response, world, url))


def every_wrong(world: World, seat: Seat) -> str:
    """List what goes wrong for a seat, a line each: at the addresses of both matters and at all others."""
    return "\n".join(
        fault
        for number, line in enumerate(EVERY)
        if line.is_asked_by(seat)
        for matter in (world.matters if line.is_of_a_matter else world.matters[:1])
        if not line.is_a_move or sees(seat, matter) or number % SHARES == seat.number % SHARES
        for fault in wrong(world, seat, line, matter)
    )


@pytest.mark.parametrize("role", list(Role))
def test_each_role_at_every_desk_gets_in_where_the_table_says(furnished: World, role: Role) -> None:
    assert "".join(every_wrong(furnished, seat) for seat in furnished.of_role(role)) == ""


def test_nobody_gets_in_without_signing_in(furnished: World) -> None:
    assert every_wrong(furnished, furnished.nobody) == ""


def test_nobody_gets_in_without_a_post(furnished: World) -> None:
    assert every_wrong(furnished, furnished.without_post) == ""
