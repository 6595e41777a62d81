"""Figures of a 通报: for each unit of an area what is told of it over a period, beside the period before. 检举控告 is
never counted.

By units, not by what the drafter may see: a circular tells of the whole area, and names no matter. The columns are
figures of the one table (`supervision.figures.table`). What each number counts is kept beside it, so that it opens
exactly its list whatever has come since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from binzhou_xinfang.accounts.models import Unit
from supervision.figures.counting import keys_by_unit, successors, values_by_unit
from supervision.figures.figure import Figure, Period
from supervision.figures.reaches import of_units_of
from supervision.figures.table import FIGURES, OF_CIRCULARS

COLUMNS: tuple[Figure, ...] = tuple(FIGURES[slug] for slug in OF_CIRCULARS)
Numbers = Sequence[int]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A circular's reckoning. `figures`: what its paper tells; `items`: by the code of the unit and the slug of the
    column the keys of what is counted."""

    figures: dict[str, Any]
    items: dict[str, dict[str, list[int]]]


def reckon(area: Unit, period: Period) -> Reckoned:
    """Reckon a row for each unit with anything to tell in the period or the one before, and the totals.

    A unit that was dissolved has its figures at the one that follows it. Two queries a column, and three besides.
    """
    reach, carried = of_units_of(area), successors()
    keys = [keys_by_unit(column, reach, period, carried) for column in COLUMNS]
    before = [values_by_unit(column, reach, period.before, carried) for column in COLUMNS]
    told_of = {pk for own in keys for pk in own} | {pk for own in before for pk in own}
    units = Unit.objects.in_bulk(told_of - {None})
    counts = {pk: [len(own.get(pk, ())) for own in keys] for pk in units}
    earlier = {pk: [own[pk].counted if pk in own else 0 for own in before] for pk in units}
    ranked = sorted(units, key=lambda pk: ([-number for number in counts[pk]], units[pk].path))
    figures = {
        "on": period.on.isoformat(),
        "before": {"since": period.before.since.isoformat(), "until": period.before.until.isoformat()},
        "columns": [{"slug": column.slug, "label": column.label, "says": column.counts} for column in COLUMNS],
        "rows": [
            {"code": units[pk].code, "name": units[pk].name, "counts": counts[pk], "before": earlier[pk]}
            for pk in ranked
        ],
        "total": _total(counts.values()),
        "total_before": _total(earlier.values()),
    }
    kept = {
        units[pk].code: {column.slug: sorted(own[pk]) for column, own in zip(COLUMNS, keys, strict=True) if own.get(pk)}
        for pk in ranked
    }
    return Reckoned(figures, kept)


def _total(rows: "Any") -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)] or [0] * len(COLUMNS)


def is_same(kept: Reckoned, now: Reckoned) -> bool:
    """Check that two reckonings tell the same of the same things, whatever their days."""
    return ({**kept.figures, "on": ""}, kept.items) == ({**now.figures, "on": ""}, now.items)
