"""The encrypted column, the digest beside it, and the rotation of keys."""

import base64
import io
from typing import Any

import pytest
from django import forms
from django.apps.registry import Apps
from django.core.exceptions import FieldError, ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st

from binzhou_xinfang.records import rotation
from binzhou_xinfang.records.append_only import AppendOnly
from binzhou_xinfang.records.crypto import (
    DecryptionError,
    EncryptedTextField,
    decrypt,
    digest,
    encrypt,
    read_keyring,
)

OLD = "k1:" + base64.b64encode(b"1" * 32).decode()
NEW = "k2:" + base64.b64encode(b"2" * 32).decode()
PHONE = "tried_person.phone"
registry = Apps()


class Person(models.Model):
    phone = EncryptedTextField("电话", max_length=20)
    address = EncryptedTextField(blank=True)

    class Meta:
        apps = registry
        app_label = "tried"


class Kept(AppendOnly):
    phone = EncryptedTextField()

    class Meta(AppendOnly.Meta):
        apps = registry
        app_label = "tried"


@pytest.fixture
def _keys(settings: Any) -> None:
    settings.FIELD_KEYS = OLD


@pytest.fixture
def _people(_keys: None, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation.apps, "get_models", lambda: [Person, Kept])
    with connection.schema_editor() as editor:
        editor.create_model(Person)
        editor.create_model(Kept)


def stored(column: str = "phone") -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM tried_person ORDER BY id")  # noqa: S608
        return [bytes(value) for (value,) in cursor.fetchall()]


@pytest.mark.usefixtures("_people")
def test_the_database_sees_only_ciphertext() -> None:
    person = Person.objects.create(phone="13812345678")
    person.refresh_from_db()
    assert (person.phone, person.address) == ("13812345678", "")
    assert b"13812345678" not in stored()[0]
    assert stored("address") == [b""]


@pytest.mark.usefixtures("_people")
def test_two_values_of_one_text_differ() -> None:
    Person.objects.create(phone="13812345678")
    Person.objects.create(phone="13812345678")
    assert len(set(stored())) == 2


@pytest.mark.usefixtures("_people")
def test_an_encrypted_column_cannot_be_searched() -> None:
    with pytest.raises(FieldError):
        Person.objects.filter(phone="13812345678")


@pytest.mark.usefixtures("_people")
def test_a_value_moved_to_another_column_cannot_be_read() -> None:
    Person.objects.create(phone="13812345678")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tried_person SET address = phone")
    with pytest.raises(DecryptionError, match=r"tried_person\.address"):
        Person.objects.get()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_back(text: str) -> None:
    assert decrypt(encrypt(text, column=PHONE), column=PHONE) == text


@pytest.mark.usefixtures("_keys")
@pytest.mark.parametrize("place", [0, 1, 2, 4, 20, -1])
def test_a_changed_byte_is_noticed(place: int) -> None:
    value = bytearray(encrypt("13812345678", column=PHONE))
    value[place] ^= 1
    with pytest.raises(DecryptionError):
        decrypt(bytes(value), column=PHONE)


@pytest.mark.usefixtures("_keys")
@pytest.mark.parametrize("broken", [b"\x01", b"\x01\x02", b"\x01\x02k1", b"\x01\x02k1" + b"0" * 12, b"plain"])
def test_what_is_no_stored_value_is_refused(broken: bytes) -> None:
    with pytest.raises(DecryptionError):
        decrypt(broken, column=PHONE)


@pytest.mark.parametrize(
    "keys", ["", "k1", "k1:abc", "k1:YWJj", f"{OLD},{OLD}", ":" + OLD[3:], OLD + ",", "钥" + OLD[2:]]
)
def test_keys_that_cannot_be_used_stop_the_start(keys: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        read_keyring(keys)


def test_a_migration_holds_no_key() -> None:
    assert Person._meta.get_field("phone").deconstruct() == (
        "phone",
        "binzhou_xinfang.records.crypto.EncryptedTextField",
        [],
        {"verbose_name": "电话", "max_length": 20},
    )


def test_the_length_of_the_plain_text_is_limited() -> None:
    field = Person._meta.get_field("phone")
    assert isinstance(field, EncryptedTextField)
    assert field.clean("1" * 20, None) == "1" * 20
    with pytest.raises(ValidationError):
        field.clean("1" * 21, None)
    widget = field.formfield()
    assert isinstance(widget, forms.CharField)
    assert widget.max_length == 20


@pytest.mark.usefixtures("_people")
def test_rotation_writes_everything_under_the_first_key(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    for number in range(5):
        Person.objects.create(phone=f"1381234567{number}", address="" if number else "滨城区")
    Kept.objects.create(phone="13812345680")
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    Person.objects.create(phone="new")
    said = io.StringIO()
    call_command("rotate_keys", stdout=said)
    assert said.getvalue() == (
        "tried.Person：重新加密5行，剩余0行\ntried.Kept：重新加密0行，剩余1行（只增不改，旧密钥须继续保留）\n"
    )
    settings.FIELD_KEYS = NEW
    assert [(p.phone, p.address) for p in Person.objects.order_by("pk")] == [
        ("13812345670", "滨城区"),
        ("13812345671", ""),
        ("13812345672", ""),
        ("13812345673", ""),
        ("13812345674", ""),
        ("new", ""),
    ]
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    assert Kept.objects.get().phone == "13812345680"


@pytest.mark.usefixtures("_people")
def test_rotation_that_was_stopped_goes_on_where_it_was(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    for number in range(5):
        Person.objects.create(phone=str(number))
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    table, _ = rotation.encrypted_tables()
    assert next(rotation.rotate(table)) == 2
    assert rotation.count_old(table) == 3
    assert list(rotation.rotate(table)) == [2, 1]


def test_rotation_knows_which_tables_only_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation.apps, "get_models", lambda: [Person, Kept])
    assert [(table.name, table.columns, table.only_grows) for table in rotation.encrypted_tables()] == [
        ('"tried_person"', ['"phone"', '"address"'], False),
        ('"tried_kept"', ['"phone"'], True),
    ]


@pytest.mark.parametrize(
    ("kind", "one", "same"),
    [
        ("id_number", "37160119900101123x", " 371601 19900101 123X "),
        ("phone", "13812345678", "+86 138-1234-5678"),
        ("phone", "13812345678", "008613812345678"),
        ("phone", "13812345678", "１３８１２３４５６７８"),
        ("phone", "0543-1234567", "05431234567"),
        ("address", "滨城区黄河五路385号", " 滨城区 黄河五路３８５号 "),
        ("query_code", "K7Q2-M9", "k7q2m9"),
    ],
)
def test_spellings_of_one_value_have_one_digest(kind: str, one: str, same: str) -> None:
    assert digest(one, kind=kind) == digest(same, kind=kind)
    assert len(digest(one, kind=kind)) == 32


def test_a_digest_tells_kinds_and_keys_apart(settings: Any) -> None:
    found = {digest("13812345678", kind=kind) for kind in ("id_number", "phone", "address", "query_code")}
    settings.DIGEST_KEY = "another"
    assert len(found | {digest("13812345678", kind="phone")}) == 5


def test_nothing_has_no_digest() -> None:
    assert digest(" - ", kind="phone") == b""


def test_an_unknown_kind_of_digest_is_an_error() -> None:
    with pytest.raises(KeyError):
        digest("x", kind="colour")
