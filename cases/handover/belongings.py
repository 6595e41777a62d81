"""Belongings: of every column that names a unit or a person, whether its rows go along in a hand-over or stay."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core import checks
from django.db.models import Field, Model, Q, QuerySet

from binzhou_xinfang.accounts.models import Unit, User
from binzhou_xinfang.hooks import Registry
from binzhou_xinfang.records.events import ChainedEvent

# Rows that clash with one of the successor's own, by the successor's key; and what becomes of such a row.
Clash = Callable[[int], Q]
GiveUp = Callable[[Any, date, datetime], None]


@dataclass(frozen=True)
class Stays:
    """History: what was done in a name stays done in it."""

    why: str


@dataclass(frozen=True)
class Moves:
    """In hand: the rows of `live` go to the successor.

    `label`: as the preview counts them; `case`: the way from the row to its matter, "" for what is of none; `at_unit`:
    for a column of persons, the way to the unit at which the person has it; `clash` and `give_up`: rows that cannot go
    because the successor has such a one already, and what is done with them instead.
    """

    label: str
    live: Q = field(default_factory=Q)
    case: str = "case"
    at_unit: str = ""
    clash: Clash | None = None
    give_up: GiveUp | None = None


Belonging = Stays | Moves
# By app, model and column: cases.PetitionCase.holder.
BELONGINGS: Registry[str, Belonging] = Registry("cases.handover.BELONGINGS")


@dataclass(frozen=True)
class Column:
    """A column with its rule: `key` as in the registry."""

    key: str
    model: type[Model]
    name: str
    rule: Moves

    def rows(self, owner: int, *, at_unit: int | None = None) -> QuerySet[Any]:
        """Select the rows in hand of a unit or a person."""
        here = Q(**{self.rule.at_unit: at_unit}) if self.rule.at_unit and at_unit is not None else Q()
        return self.model._default_manager.filter(self.rule.live, here, **{self.name: owner}).order_by("pk")


def columns_of(owner: type[Unit] | type[User], *, of_matters: bool) -> Iterator[Column]:
    """List the columns that go along from a unit or from a person, those of matters or those of none."""
    for key, rule in BELONGINGS.items():
        label, _, name = key.rpartition(".")
        model = apps.get_model(label)
        if isinstance(rule, Moves) and bool(rule.case) is of_matters:
            column = model._meta.get_field(name)
            if column.related_model is owner:
                yield Column(key, model, name, rule)


def column_of(key: str) -> Column:
    """Find a column by its key. Raises KeyError for one that does not go along."""
    rule = BELONGINGS[key]
    if not isinstance(rule, Moves):
        raise KeyError(key)
    label, _, name = key.rpartition(".")
    return Column(key, apps.get_model(label), name, rule)


def owners() -> Mapping[str, Field[Any, Any]]:
    """Collect every column of the house that names a unit or a person; the events of a chain are history by what they
    are, and say nothing of themselves."""
    found = {}
    for model in (each for each in apps.get_models() if not issubclass(each, ChainedEvent)):
        for column in (*model._meta.fields, *model._meta.many_to_many):
            if column.related_model in (Unit, User) and not getattr(column.remote_field, "parent_link", False):
                found[f"{model._meta.label}.{column.name}"] = column
    return found


@checks.register("xinfang")
def check_belongings(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Report a column that names a unit or a person and does not say what a hand-over does with it."""
    wanted = set(owners())
    faults = [f"{key}：没有写明承接移交时移交还是作为历史保留" for key in sorted(wanted - set(BELONGINGS))]
    faults += [f"{key}：没有这一列，或者它不是单位、人员" for key in sorted(set(BELONGINGS) - wanted)]
    return [checks.Error(fault, id="cases.E020") for fault in faults]
