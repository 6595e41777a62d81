"""Pages of a long list by the place of the last row seen, and counts that stop counting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar
from urllib.parse import quote, unquote

from django.core.exceptions import FieldError, ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.utils import timezone

Row = TypeVar("Row", bound=Model)

PAGE_SIZE = 50
COUNT_CAP = 10_000
_PART = "~"


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of one page in order; `after` and `before` are the cursors of its neighbours, "" at the ends."""

    rows: list[Row]
    after: str = ""
    before: str = ""


@dataclass(frozen=True)
class Count:
    """A count that may stop early; when `capped`, at least `value` and more."""

    value: int
    capped: bool

    def __str__(self) -> str:
        return f"{self.value:,}{'+' if self.capped else ''}"


def capped_count(queryset: QuerySet[Any], cap: int = COUNT_CAP) -> Count:
    """Count, but read no more than `cap` rows and one."""
    count = queryset.order_by()[: cap + 1].count()
    return Count(min(count, cap), capped=count > cap)


def page_of(
    queryset: QuerySet[Row], *, by: Sequence[str], query: Mapping[str, str], size: int = PAGE_SIZE
) -> Page[Row]:
    """Read one page of the queryset in the order of the columns `by` ("-due_on" descends), for `request.GET`.

    `by` must end in a unique column and hold no NULL; a path over a relation ("case__due_on") wants that relation in
    `select_related`. `query["after"]` or `query["before"]` is a cursor, the values of a row joined by commas. What is
    not a cursor of these columns, or points past the last row, shows the first page. One query; a second one only
    after a cursor past the end.
    """
    return page_of_parts([queryset], by=by, query=query, size=size)


def page_of_parts(
    parts: Sequence[QuerySet[Row]], *, by: Sequence[str], query: Mapping[str, str], size: int = PAGE_SIZE
) -> Page[Row]:
    """Read one page of a list whose parts follow one another, as `page_of`; one query for each part that it reaches."""
    for name, is_backward in (("after", False), ("before", True)):
        place, cursor = _place(parts, by, query.get(name, ""))
        if cursor is not None and (page := _fetch(parts, by, place, cursor, size, backward=is_backward)).rows:
            return page
    return _fetch(parts, by, 0, None, size, backward=False)


def page_answer(page: Page[Row], total: Count) -> dict[str, Any]:
    """Compose the answer of a list to a program: how many in all, the cursors of the neighbours, the rows."""
    return {"count": total, "after": page.after, "before": page.before, "rows": page.rows}


def _fetch(
    parts: Sequence[QuerySet[Row]],
    by: Sequence[str],
    start: int,
    cursor: list[Any] | None,
    size: int,
    *,
    backward: bool,
) -> Page[Row]:
    found: list[tuple[int, Row]] = []
    for place in range(start, -1, -1) if backward else range(start, len(parts)):
        if len(found) <= size:
            since = cursor if place == start else None
            rows = _take(parts[place], by, since, size + 1 - len(found), backward=backward)
            found += [(place, row) for row in rows]
    has_more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    has_next = bool(found) and (backward or has_more)
    has_previous = bool(found) and (has_more if backward else cursor is not None)
    marks = [f"{place}{_PART}" if len(parts) > 1 else "" for place, _ in found]
    return Page(
        [row for _, row in found],
        marks[-1] + _write(found[-1][1], by) if has_next else "",
        marks[0] + _write(found[0][1], by) if has_previous else "",
    )


def _take(
    queryset: QuerySet[Row], by: Sequence[str], cursor: list[Any] | None, most: int, *, backward: bool
) -> list[Row]:
    order = [_turned(column) for column in by] if backward else list(by)
    page = queryset.order_by(*order)
    if cursor is not None:
        page = page.filter(_beyond(order, cursor))
    return list(page[:most])


def _place(parts: Sequence[QuerySet[Row]], by: Sequence[str], text: str) -> tuple[int, list[Any] | None]:
    """Read a cursor: of several parts it begins with the number of its part."""
    if len(parts) == 1:
        return 0, _read(parts[0], by, text)
    part, mark, rest = text.partition(_PART)
    if not mark or part not in (str(place) for place in range(len(parts))):
        return 0, None
    return int(part), _read(parts[int(part)], by, rest)


def _beyond(order: Sequence[str], cursor: Sequence[Any]) -> Q:
    # (a, b) > (x, y) is a >= x and (a > x or (a = x and b > y)); the first half is what an index can start from.
    first, value = order[0], cursor[0]
    name, lookup = _bare(first), "lt" if first.startswith("-") else "gt"
    further = Q(**{f"{name}__{lookup}": value})
    if len(order) == 1:
        return further
    equal = Q(**{name: value}) & _beyond(order[1:], cursor[1:])
    return Q(**{f"{name}__{lookup}e": value}) & (further | equal)


def _write(row: Model, by: Sequence[str]) -> str:
    values = [attrgetter(_bare(column).replace("__", "."))(row) for column in by]
    return ",".join(
        quote(value.isoformat() if hasattr(value, "isoformat") else str(value), safe=":") for value in values
    )


def _read(queryset: QuerySet[Row], by: Sequence[str], text: str) -> list[Any] | None:
    parts = text.split(",")
    if not text or len(parts) != len(by):
        return None
    try:
        return [_value(_field(queryset, _bare(column)), unquote(part)) for column, part in zip(by, parts, strict=True)]
    except (ValidationError, ValueError):
        return None


def _value(field: "Field[Any, Any]", text: str) -> Any:
    value = field.to_python(text)
    if value is None or "\x00" in text:
        raise ValueError(text)
    return timezone.make_aware(value) if isinstance(value, datetime) and timezone.is_naive(value) else value


def _field(queryset: QuerySet[Row], path: str) -> "Field[Any, Any]":
    if path in queryset.query.annotations:
        annotated: Field[Any, Any] = queryset.query.annotations[path].output_field
        return annotated
    *relations, last = path.split("__")
    model: type[Model] = queryset.model
    for relation in relations:
        related = model._meta.get_field(relation).related_model
        if not isinstance(related, type):
            raise FieldError(f"{path} leaves no model behind")
        model = related
    field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    if not isinstance(field, Field):
        raise FieldError(f"{path} is no column")
    return field


def _bare(column: str) -> str:
    return column.removeprefix("-")


def _turned(column: str) -> str:
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"
