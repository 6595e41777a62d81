"""Removal of foreign keys and indexes for a large load, each put back once over its whole table."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model

_FOREIGN_KEYS = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s) ORDER BY conname
"""
# What is unique stays, and so do indexes over a part of the rows: they are small.
_INDEXES = """
    SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index WHERE NOT indisunique AND indpred IS NULL AND indrelid::regclass::text = ANY(%s)
    ORDER BY indexrelid::regclass::text
"""


@contextmanager
def checked_by_row() -> Iterator[None]:
    """Check each foreign key when its row is written, not all of them at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def checked_at_end(models: Sequence[type[Model]]) -> Iterator[None]:
    """Check the foreign keys of the tables and build their indexes when the block ends.

    In the caller's transaction: nobody else ever sees the tables without them.
    """
    names = [model._meta.db_table for model in models]
    with checked_by_row(), connection.cursor() as cursor:
        # A table with checks still to come cannot be altered.
        statements: list[tuple[str, str]] = []
        for catalogue in (_INDEXES, _FOREIGN_KEYS):
            cursor.execute(catalogue, [names])
            statements += cursor.fetchall()
        for off, _ in statements:
            cursor.execute(off)
        yield
        for _, on in statements:
            cursor.execute(on)
