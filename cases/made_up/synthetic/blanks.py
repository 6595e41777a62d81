"""Rows as instances, made without Django's constructor: it looks at every column again for every row."""

from functools import cache
from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=Model)


@cache
def _defaults(model: type[Model]) -> dict[str, Any]:
    return {field.attname: field.get_default() for field in model._meta.concrete_fields}


def new_row(model: type[Row], **values: Any) -> Row:
    """Make an instance that holds its columns (`unit_id`, not `unit`), the others at their default; it cannot be
    saved."""
    row = model.__new__(model)
    row.__dict__ = {"_state": ModelState(), **_defaults(model), **values}
    return row
