"""Covers: of every table that holds something of a matter, in what way it shares the sight of the matter.

A matter can become 检举控告 on any day, with all that was written of it before (第三十条第三款). So nothing of it may
have a door of its own: it is read inside a matter that was found, or through a scope built on `visible_to`. Each app
says so of its tables when Django starts; a table that nobody spoke for stops the start.

What is written in these tables stands encrypted, whether or not the matter is sealed yet: then nothing has to be
written anew on that day. A column of text that is not encrypted, and of which nobody said why, stops the start too.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.apps import apps
from django.core import checks
from django.db.models import (
    CharField,
    ForeignKey,
    JSONField,
    ManyToManyField,
    Model,
    OneToOneField,
    QuerySet,
    TextField,
)

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.hooks import Registry
from cases.models import PetitionCase


class Door(Enum):
    """Ways in which rows of a matter are reached."""

    MATTER = "only from inside a matter that was found for the post"
    SCOPE = "by lists or addresses of their own, through a scope of the post"
    HOUSE = "by the system alone: no page and no address shows them"


@dataclass(frozen=True, slots=True)
class Cover:
    """The door of one table; `scope` selects what exists of it for a post, for those that have a door of their own."""

    door: Door
    scope: Callable[[Post], "QuerySet[Any]"] | None = None


COVERS: Registry[type[Model], Cover] = Registry("cases.COVERS")


# Columns of text that stand in these tables as they are, each with the reason why no words of a matter are in it.
PLAIN: Registry[type[Model], Mapping[str, str]] = Registry("cases.PLAIN")


def inside(*models: type[Model]) -> Mapping[type[Model], Cover]:
    """Say that these are read inside a matter that was found."""
    return dict.fromkeys(models, Cover(Door.MATTER))


def of_a_matter() -> set[type[Model]]:
    """Find every table that leads to a matter by its keys, however far, and what those have for themselves alone."""
    ours = [model for model in apps.get_models() if not model._meta.auto_created]
    found: set[type[Model]] = {PetitionCase}
    while True:
        more = {model for model in ours if model not in found and _goals(model) & found}
        more |= {goal for model in found for goal in _own(model) if goal not in found}
        if not more:
            return found
        found |= more


def _goals(model: type[Model]) -> set[Any]:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.related_model for field in fields if isinstance(field, ForeignKey | ManyToManyField)}


def _own(model: type[Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        if isinstance(field, OneToOneField):
            yield field.related_model


def check_covers(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that every table of a matter has its cover, and that each with a door of its own has its scope."""
    missing = sorted(model._meta.label for model in of_a_matter() - set(COVERS))
    faults = [f"{label}: 这张表有事项的内容，没有说明怎样随事项保密" for label in missing]
    open_doors = (model for model, cover in COVERS.items() if (cover.door is Door.SCOPE) != (cover.scope is not None))
    faults += [f"{model._meta.label}: 有自己的列表或者地址的，应当说明按岗位的范围" for model in open_doors]
    return [checks.Error(fault, id="cases.COVERS") for fault in faults]


def check_words(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that every column of text in a table of a matter is encrypted, or says why not."""
    faults = []
    for model in of_a_matter() | set(COVERS):
        free, said = _free_columns(model), set(PLAIN.get(model, {}))
        told = {**dict.fromkeys(free - said, _NOT_SAID), **dict.fromkeys(said - free, _NOT_THERE)}
        faults += [f"{model._meta.label}.{name}: {fault}" for name, fault in told.items()]
    return [checks.Error(fault, id="cases.PLAIN") for fault in sorted(faults)]


_NOT_SAID = "这一列可能写有事项的内容，应当加密，或者说明不必加密的理由"
_NOT_THERE = "说明了不必加密，却没有这样的明文列"


def _free_columns(model: type[Model]) -> set[str]:
    columns = model._meta.local_concrete_fields
    # An encrypted column is none of these: for Django it holds bytes.
    return {one.name for one in columns if isinstance(one, CharField | TextField | JSONField) and not one.choices}
