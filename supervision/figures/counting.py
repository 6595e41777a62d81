"""Counts of figures, and the lists that they open: both are made of the same rows, so that they cannot differ."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from binzhou_xinfang.accounts.models import Unit
from supervision.figures.figure import Condition, Figure, Period, Reach, Rows, Value

COUNTED, GOOD, PENDING, MISSING = "counted", "good", "pending", "missing"
# Parts of a rate that its list can show.
PARTS: Mapping[str, str] = MappingProxyType({COUNTED: "分母", GOOD: "分子", MISSING: "其余", PENDING: "未到期"})


def value_of(figure: Figure, reach: Reach, period: Period) -> Value:
    """Count a figure. One query for each of its rows."""
    counts = [
        _narrowed(each, reach).order_by().aggregate(**_columns(figure, each)) for each in figure.rows(reach, period)
    ]
    return sum((_value(row) for row in counts), Value())


def values_by_month(figure: Figure, reach: Reach, period: Period) -> dict[date, Value]:
    """Count a figure for each month of the period that has any; the first of the month is its key."""
    found: dict[date, Value] = {}
    for each in figure.rows(reach, period):
        rows = _narrowed(each, reach).annotate(in_month=TruncMonth(each.day)).order_by().values("in_month")
        for row in rows.annotate(**_columns(figure, each)):
            first: date | datetime = row["in_month"]
            month = first.date() if isinstance(first, datetime) else first
            found[month] = found.get(month, Value()) + _value(row)
    return found


def values_by_unit(
    figure: Figure, reach: Reach, period: Period, carried: Mapping[int, int] | None = None
) -> dict[int | None, Value]:
    """Count a figure for each unit that has any, by its key; None for what is told of no unit yet.

    A unit that was dissolved has its figures at the one that follows it (`carried`: `successors`, read once for many).
    """
    found: dict[int | None, Value] = {}
    carried = successors() if carried is None else carried
    for each in figure.rows(reach, period):
        counts = _narrowed(each, reach).order_by().values(each.unit).annotate(**_columns(figure, each))
        for row in counts:
            unit = carried.get(row[each.unit], row[each.unit])
            found[unit] = found.get(unit, Value()) + _value(row)
    return found


def keys_by_unit(
    figure: Figure, reach: Reach, period: Period, carried: Mapping[int, int]
) -> dict[int | None, set[int]]:
    """Gather the keys of what a figure counts for each unit. One query for each of its rows."""
    found: dict[int | None, set[int]] = {}
    for each in figure.rows(reach, period):
        for unit, key in _narrowed(each, reach).order_by().values_list(each.unit, each.key):
            found.setdefault(carried.get(unit, unit), set()).add(key)
    return found


def successors() -> dict[int, int]:
    """Map each unit that was dissolved to the one that carries its figures today."""
    return Unit.objects.exclude(moved_to=None).rolled_up()


def predecessors(unit: Unit) -> set[int]:
    """Gather the keys of the unit and of all whose figures it carries."""
    return {unit.pk, *(old for old, new in successors().items() if new == unit.pk)}


def items_of(figure: Figure, reach: Reach, period: Period, part: str = COUNTED) -> QuerySet[Any]:
    """Select the items that a part of the figure counts, each once: exactly the list that it opens."""
    return figure.item.model._default_manager.filter(_any_of(keys_of(figure, reach, period, part)))


def keys_of(figure: Figure, reach: Reach, period: Period, part: str = COUNTED) -> list[QuerySet[Any, Any]]:
    """Select the keys of the same items, by each of its rows."""
    return [_part(each, reach, part).order_by().values(each.key) for each in figure.rows(reach, period)]


def _any_of(keys: Collection[QuerySet[Any, Any]]) -> Q:
    chosen = Q(pk__in=[])
    for each in keys:
        chosen |= Q(pk__in=each)
    return chosen


def _part(each: Rows, reach: Reach, part: str) -> QuerySet[Any]:
    rows = _narrowed(each, reach)
    if part == GOOD:
        return rows.filter(each.good) if each.good is not None else rows
    if part == PENDING:
        return rows.filter(each.is_open) if each.is_open is not None else rows.none()
    if part == MISSING:
        rows = rows if each.good is not None else rows.none()
        for done in (each.good, each.is_open):
            if done is not None:
                rows = rows.exclude(**{f"{each.key}__in": _narrowed(each, reach).filter(done).values(each.key)})
    return rows


def _narrowed(each: Rows, reach: Reach) -> QuerySet[Any]:
    return each.rows.filter(reach.of(each.unit))


def _columns(figure: Figure, each: Rows) -> dict[str, Any]:
    wanted = {"n_counted": None, "n_good": each.good, "n_open": each.is_open}
    return {
        name: _amount(figure, each, where) for name, where in wanted.items() if where is not None or name == "n_counted"
    }


def _amount(figure: Figure, each: Rows, where: Condition | None) -> Any:
    filter_by = None if where is None else Q(where)
    if figure.sums:
        return Coalesce(Sum(figure.sums, filter=filter_by), 0)
    return Count(each.key, distinct=each.key != "pk", filter=filter_by)


def _value(row: Mapping[str, Any]) -> Value:
    counted = row["n_counted"]
    return Value(counted, row.get("n_good", counted), row.get("n_open", 0))
