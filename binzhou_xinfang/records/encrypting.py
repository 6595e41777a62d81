"""Moves of plain columns into encrypted ones, for migrations."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation

from binzhou_xinfang.records.crypto import Encrypted, encrypt

BATCH = 1000


def operations(app: str, name: str, /, **columns: Encrypted) -> list[Operation]:
    """Make the steps after which the columns of a table are these encrypted ones, with what stood in the plain ones.

    Constraints that speak of a column are to be removed before and added after, and the table `rewritten` at last.
    """
    renamed = [migrations.RenameField(name, column, f"plain_{column}") for column in columns]
    added = [
        migrations.AddField(name, column, _filled(field), preserve_default=field.has_default())
        for column, field in columns.items()
    ]
    removed = [migrations.RemoveField(name, f"plain_{column}") for column in columns]
    step = migrations.RunPython(of(app, name, list(columns)), migrations.RunPython.noop, elidable=True)
    return [*renamed, *added, step, *removed]


def rewritten(app: str, name: str) -> Operation:
    """Make the step that writes a table anew: no plain text stays behind in dropped columns, or in dead rows."""

    def step(apps: Any, schema_editor: Any) -> None:
        table = apps.get_model(app, name)._meta.db_table
        quote, connection = schema_editor.quote_name, schema_editor.connection
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
                "WHERE indrelid = %s::regclass AND indisprimary",
                [quote(table)],
            )
            (index,) = cursor.fetchone()
        # A row that was written twice waits for its references to be looked at.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")
        schema_editor.execute(f"CLUSTER {quote(table)} USING {quote(index)}")
        schema_editor.execute(f"ALTER TABLE {quote(table)} SET WITHOUT CLUSTER")

    return migrations.RunPython(step, migrations.RunPython.noop, elidable=True)


def _filled(field: Encrypted) -> Encrypted:
    """Give the field with nothing in it for the rows there are, until they are encrypted."""
    filled = field.clone()
    if not filled.has_default():
        filled.default = ""
    return filled


def of(app: str, name: str, columns: Sequence[str]) -> Callable[[Any, Any], None]:
    """Make the step that encrypts `plain_<column>` of each row into `<column>`; a table that only grows stands open
    for as long as the migration lasts. The bytes are bound to the place by which the column is read afterwards."""

    def step(apps: Any, schema_editor: Any) -> None:
        model = apps.get_model(app, name)
        fields = [(model._meta.get_field(column), f"plain_{column}") for column in columns]
        table = schema_editor.quote_name(model._meta.db_table)
        assignments = ", ".join(f"{schema_editor.quote_name(field.column)} = %s" for field, _ in fields)
        schema_editor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        rows = model.objects.order_by("pk").values_list("pk", *(plain for _, plain in fields))
        with schema_editor.connection.cursor() as cursor:
            for batch in batches(rows):
                sql = f"UPDATE {table} SET {assignments} WHERE id = %s"  # noqa: S608  names of our own tables
                # A row without words stands as it should be already.
                told = [(pk, values) for pk, *values in batch if any(value != "" for value in values)]
                cursor.executemany(sql, [(*_encrypted(fields, values), pk) for pk, values in told])
        schema_editor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return step


def _encrypted(fields: Sequence[tuple[Any, str]], values: Sequence[Any]) -> Iterator[bytes]:
    for (field, _), value in zip(fields, values, strict=True):
        yield encrypt(field.text_of(value), column=field.place)


def batches(rows: Any) -> Iterator[list[Any]]:
    """Read rows of values, the key first, so many at a time."""
    after = 0
    while batch := list(rows.filter(pk__gt=after)[:BATCH]):
        yield batch
        after = batch[-1][0]
