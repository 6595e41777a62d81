"""Turns: of two acts that would write the same row at one moment the second waits, and finds what the first has left.

The constraint of the table stays the last word. Nobody asks it as a matter of course: what it refuses ends the
transaction, and is an ERROR in the log of the server.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def wait_for(*keys: str) -> None:
    """Wait until nobody else acts under one of the keys; they are ours until the caller's transaction ends.

    Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a turn lasts as long as a transaction, and there is none")
    with connection.cursor() as cursor:
        for key in sorted(set(keys)):  # in one order, so that no two wait for each other
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def find_or_make(rows: QuerySet[M], *, defaults: Mapping[str, Any], **key: Any) -> tuple[M, bool]:
    """Find the row under the key, or write it with `defaults`; gives True beside a row that is new."""
    found = rows.filter(**key).first()
    if found is not None:
        return found, False
    words = ",".join(f"{name}={getattr(value, 'pk', value)}" for name, value in sorted(key.items()))
    with transaction.atomic():
        wait_for(f"{rows.model._meta.label_lower}:{words}")
        found = rows.filter(**key).first()
        return (found, False) if found is not None else (rows.create(**key, **defaults), True)
