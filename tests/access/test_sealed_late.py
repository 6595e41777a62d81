"""A rich matter that is found late to be 检举控告: for everybody who is not named, every door answers as though it had
never been there."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.letters.kinds.handling import INVESTIGATION_REPORT
from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.records.models import StoredFile
from cases.drafts.verbs import draft_letter
from cases.models import CaseAttachment, PetitionCase
from cases.procedure import perform
from cases.queries import QUEUES
from cases.states import Move
from cases.vocabulary import Kind, LegalWay, Purpose
from cases.watch.sweep import sweep
from supervision.causes.verbs import bring_up
from supervision.figures.figure import Item
from supervision.figures.rates import RATES
from supervision.figures.table import FIGURES
from supervision.models import Measure
from tests.access.asking import ANEW, Line, lines, meaning, send, text_of
from tests.access.rows import post_at
from tests.access.table import FILLED, LISTS
from tests.access.world import Matter, Place, Seat, World, leave, register_at
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db
EVERY = list(lines())
# All moves of the API have one door: each seat asks one in so many.
SHARES = 12
PLACES = (Place.HOUSING, Place.OFFICE, Place.DISCIPLINE, Place.SUPERIOR)
TITLE = "围挡占道无人管理"
# Every list in each of its kinds: each queue, each rate, a figure of each kind of item.
_OF_ITEMS = {next(slug for slug, figure in FIGURES.items() if figure.item is item) for item in Item}
KINDS = {"<slug:queue>": [queue.slug for queue in QUEUES], "<slug:figure>": sorted({*RATES, *_OF_ITEMS})}
URLS = sorted(
    re.sub(r"<\w+:\w+>", lambda part: FILLED[part.group()], f"/{route}".replace(part, slug))
    for route in LISTS
    for part in [next((part for part in KINDS if part in route), "")]
    for slug in KINDS.get(part, [""])
)
NOBODY_S = "BZXF-2020-999999"
_CHANGING = re.compile(ANEW)


def strangers(world: World) -> Iterator[Seat]:
    """Everybody but who is named for sealed matters of the office."""
    return (seat for seat in world.seats if seat.place in PLACES and not seat.is_named)


def answers(world: World) -> dict[tuple[str, str], str]:
    """Read every list as every stranger."""
    said = {}
    for seat in strangers(world):
        for url in URLS:
            response = seat.client.get(url)
            said[seat.name, url] = f"{response.status_code} {_CHANGING.sub('', text_of(response))}"
    return said


def difference(one: str, other: str) -> str:
    """Cut out of the second where the first goes another way."""
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{other[max(0, place - 60) : place + 80]}"


def make_late() -> PetitionCase:
    """Bring a matter to the unit and back, with all that others do in it; then it turns out to be a report."""
    at, housing = timezone.now(), post_at(Place.HOUSING, Role.UNIT_HANDLER)
    registrar, head = post_at(Place.OFFICE, Role.REGISTRAR), post_at(Place.OFFICE, Role.OFFICE_HEAD)
    case = register_at(Place.OFFICE, title=TITLE, purpose=Purpose.SETTLE, accused_unit=housing.unit)

    def make(move: Move, by: Post, **data: Any) -> None:
        nonlocal case
        case = perform(move, PetitionCase.objects.get(pk=case.pk), by=by, at=timezone.now(), **data)

    ordinary = {"kind": Kind.CLAIM, "legal_way": LegalWay.PETITION, "legal_basis": "分级负责", "topic": case.topic}
    make(Move.TRIAGE, registrar, **ordinary)
    make(Move.REFER, registrar, to_unit=housing.unit)
    make(Move.SIGN_FOR, housing)
    make(Move.CALL_IN, housing, to_unit=post_at(Place.SIBLING, Role.UNIT_HANDLER).unit, task="核实围挡手续", days=10)
    stored = StoredFile.objects.create(sha256=f"{case.pk:064d}", size=1, content_type="text/plain")
    CaseAttachment.objects.create(
        case=case, file=stored, name="围挡.txt", unit=housing.unit, uploaded_by=housing.user, uploaded_at=at
    )
    colleague = PostFactory.create(unit=housing.unit, role=housing.role)
    draft_letter(case, kind=INVESTIGATION_REPORT, facts={}, by=housing, at=at)
    leave(colleague)
    bring_up(case, measure=Measure.PHONE, unit=housing.unit, problem="没有到场", article="第四十条", by=head, at=at)
    make(Move.OBJECT, housing, reason="经核对职责分工，该事项不属于本单位职权范围。")
    watch()
    make(Move.AGREE_OBJECTION, registrar, note="同意退回")
    make(Move.TRIAGE, registrar, **ordinary | {"kind": Kind.REPORT, "legal_way": LegalWay.DISCIPLINE})
    return case


def watch() -> None:
    """Let the days pass in which its clocks run out, and those of the world beside it."""
    sweep(at=timezone.now() + timedelta(days=16))
    write_due(at=timezone.now() + timedelta(days=20))


@pytest.fixture(scope="module")
def before(world: World) -> dict[tuple[str, str], str]:
    watch()
    return answers(world)


@pytest.fixture(scope="module")
def late(world: World, before: dict[tuple[str, str], str]) -> PetitionCase:
    return make_late()


def test_every_list_says_to_every_stranger_what_it_said_without_it(
    world: World, before: dict[tuple[str, str], str], late: PetitionCase
) -> None:
    after = answers(world)
    differing = [
        f"{where}: {difference(before[where], said)}" for where, said in after.items() if said != before[where]
    ]
    assert [where for where, said in after.items() if late.number in said or TITLE in said] == []
    assert differing == []


def _urls(line: Line, number: str) -> list[str]:
    matter = Matter("", PetitionCase(), Place.OFFICE, {"cases/": number, "new/": number, "petitions/": number})
    return line.urls(matter)


@pytest.mark.parametrize("role", list(Role))
def test_every_address_of_it_answers_a_stranger_as_that_of_no_matter(
    world: World, late: PetitionCase, role: Role
) -> None:
    nobody_s = Matter("", late, Place.OFFICE, {})
    differing = []
    for seat in strangers(world):
        if seat.role is not role or seat.place not in (Place.HOUSING, Place.OFFICE):
            continue
        for number, line in enumerate(EVERY):
            if not line.is_of_a_matter or (line.is_a_move and number % SHARES != seat.number % SHARES):
                continue
            pairs = zip(_urls(line, late.number), _urls(line, NOBODY_S), strict=True)
            for url, other in pairs:
                found, wanted = (meaning(seat, send(seat, line.method, one, nobody_s)) for one in (url, other))
                differing += [f"{seat.name} {line.method} {url}: {found}, {wanted}"] if found != wanted else []
    assert differing == []


def test_who_is_named_still_finds_it(world: World, late: PetitionCase) -> None:
    named = next(seat for seat in world.seats if seat.is_named)
    assert named.client.get(late.get_absolute_url()).status_code == 200
