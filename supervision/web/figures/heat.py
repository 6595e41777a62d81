"""Units as a heat table: what is late or soon due at each, and its rates of the month; every cell opens its list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from binzhou_xinfang.accounts.models import Post, Unit
from supervision.figures.counting import GOOD, MISSING, successors, values_by_unit
from supervision.figures.figure import Figure, Value
from supervision.figures.reaches import opens
from supervision.figures.table import FIGURES
from supervision.queries import code_of
from supervision.web.figures.asking import Asked, list_of

COLUMNS: tuple[Figure, ...] = tuple(
    FIGURES[slug] for slug in ("overdue-duties", "soon-duties", "answered", "satisfied-unit", "repeated", "letters")
)
# Where much of a rate is a bad sign.
_BAD_IF_HIGH = ("repeated",)
MOST = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a unit. `heat`: 0 nothing to see, 1 something, 2 much; `rank`: by which its column is sorted."""

    label: str
    words: str
    url: str
    heat: int
    rank: float


@dataclass(frozen=True, slots=True)
class Row:
    """One unit with its figures, in the order of the columns."""

    name: str
    cells: Sequence[Cell]


def heat_rows(asked: Asked, sort: str, *, by: Post) -> list[Row]:
    """List the units with anything late, soon due or sent, the worst first by the column `sort`; at most 50.

    One or two queries a column, and two besides.
    """
    carried, may_open = successors(), {column.slug: opens(by, column) for column in COLUMNS}
    values = [values_by_unit(column, asked.reach, asked.period, carried) for column in COLUMNS]
    units = Unit.objects.in_bulk({pk for column in values for pk in column if pk})
    rows = [
        Row(unit.name, [_cell(column, own.get(pk, Value()), unit, asked, may_open) for column, own in _paired(values)])
        for pk, unit in units.items()
    ]
    slugs = [column.slug for column in COLUMNS]
    place = slugs.index(sort) if sort in slugs else 0
    return sorted(rows, key=lambda row: (-row.cells[place].rank, *(-cell.rank for cell in row.cells), row.name))[:MOST]


def _paired(values: Sequence[Mapping[int | None, Value]]) -> list[tuple[Figure, Mapping[int | None, Value]]]:
    return list(zip(COLUMNS, values, strict=True))


def _cell(column: Figure, value: Value, unit: Unit, asked: Asked, may_open: Mapping[str, bool]) -> Cell:
    bad, of = _bad(column, value)
    part = (GOOD if column.slug in _BAD_IF_HIGH else MISSING) if column.is_rate else ""
    url = list_of(column.slug, asked.period, unit=code_of(unit), **({"part": part} if part else {}))
    words = value.percent if column.is_rate else str(value.counted)
    rank = bad / of if column.is_rate and of else float(bad)
    return Cell(
        column.label, words, url if value.counted and may_open[column.slug] else "", _heat(column, bad, of), rank
    )


def _bad(column: Figure, value: Value) -> tuple[int, int]:
    """Tell how many are a bad sign, of how many."""
    if not column.is_rate:
        return value.counted, 0
    return (value.good if column.slug in _BAD_IF_HIGH else value.missing), value.counted


def _heat(column: Figure, bad: int, of: int) -> int:
    if not bad:
        return 0
    return 2 if column.slug == "overdue-duties" or (of and 5 * bad >= of) else 1
