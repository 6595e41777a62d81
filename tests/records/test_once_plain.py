"""Rows that were sealed while their columns stood plain: they are as they were if they say the same, and not else."""

from typing import Any

import pytest
from django.db import connection, models

from binzhou_xinfang.records import anchors, proof
from binzhou_xinfang.records.crypto import EncryptedJSONField, encrypt
from tests.records.test_proof import FOURTH, _outside, faults, open_up, row_of, undone

pytestmark = pytest.mark.django_db
__all__ = ["_outside"]
ONCE_PLAIN = [model for model in proof.tables() if (claim := proof.claim_of(model)) and claim.once_plain]
# What PostgreSQL writes in a row in a way of its own: quotes, blanks, brackets, signs of escape, nothing.
TEXTS = ('小区"东门"(3号楼), C:\\文书\n第二行', "", "空 格")
DATA = '{"b": ["（一）", null, 1], "a": {"说": "\\"好\\""}}'


def columns_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    claim = proof.claim_of(model)
    assert claim is not None
    return [field for field in model._meta.local_concrete_fields if field.column in claim.once_plain]


def said_in(field: models.Field[Any, Any], number: int) -> str:
    return DATA if isinstance(field, EncryptedJSONField) else TEXTS[number]


def retype(model: type[models.Model], field: models.Field[Any, Any], kind: str, values: dict[int, Any]) -> None:
    """Change the type of the column, and what stands in it by the key of the row."""
    table, column = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(str(field.column))
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        cursor.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
        for pk, value in values.items():
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, pk])  # noqa: S608  our own names


def cipher(model: type[models.Model], field: models.Field[Any, Any], text: str) -> bytes:
    return encrypt(text, column=f"{model._meta.db_table}.{field.column}")


@pytest.mark.parametrize("model", ONCE_PLAIN, ids=lambda model: model._meta.label_lower)
def test_what_was_sealed_plain_holds_once_encrypted_and_a_change_is_found(model: type[models.Model]) -> None:
    fields, label = columns_of(model), model._meta.label_lower
    assert fields
    with undone():
        open_up(model)
        keys = [row_of(model, number) for number in (1, 2, 3)]
        for field in fields:
            kind = "jsonb" if isinstance(field, EncryptedJSONField) else "text"
            retype(model, field, kind, {pk: said_in(field, number) for number, pk in enumerate(keys)})
        anchors.close_days(FOURTH)
        for field in fields:
            stored = {pk: cipher(model, field, said_in(field, number)) for number, pk in enumerate(keys)}
            retype(model, field, "bytea", stored)
        assert faults() == []
        column, table = fields[-1].column, model._meta.db_table
        with connection.cursor() as cursor:
            other = cipher(model, fields[-1], '{"另": "写"}')
            put = f'UPDATE {table} SET "{column}" = %s WHERE id = %s'  # noqa: S608  our own names
            cursor.execute(put, [other, keys[1]])
            cursor.execute(put, [b"nobody can read it", keys[2]])
        assert faults() == [(label, str(pk), None, "altered") for pk in keys[1:]]
