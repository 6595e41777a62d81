"""Made-up people with IDs and telephone numbers that pass every check; the same for the same seed and number."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from stdnum.cn import ric

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.records.crypto import digest
from cases.made_up.synthetic import words
from cases.made_up.synthetic.blanks import new_row
from cases.models import Petitioner
from cases.vocabulary import IdKind, Occupation, Sex
from cases.window.identity import region_of

_FIRST_BIRTH = date(1945, 1, 1)
_BIRTHS = 22_000
_OCCUPATIONS = tuple(occupation.value for occupation in Occupation)
_region_of = cache(region_of)


@dataclass(frozen=True, slots=True)
class Person:
    """A petitioner; the same person at every arrival."""

    name: str
    id_number: str
    born_on: date
    sex: Sex
    phone: str
    address: str
    household: str
    occupation: str


def staff_name(rng: Random) -> str:
    """Make a Chinese name of two or three characters."""
    return rng.choice(words.SURNAMES) + "".join(rng.choices(words.GIVEN, k=rng.choice((1, 2, 2))))


def person(seed: int, number: int, regions: tuple[str, ...]) -> Person:
    """Make the person of that number. `regions`: six-digit codes of the places that issued their cards."""
    rng = Random(hash((seed, number)))  # noqa: S311  made up, not secret
    region = rng.choice(regions)
    born_on = _FIRST_BIRTH + timedelta(days=rng.randrange(_BIRTHS))
    order = rng.randrange(1, 999)
    head = f"{region}{born_on:%Y%m%d}{order:03d}"
    household = _region_of(region)
    return Person(
        name=staff_name(rng),
        id_number=head + str(ric.calc_check_digit(f"{head}0")),
        born_on=born_on,
        sex=Sex.MALE if order % 2 else Sex.FEMALE,
        phone=f"1{rng.choice('35789')}{rng.randrange(10**9):09d}",
        address=f"{household}{rng.choice(words.ROADS)}路{rng.randrange(1, 900)}号",
        household=household,
        occupation=rng.choice(_OCCUPATIONS),
    )


def petitioner(pk: int, who: Person, place: Unit) -> Petitioner:
    """Make the row of a person at one arrival, as the window writes it."""
    return new_row(
        Petitioner,
        id=pk,
        name=who.name,
        name_key=digest(who.name, kind="name"),
        id_kind=IdKind.RESIDENT.value,
        id_number=who.id_number,
        id_digest=digest(who.id_number, kind="id_number"),
        is_id_verified=True,
        sex=who.sex.value,
        born_on=who.born_on,
        ethnicity="汉族",
        occupation=who.occupation,
        phone=who.phone,
        phone_digest=digest(who.phone, kind="phone"),
        address=who.address,
        address_digest=digest(who.address, kind="address"),
        address_region_id=place.pk,
        household_region=who.household,
    )


def nobody(pk: int) -> Petitioner:
    """Make the row of somebody who gave no name."""
    return new_row(Petitioner, id=pk, name="匿名", name_key=digest("匿名", kind="name"), is_anonymous=True)
