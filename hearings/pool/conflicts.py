"""利害关系: the one rule of who is left out of a draw, and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from binzhou_xinfang import typed
from binzhou_xinfang.accounts.models import Unit
from cases.models import Companion, PetitionCase, Petitioner
from hearings.models import Expert, Reason

# A shorter name would be the beginning of too many others.
LEAST = 4


@dataclass(frozen=True, slots=True)
class Sides:
    """Names by which the persons and the bodies of a matter are known, as keys for comparison."""

    persons: frozenset[str]
    bodies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Experts asked for: those who serve on the day, of one of the fields (any without), of a place (any without)."""

    on: date
    specialities: frozenset[str] = frozenset()
    region: Unit | None = None
    needs_certificate: bool = False
    former_years: int = 3


def sides_of(case: PetitionCase, persons: Iterable[str], bodies: Iterable[str]) -> Sides:
    """Gather who is a party: all who came, the units that handle or help, the enterprise, and those named beside."""
    leads = Petitioner.objects.filter(petitions__case=case).values_list("name", flat=True)
    companions = Companion.objects.filter(petition__case=case).values_list("petitioner__name", flat=True)
    helpers = case.co_handlings.values_list("unit", flat=True)
    keys = [key for key in (case.responsible_id, case.holder_id, case.accused_unit_id, *helpers) if key]
    names = [name for unit in Unit.objects.filter(pk__in=keys) for name in names_of(unit)]
    people = {typed.key(name) for name in (*leads, *companions, *persons)} - {""}
    # A petitioner may be an organisation, and a party that was named may be one.
    return Sides(frozenset(people), frozenset(_keys([*names, case.enterprise, *bodies]) | people))


def names_of(unit: Unit) -> list[str]:
    """List what the unit is and was called."""
    former = [str(name) for names in unit.former_names for name in names[:2]]
    return [unit.name, unit.short_name, *unit.aliases.split("、"), *former]


def reasons_for(expert: Expert, wanted: Wanted, sides: Sides) -> list[Reason]:
    """List why the expert is not drawn for these sides; nothing for a candidate. `certificates` are read before."""
    return [*_not_asked_for(expert, wanted), *_conflicts(expert, wanted, sides)]


def interests(expert: Expert, sides: Sides, *, on: date, former_years: int) -> list[Reason]:
    """List the conflicts of interest alone, of somebody who is named and not drawn."""
    return list(_conflicts(expert, Wanted(on, former_years=former_years), sides))


def _not_asked_for(expert: Expert, wanted: Wanted) -> Iterator[Reason]:
    if not expert.serves_on(wanted.on):
        yield Reason.TERM
    if wanted.region is not None and not expert.region.path.startswith(wanted.region.path):
        yield Reason.REGION
    if wanted.specialities and not wanted.specialities & set(expert.specialities):
        yield Reason.SPECIALITY
    if wanted.needs_certificate and not any(paper.holds_on(wanted.on) for paper in expert.certificates.all()):
        yield Reason.CERTIFICATE


def _conflicts(expert: Expert, wanted: Wanted, sides: Sides) -> Iterator[Reason]:
    since = years_before(wanted.on, wanted.former_years)
    left = [body for body, until in expert.former if date.fromisoformat(until) > since]
    if _is_one_of([expert.organisation], sides.bodies):
        yield Reason.SAME_UNIT
    if _is_one_of(left, sides.bodies):
        yield Reason.FORMER_UNIT
    if _is_one_of(expert.interests, sides.bodies):
        yield Reason.INTEREST
    if typed.key(expert.name) in sides.persons:
        yield Reason.NAMESAKE
    if _keys(expert.relatives or []) & sides.persons:
        yield Reason.RELATIVE


def years_before(on: date, years: int) -> date:
    """Reckon the same day so many years before; the last of February for a leap day that there was not."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def _is_one_of(names: Sequence[str], bodies: frozenset[str]) -> bool:
    """Check that one of the organisations is a party, or a part of one: its name begins with that of the party."""
    return any(
        name == body or (len(body) >= LEAST and name.startswith(body)) for name in _keys(names) for body in bodies
    )


def _keys(names: Iterable[str]) -> set[str]:
    return {typed.key(name) for name in names} - {""}
