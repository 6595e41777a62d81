"""Moves of plain columns into encrypted ones, for migrations."""

from collections.abc import Callable, Sequence
from typing import Any

from binzhou_xinfang.records.crypto import encrypt

BATCH = 1000


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
            for batch in _batches(rows):
                cursor.executemany(
                    f"UPDATE {table} SET {assignments} WHERE id = %s",  # noqa: S608  names of our own tables
                    [(*(encrypt(field.text_of(value), column=field.place) for (field, _), value in
                        zip(fields, values, strict=True)), pk) for pk, *values in batch],
                )  # fmt: skip
        schema_editor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return step


def _batches(rows: Any) -> Any:
    """Read the rows by their keys, so many at a time."""
    after = 0
    while batch := list(rows.filter(pk__gt=after)[:BATCH]):
        yield batch
        after = batch[-1][0]
