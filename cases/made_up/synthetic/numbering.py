"""Keys out of the sequences and gapless numbers out of the counters, for all made-up matters at once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from django.db import connection
from django.db.models import Model

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.records import counters
from cases.facts import needed
from cases.made_up.synthetic.cast import Cast
from cases.made_up.synthetic.plan import Matter, Stop
from cases.models import CaseRequest, Deadline, Opinion, Petition, PetitionCase, Petitioner
from cases.states import OWED, TRANSITIONS, Move
from cases.window import numbers

# What a reader of a course needs keys of; the other tables take theirs from the database.
KEYED: tuple[type[Model], ...] = (Petitioner, PetitionCase, Petition, CaseRequest, Deadline, Opinion, Letter)
_PASSING = frozenset({Move.REFER, Move.ASSIGN})


def letter_kinds(matter: Matter, move: Move) -> list[LetterKind]:
    """List the letters that the move issues in this matter."""
    return _kinds(move, matter.is_anonymous, matter.is_assigned)


@cache
def _kinds(move: Move, is_anonymous: bool, is_assigned: bool) -> list[LetterKind]:
    return needed(TRANSITIONS[move], is_anonymous=is_anonymous, is_assigned=is_assigned)


def give_keys(matters: Sequence[Matter]) -> None:
    """Reserve keys for the rows of all matters. The caller keeps other writers away from the tables."""
    needs = [(matter, _needs(matter)) for matter in matters]
    free = {model: _reserve(model, sum(need[model] for _, need in needs)) for model in KEYED if model is not Petition}
    for matter, need in needs:
        for model, first in free.items():
            matter.keys[model.__name__] = first
            free[model] = first + need[model]
    comings = sorted(
        (coming for matter in matters for coming in matter.comings), key=lambda coming: (coming.day, coming.second)
    )
    for pk, coming in enumerate(comings, start=_reserve(Petition, len(comings))):
        coming.pk = pk


def _needs(matter: Matter) -> dict[type[Model], int]:
    return {
        Petitioner: len(matter.comings) + matter.companions,
        PetitionCase: 1,
        CaseRequest: matter.requests,
        Deadline: sum(_most_clocks(stop.move) for stop in matter.stops),
        Opinion: any(stop.move is Move.DRAFT for stop in matter.stops),
        Letter: sum(len(letter_kinds(matter, stop.move)) for stop in matter.stops),
    }


@cache
def _most_clocks(move: Move) -> int:
    """Count the clocks that the move may start: its row's, and those of the state to which it leads or returns."""
    row = TRANSITIONS[move]
    own = [debt for debt in OWED[row.target].owed if debt.own] if row.target else []
    return len(row.starts) + len(own)


def _reserve(model: type[Model], count: int) -> int:
    """Take so many keys and return the first."""
    sequence = "pg_get_serial_sequence(%s, 'id')"
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval({sequence})", [table])
        first = int(cursor.fetchone()[0])
        if count > 1:
            cursor.execute(f"SELECT setval({sequence}, %s)", [table, first + count - 1])
    return first


def give_numbers(matters: Sequence[Matter], cast: Cast) -> None:
    """Number arrivals and letters in the order of their time, on from the counters; in the caller's transaction."""
    comings = [
        ((coming.day, coming.second), _series_of(matter, cast.offices[matter.office].unit, coming.day), coming)
        for matter in matters
        for coming in matter.comings
    ]
    comings.sort(key=lambda item: item[0])
    names = [series for _, series, _ in comings]
    for (_, _, coming), serial in zip(comings, _serials(names), strict=True):
        coming.serial = serial
    issued = [item for matter in matters for item in _issued(matter, cast)]
    issued.sort(key=lambda item: item[0])
    names = [series for _, series, _ in issued]
    for (_, _, stop), serial in zip(issued, _serials(names), strict=True):
        stop.serials += (serial,)


def _series_of(matter: Matter, unit: Unit, day: int) -> str:
    return numbers.series(unit, _year(day), is_sealed=matter.is_sealed)


def _issued(matter: Matter, cast: Cast) -> Iterable[tuple[tuple[int, ...], str, Stop]]:
    office, leg = cast.offices[matter.office].unit, -1
    for stop in matter.stops:
        leg += stop.move in _PASSING
        unit = office if stop.move in _PASSING else cast.desks[matter.desks[leg]].unit
        for order, kind in enumerate(letter_kinds(matter, stop.move)):
            series = issuing.series(unit, kind, _year(stop.day), is_sealed=matter.is_sealed)
            yield (stop.day, stop.second, matter.keys["PetitionCase"], order), series, stop


@cache
def _year(day: int) -> int:
    return date.fromordinal(day).year


def _serials(names: list[str]) -> list[int]:
    """Take the next number for each name; each series is taken from its counter in one block."""
    taken = {name: counters.take(name, count) - count for name, count in sorted(Counter(names).items())}
    serials = []
    for name in names:
        taken[name] += 1
        serials.append(taken[name])
    return serials
