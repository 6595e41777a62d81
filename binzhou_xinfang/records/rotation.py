"""Re-encryption under the first key of `FIELD_KEYS`, batch by batch, while the office works."""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from binzhou_xinfang.records.append_only import AppendOnly
from binzhou_xinfang.records.crypto import Encrypted, decrypt, encrypt, read_keyring

BATCH = 1000


class Table(NamedTuple):
    """A table with encrypted columns; `name`, `key` and `columns` are quoted for SQL."""

    label: str
    name: str
    key: str
    fields: list[Encrypted]
    only_grows: bool = False

    @property
    def columns(self) -> list[str]:
        return [connection.ops.quote_name(str(field.column)) for field in self.fields]

    @property
    def has_old_values(self) -> str:
        """The SQL condition that finds rows with a value of another key than the first; takes its head per column."""
        length = len(read_keyring(settings.FIELD_KEYS).head)
        return " OR ".join(f"(length({c}) > 0 AND substring({c} FROM 1 FOR {length}) <> %s)" for c in self.columns)


def _table(model: type[models.Model]) -> Table:
    fields = model._meta.local_fields
    key = next(str(field.column) for field in fields if field.primary_key)
    encrypted = [field for field in fields if isinstance(field, Encrypted)]
    quote = connection.ops.quote_name
    return Table(model._meta.label, quote(model._meta.db_table), quote(key), encrypted, issubclass(model, AppendOnly))


def encrypted_tables() -> list[Table]:
    """List every table with encrypted columns. One that only grows is proven byte by byte: it keeps its ciphers."""
    return [table for table in map(_table, (m for m in apps.get_models() if m._meta.managed)) if table.fields]


def count_old(table: Table) -> int:
    """Count the rows that are still to be re-encrypted."""
    heads = [read_keyring(settings.FIELD_KEYS).head] * len(table.fields)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table.name} WHERE {table.has_old_values}", heads)  # noqa: S608
        return int(cursor.fetchone()[0])


def _renewed(field: Encrypted, stored: memoryview) -> bytes:
    return encrypt(decrypt(bytes(stored), column=field.place), column=field.place)


def _rotate_batch(table: Table, after: int) -> list[int]:
    """Re-encrypt the next rows above the key `after`; their keys. They are locked until the batch is written."""
    heads = [read_keyring(settings.FIELD_KEYS).head] * len(table.fields)
    # By SQL, because the ORM decrypts what it reads and knows no key of what it writes.
    select = (
        f"SELECT {table.key}, {', '.join(table.columns)} FROM {table.name} "  # noqa: S608
        f"WHERE {table.key} > %s AND ({table.has_old_values}) ORDER BY {table.key} LIMIT {BATCH} FOR UPDATE"
    )
    assignments = ", ".join(f"{column} = %s" for column in table.columns)
    update = f"UPDATE {table.name} SET {assignments} WHERE {table.key} = %s"  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(select, [after, *heads])
        rows = cursor.fetchall()
        renewed = [
            (*(_renewed(field, value) for field, value in zip(table.fields, values, strict=True)), pk)
            for pk, *values in rows
        ]
        cursor.executemany(update, renewed)
    return [pk for pk, *_ in rows]


def rotate(table: Table) -> Iterator[int]:
    """Re-encrypt the table; yields the size of each batch when it is committed. Can be stopped and begun again.
    A table that only grows is left alone.

    Raises DecryptionError, before anything of its batch is written, for a value that no configured key opens.
    """
    after = -1
    if table.only_grows:
        return
    while keys := _rotate_batch(table, after):
        after = keys[-1]
        yield len(keys)
