"""Reads of many rows, or of the same few again and again, at a fraction of the cost of Django's own way.

The figures below: how much of the processor's time that a row of `make bench` takes by plain Django, at 20,000 matters,
a way saves; measured by `python -m tests.bench.plain --size 20000`. What saves less than a twentieth is not done.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from typing import Any, Generic, NamedTuple, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connections
from django.db.models import BooleanField, Func, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.base import ModelState
from django.db.models.query import BaseIterable, ModelIterable
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row")
Instance = TypeVar("Instance", bound=Model)
Values = Sequence[Any]


def quick(queryset: "QuerySet[Instance]") -> "QuerySet[Instance]":
    """Select the same rows with what `select_related` and `only` say, but made without the constructor of their model.

    For models that do nothing when an instance is made; annotations are not read. 11 % of 本地区在办 第1页.
    """
    rows = queryset.all()
    rows._iterable_class = _Instances
    return rows


def among(column: str, keys: "QuerySet[Any, Any]") -> Func:
    """Build a condition: `column` is one of `keys`, a query of one column that is read first, as an array.

    For few keys of a large table. Where PostgreSQL takes them for many it reads the whole table instead; of an array
    it supposes that it is short. 9 % of 逾期期限.
    """
    return Func(
        column, ArraySubquery(keys), template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField()
    )  # fmt: skip


def each_in(column: str, rows: "QuerySet[Any, Any]") -> Subquery:
    """Build a condition: `column` is the key of one of `rows`, asked of each row by itself as it is read.

    For a page or a capped count of a long list. Of `IN` beside an `OR` PostgreSQL would first read all of `rows`.
    52 % of 督办件.
    """
    own = rows.order_by().filter(pk=OuterRef(column)).values(is_there=Value(True))[:1]
    return Subquery(own, output_field=BooleanField())


class Prepared(Generic[Row]):
    """A prepared query: reads what `build(*values)` reads, instances or a `values_list`, afresh at every call; only
    the words of the SQL are kept in the process.

    `build` must make the same query whatever the values, and each value must be a parameter of it, in their order.
    The first call raises ValueError where that is not so. 20 % of 事项页, 11 % of 登记来访（提交）, 10 % of 本单位待办.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Row]"]) -> None:
        self._build = build
        self._written: _Written | None = None

    def __call__(self, *values: Any) -> list[Row]:
        if self._written is None:
            self._written = _write(self._build(*values), values)
        database, sql, kept, make = self._written
        if kept.query.select_for_update and connections[database].get_autocommit():
            raise TransactionManagementError("a lock lasts as long as a transaction, and there is none")
        compiler = copy(kept)
        # The connection of this thread, and its own values for the same words.
        compiler.connection = connections[database]
        compiler.as_sql = lambda *_, **__: (sql, values)
        rows = compiler.results_iter(compiler.execute_sql(), tuple_expected=True)
        return list(map(make, rows) if make else rows)


class _Written(NamedTuple):
    """A query in words, Django's compiler that wrote it, and what makes instances of its rows (None: they stay)."""

    database: str
    sql: str
    compiler: Any
    make: Callable[[Values], Any] | None


def _write(queryset: "QuerySet[Any, Any]", values: tuple[Any, ...]) -> _Written:
    compiler = queryset.query.get_compiler(using=queryset.db)
    sql, params = compiler.as_sql()
    if tuple(params) != values:
        raise ValueError(f"not the values of the query, in their order: {sql}")
    of_models = queryset._iterable_class is ModelIterable
    make = _maker(compiler.klass_info, compiler.select, queryset.db) if of_models else None
    return _Written(queryset.db, sql, compiler, make)


class _Instances(BaseIterable):  # type: ignore[type-arg]
    """Iterable of what Django's ModelIterable gives, without looking at every column for every row."""

    def __iter__(self) -> Iterator[Any]:
        database = self.queryset.db
        compiler = self.queryset.query.get_compiler(using=database)
        rows = compiler.execute_sql(chunked_fetch=self.chunked_fetch, chunk_size=self.chunk_size)
        make = _maker(compiler.klass_info, compiler.select, database)
        return map(make, compiler.results_iter(rows))


def _maker(plan: Mapping[str, Any], select: Values, database: str) -> Callable[[Values], Any]:
    """Make the instance that `plan`, Django's `klass_info`, sees in a row, with those that it refers to."""
    model, first, end = plan["model"], plan["select_fields"][0], plan["select_fields"][-1] + 1
    names = [column.target.attname for column, *_ in select[first:end]]
    key = first + names.index(model._meta.pk.attname)
    related = [
        (inner["local_setter"], _maker(inner, select, database)) for inner in plan.get("related_klass_infos", ())
    ]

    def make(row: Values) -> Any:
        if row[key] is None:  # an outer join found nothing
            return None
        instance = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, database
        instance.__dict__ = {"_state": state, **dict(zip(names, row[first:end], strict=True))}
        for put, make_related in related:
            put(instance, make_related(row))
        return instance

    return make
