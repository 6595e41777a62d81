"""Cast of made-up matters: petition offices that register, units that handle, and posts of our own at each of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password

from binzhou_xinfang.accounts.hierarchy import body_above
from binzhou_xinfang.accounts.models import PLACES, Post, Unit, UnitKind, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from cases.made_up.synthetic.people import staff_name
from cases.models import Topic
from cases.window.identity import region_of

Trio = tuple[Post, Post, Post]
PREFIX = "synthetic"
_OFFICE_ROLES = (Role.WINDOW_CLERK, Role.REGISTRAR, Role.OFFICE_HEAD)
_DESK_ROLES = (Role.UNIT_HANDLER, Role.UNIT_HANDLER, Role.UNIT_HEAD)
_HANDLING = frozenset({UnitKind.DEPARTMENT, UnitKind.VERTICAL, UnitKind.TOWNSHIP, UnitKind.ORGANISATION})
_MISSING = "还没有{what}，请先运行 manage.py load_reference"


@dataclass(frozen=True, slots=True)
class Desk:
    """A unit that handles, its drafter, checker and head, and who reviews its opinions."""

    unit: Unit
    handler: Post
    colleague: Post
    head: Post
    review_body: Unit


@dataclass(frozen=True, slots=True)
class Office:
    """A petition office; `near`, `far` and `discipline` are places in `Cast.desks`, `places` where its matters lie."""

    unit: Unit
    clerk: Post
    registrar: Post
    head: Post
    near: tuple[int, ...]
    far: tuple[int, ...]
    discipline: tuple[int, ...]
    places: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Offices, units and topics of the matters. `regions`: codes that resident IDs may begin with."""

    offices: tuple[Office, ...]
    desks: tuple[Desk, ...]
    topics: tuple[Topic, ...]
    regions: tuple[str, ...]


def gather(*, on: date, since: date, seed: int) -> Cast:
    """Gather the units that have existed from `since` to `on`; posts that are missing are made.

    The users of these posts have no password, so nobody signs in as them. Raises Refusal without units or topics.
    """
    units = [unit for unit in Unit.objects.current(on).order_by("path") if unit.valid_from is None]
    offices = [unit for unit in units if unit.kind == UnitKind.PETITION_OFFICE and unit.letter_mark]
    handling = [unit for unit in units if unit.letter_mark and unit.kind in (*_HANDLING, UnitKind.DISCIPLINE)]
    bodies = [unit for unit in units if unit.kind == UnitKind.REVIEW]
    _find_places(units, (*offices, *handling))
    topics = tuple(Topic.objects.filter(is_current=True))
    for rows, what in ((offices, "信访部门"), (handling, "承办单位"), (bodies, "复查复核机构"), (topics, "内容分类")):
        if not rows:
            raise Refusal(_MISSING.format(what=what))
    posts = _posts(offices, handling, since=since, seed=seed)
    desks = tuple(Desk(unit, *posts[unit.pk], body_above(unit, on=on) or bodies[0]) for unit in handling)
    # A petition office without a unit below its area has nobody to pass a matter on to.
    ready = [office for unit in offices if (office := _office(unit, posts[unit.pk], desks, units)).far]
    return Cast(
        offices=tuple(ready),
        desks=desks,
        topics=topics,
        regions=_regions(units),
    )


def _find_places(units: Sequence[Unit], wanted: Iterable[Unit]) -> None:
    """Let each unit know its place, which letters ask for: a worker of the load asks no database."""
    by_pk = {unit.pk: unit for unit in units}
    for unit in units:
        if unit.parent_id in by_pk:
            unit.parent = by_pk[unit.parent_id]
    for unit in wanted:
        _ = unit.area


def _office(unit: Unit, posts: Trio, desks: tuple[Desk, ...], units: list[Unit]) -> Office:
    above = unit.path.removesuffix(f"{unit.code}/")
    inside = [(place, desk.unit) for place, desk in enumerate(desks) if desk.unit.path.startswith(above)]
    ordinary = [(place, desk) for place, desk in inside if desk.kind != UnitKind.DISCIPLINE]
    near = tuple(place for place, desk in ordinary if desk.parent_id == unit.parent_id)
    far = tuple(place for place, desk in ordinary)
    ranked = [place for place, desk in enumerate(desks) if desk.unit.kind == UnitKind.DISCIPLINE]
    own = tuple(place for place in ranked if desks[place].unit.parent_id == unit.parent_id)
    return Office(
        unit,
        *posts,
        near=near or far,
        far=far,
        discipline=own or tuple(ranked[:1]),
        places=tuple(place for place in units if place.kind in PLACES and place.path.startswith(above)) or (unit,),
    )


def _regions(units: list[Unit]) -> tuple[str, ...]:
    codes = {unit.region_code for unit in units if unit.kind == UnitKind.AREA and len(unit.region_code) == 6}
    return tuple(sorted(code for code in codes if _is_known(code))) or ("110101",)


def _is_known(code: str) -> bool:
    try:
        region_of(code)
    except Refusal:
        return False
    return True


def _posts(offices: list[Unit], handling: list[Unit], *, since: date, seed: int) -> dict[int, Trio]:
    """Map each unit to its posts in the order of its roles."""
    wanted = {unit.pk: _OFFICE_ROLES for unit in offices}
    wanted |= {
        unit.pk: (Role.DISCIPLINE,) * 3 if unit.kind == UnitKind.DISCIPLINE else _DESK_ROLES for unit in handling
    }
    units = {unit.pk: unit for unit in (*offices, *handling)}
    names = {(pk, n): f"{PREFIX}-{units[pk].code}-{n}" for pk, roles in wanted.items() for n in range(len(roles))}
    users = _users(list(names.values()), seed)
    held = {(post.user_id, post.unit_id): post for post in Post.objects.filter(user__in=users.values())}
    missing = [
        Post(user=users[name], unit=units[pk], role=wanted[pk][n], from_on=since, reads_sealed=n == 2)
        for (pk, n), name in names.items()
        if (users[name].pk, pk) not in held
    ]
    held |= {(post.user_id, post.unit_id): post for post in Post.objects.bulk_create(missing)}
    posts: dict[int, list[Post]] = {pk: [] for pk in wanted}
    for (pk, _), name in names.items():
        post = held[users[name].pk, pk]
        post.user, post.unit = users[name], units[pk]
        posts[pk].append(post)
    return {pk: (first, second, third) for pk, (first, second, third) in posts.items()}


def _users(names: list[str], seed: int) -> dict[str, User]:
    rng = Random(f"staff/{seed}")  # noqa: S311  made up, not secret
    present = {user.username: user for user in User.objects.filter(username__in=names)}
    nobody_knows = make_password(None)
    missing = [
        User(username=name, name=staff_name(rng), password=nobody_knows) for name in names if name not in present
    ]
    return present | {user.username: user for user in User.objects.bulk_create(missing)}
