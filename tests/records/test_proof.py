"""Sealed rows: what the owner of the database does to a table that claims never to change is found, with its place."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils import timezone

from binzhou_xinfang.append_only import RefuseChange
from binzhou_xinfang.records import anchors, audit, files, ledger, proof
from binzhou_xinfang.records.access import log
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.crypto import EncryptedJSONField, EncryptedTextField
from binzhou_xinfang.records.models import AccessLog, Anchor, Seal
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db

SECOND, FOURTH, SIXTH = (datetime(2026, 3, day, 4, tzinfo=UTC) for day in (2, 4, 6))
# What the columns of some tables ask of one another.
OWN: dict[str, dict[str, Any]] = {
    "accounts.grant": {
        "is_given": False, "decided_at": SECOND, "kind": "password", "role": "", "decided_by_id": 1, "asked_by_id": 2,
    },
    "accounts.unitchange": {"done_at": SECOND},
    "supervision.circular": {"stage": "issued"},
    "hearings.draw": {"state": "discarded"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _outside(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.VAR_DIR = tmp_path
    with time_machine.travel(SECOND, tick=False):
        ledger.note(ledger.CALENDAR_WHOLE, by=None, at=timezone.now(), of="calendar:2026", label="2026年")
        yield


@contextmanager
def undone() -> Iterator[None]:
    """Take back what the block does: rows that hang in the air are gone before anybody asks for what they hang on."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def open_up(*tables: type[models.Model]) -> None:
    """Do what the owner of the tables would do first: take the triggers and the rules away."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in tables:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint"
                " WHERE contype IN ('f', 'c') AND %s::regclass IN (conrelid, confrelid)", [table],
            )  # fmt: skip
            for held, name in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {held} DROP CONSTRAINT "{name}"')


def sql(model: type[models.Model], statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(connection.ops.quote_name(model._meta.db_table)))


def value_of(field: models.Field[Any, Any], number: int) -> Any:
    if field.choices and not callable(field.choices) and not field.null:
        return next(iter(field.choices))[0]
    if field.null and not field.is_relation:
        return None
    by_type: dict[str, Any] = {
        "DateField": date(2026, 3, number), "DateTimeField": SECOND, "BooleanField": False, "JSONField": {},
        "GenericIPAddressField": "127.0.0.1", "BinaryField": b"x", "FloatField": 1.0, "UUIDField": None,
    }  # fmt: skip
    if isinstance(field, EncryptedJSONField):
        return {}
    kind = "TextField" if isinstance(field, EncryptedTextField) else field.get_internal_type()
    if kind in by_type:
        return by_type[kind]
    return f"甲{number}"[: field.max_length or 9] if kind in {"CharField", "TextField", "SlugField"} else number


def row_of(model: type[models.Model], number: int) -> int:
    """Write a row with made-up values, the rules of the columns set aside; gives its key."""
    given = {
        field.attname: value_of(field, number)
        for field in model._meta.local_concrete_fields
        if not field.primary_key and not field.generated
    }
    obj = model(pk=number * 10, **given | OWN.get(model._meta.label_lower, {}))
    obj.save_base(raw=True, force_insert=True)
    return int(obj.pk)


def faults(**options: Any) -> list[tuple[Any, ...]]:
    return [tuple(found) for found in audit.verify(None, **options).findings]


def a_column(model: type[models.Model]) -> str:
    """A column that anybody could wish to change."""
    fields = model._meta.local_concrete_fields
    kinds = {"CharField", "TextField"}  # but no state: it may say if the row is final at all
    texts = [field for field in fields if field.get_internal_type() in kinds and not field.choices]
    return str((texts or [field for field in fields if field.is_relation])[-1].column)


@pytest.mark.parametrize("model", proof.tables(), ids=lambda model: model._meta.label_lower)
def test_each_kind_of_tampering_is_found_in_each_table_with_the_row(model: type[models.Model]) -> None:
    label, column = model._meta.label_lower, a_column(model)
    changed = "77" if model._meta.get_field(field_of(model, column)).is_relation else "'乙'"
    deeds = {
        f'UPDATE {{}} SET "{column}" = {changed} WHERE id = 20': {  # noqa: S608  names from the models
            (label, "20", None, "altered"),
        },
        "DELETE FROM {} WHERE id = 20": {(label, "20", None, "missing")},
        "UPDATE {} SET id = 15 WHERE id = 20": {(label, "15", None, "inserted"), (label, "20", None, "missing")},
        EXCHANGE: {(label, "10", None, "altered"), (label, "30", None, "altered")},
    }
    with undone():
        open_up(model)
        assert [row_of(model, number) for number in (1, 2, 3)] == [10, 20, 30]
        assert anchors.close_days(FOURTH) == 2
        assert faults() == []
        for statement, expected in deeds.items():
            with undone():
                sql(model, statement)
                # What becomes final one by one may have become so today, where the table does not say when.
                claim = proof.claim_of(model)
                may_be_new = bool(claim and claim.final and not claim.moment)
                assert set(faults()) == {one for one in expected if not (may_be_new and one[3] == "inserted")}


EXCHANGE = (
    "UPDATE {0} SET id = -1 WHERE id = 10; UPDATE {0} SET id = 10 WHERE id = 30; UPDATE {0} SET id = 30 WHERE id = -1"
)


def field_of(model: type[models.Model], column: str) -> str:
    return next(field.name for field in model._meta.local_concrete_fields if field.column == column)


def looked(number: int) -> None:
    log(PostFactory(), AccessAct.OPEN, f"BZXF-2026-{number:06d}")


def test_rows_of_later_days_are_sealed_by_later_anchors_and_none_twice() -> None:
    looked(1)
    anchors.close_days(FOURTH)
    with time_machine.travel(FOURTH, tick=False):
        looked(2)
    anchors.close_days(SIXTH)
    counts = [anchor.tables.get("records.accesslog", {}).get("count") for anchor in Anchor.objects.order_by("day")]
    assert counts == [1, None, 1, None]
    assert faults() == []


def test_a_row_that_says_it_is_of_a_closed_day_and_came_later_is_found_before_and_after_it_is_sealed() -> None:
    looked(1)
    anchors.close_days(FOURTH)
    looked(2)
    late = AccessLog.objects.order_by("pk").last()
    assert late is not None
    expected = [("records.accesslog", str(late.pk), None, "inserted")]
    assert faults() == expected
    anchors.close_days(SIXTH)
    assert faults() == expected


def test_what_is_done_to_the_seals_themselves_is_found() -> None:
    looked(1)
    anchors.close_days(FOURTH)
    for statement, fault in (
        ("UPDATE {} SET rows = '\\x00'", "altered"),
        ("DELETE FROM {}", "missing"),
        ("UPDATE {} SET day = '2026-02-01'", "missing"),
    ):
        with undone():
            open_up(Seal)
            sql(Seal, statement)
            assert ("records.seal", "records.accesslog 2026-03-02", None, fault) in faults()


def test_who_changes_row_seal_and_anchor_alike_is_given_away_by_the_key_and_by_the_file() -> None:
    looked(1)
    anchors.close_days(FOURTH)
    open_up(AccessLog, Anchor)
    sql(AccessLog, "UPDATE {} SET subject = '别的'")
    anchor = Anchor.objects.earliest("day")
    told = anchor.tables | {"records.accesslog": anchor.tables["records.accesslog"] | {"hash": "0" * 64}}
    Anchor.objects.filter(pk=anchor.pk).update(tables=told)
    assert ("records.anchor", "2026-03-02", None, "altered") in faults()


def test_a_stored_file_that_the_disk_has_lost_or_changed_is_found(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    kept = [files.keep(content, "text/plain").sha256 for content in (b"one", b"two")]
    files.path_of(kept[0]).unlink()
    files.path_of(kept[1]).write_bytes(b"2")
    assert faults() == []
    expected = [("records.storedfile", kept[0], None, "missing"), ("records.storedfile", kept[1], None, "altered")]
    assert faults(with_files=True) == expected


def test_the_command_says_where_and_ends_with_1() -> None:
    looked(1)
    anchors.close_days(FOURTH)
    open_up(AccessLog, Anchor)
    sql(AccessLog, "UPDATE {} SET subject = '别的'")
    said, shouted = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", stdout=said, stderr=shouted)
    pk = AccessLog.objects.get().pk
    assert (ended.value.code, f"records.accesslog {pk} 被改动" in shouted.getvalue()) == (1, True)


def test_a_table_that_claims_to_be_unchangeable_and_is_in_no_proof_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert proof.check_claims(None) == []
    monkeypatch.setattr(AccessLog, "unchanging", None)
    assert [fault.id for fault in proof.check_claims(None)] == ["records.E002"]


def test_a_trigger_that_refuses_changes_is_a_claim() -> None:
    assert proof.claims(AccessLog)
    assert RefuseChange.operation is not None
    assert not proof.claims(ledger.Ledger)
