"""A dump of the database after a life, searched for every value that is kept encrypted."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from binzhou_xinfang.local.postgres import SETTINGS
from binzhou_xinfang.records.crypto import EncryptedTextField
from cases.models import Correction
from tests.office import moment
from tests.secrets.world import Poisoned

pytestmark = pytest.mark.django_db
NOW = moment(2026, 6, 10, 11)
# Shorter ones stand by chance in any number.
SHORTEST = 6
HOUSE = ("accounts_unit", "accounts_user", "cases_topic")
# What stood around the numbers.
BASES = ("小区地下车库漏水", "修好车库", "公开账目", "没有按期办理", "刘某")
_BYTES = re.compile(r"\\\\x([0-9a-f]+)")


@pytest.fixture(scope="module")
def life(django_db_setup: None, django_db_blocker: Any) -> Iterator[Poisoned]:
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(NOW, tick=False):
        assert str(connection.settings_dict["NAME"]).startswith("test_"), "mark the tests with django_db"
        poisoned = Poisoned(NOW)
        poisoned.print_papers()
        yield poisoned
        transaction.set_rollback(True)


def secrets() -> Iterator[tuple[str, str]]:
    """Every decrypted value with its column. A correction keeps any entry, also those that are no secret."""
    for model in apps.get_models():
        fields = [field for field in model._meta.local_fields if isinstance(field, EncryptedTextField)]
        if fields and model is not Correction:
            yield from _values(model, [field.attname for field in fields])


def _values(model: type[Model], names: list[str]) -> Iterator[tuple[str, str]]:
    for row in model._default_manager.values(*names):
        yield from ((f"{model.__name__}.{name}", value) for name, value in row.items() if len(value) >= SHORTEST)


def dump() -> Iterator[tuple[str, str]]:
    """Every table as PostgreSQL writes it into a dump; what it writes as bytes can be read as well."""
    for table in connection.introspection.table_names():
        said = io.StringIO()
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {connection.ops.quote_name(table)} TO STDOUT", said)
        text = said.getvalue()
        plain = "".join(bytes.fromhex(found).decode(errors="replace") for found in _BYTES.findall(text))
        yield table, text + plain


def test_no_value_that_is_kept_encrypted_stands_anywhere_in_plain(life: Poisoned) -> None:
    values, tables = set(secrets()), dict(dump())
    columns = {column for column, _ in values}
    print(f"{len(values)} values of {len(columns)} columns in {len(tables)} tables")
    assert columns >= {f"Petitioner.{name}" for name in ("id_number", "phone", "landline", "email", "address")}
    assert columns >= {"Petition.query_code"}
    # What an office is called stands in its own row, and on every letter to it.
    named = "".join(tables[table] for table in HOUSE)
    secret = {(column, value) for column, value in values if value not in named}
    found = {(column, table) for column, value in secret for table, text in tables.items() if value in text}
    assert sorted(found) == []


def test_nothing_that_anybody_typed_of_a_matter_stands_anywhere_in_plain(life: Poisoned) -> None:
    tables, given = dict(dump()), {sign.written for sign in life.poison.given}
    print(f"{len(given)} unique numbers in {len(set(life.poison.fields))} texts, {len(tables)} tables")
    assert {(table, word) for table, text in tables.items() for word in [*given, *BASES] if word in text} == set()


def test_the_log_of_the_database_shows_no_statement_and_no_detail() -> None:
    assert SETTINGS["log_min_error_statement"] == "panic"
    assert SETTINGS["log_error_verbosity"] == "terse"
    assert (SETTINGS["log_statement"], SETTINGS["log_min_duration_statement"]) == ("none", "-1")
    assert SETTINGS["log_parameter_max_length_on_error"] == "0"
