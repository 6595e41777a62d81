"""Chained events: how they hang together, and that the database refuses to change them."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records import events
from binzhou_xinfang.records.append_only import RefuseChange
from binzhou_xinfang.records.events import NEW_CHAIN, Link, seal
from tests.records.chains import Folder, FolderEvent
from tests.records.conftest import Write

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "chain": "tried.folderevent:1",
    "seq": 1,
    "kind": "noted",
    "actor_id": 1,
    "actor_name": "刘芳",
    "unit_id": 2,
    "happened_at": NOON,
    "recorded_at": NOON,
    "detail": {"a": 1, "b": "二"},
    "previous_hash": b"",
}


def test_events_of_a_chain_are_numbered_and_linked(folder: Folder, write: Write, post: Post) -> None:
    first, second = write(folder, 2), write(folder, 3)
    assert [(e.seq, e.actor, e.actor_name, e.unit) for e in (first, second)] == [
        (1, post.user, post.user.name, post.unit),
        (2, post.user, post.user.name, post.unit),
    ]
    assert (first.previous_hash, second.previous_hash) == (b"", first.hash)


def test_a_stored_event_gives_its_hash_again(folder: Folder, post: Post) -> None:
    detail = {"on": date(2026, 3, 2), "at": NOON, "sum": Decimal("1.50"), "n": 3, "list": ["一", None, True]}
    written = events.append(FolderEvent, folder, kind="noted", by=post, happened_at=NOON, detail=detail)
    stored = FolderEvent.objects.get(pk=written.pk)
    assert stored.expected_hash() == bytes(stored.hash) == written.hash
    assert stored.detail["on"] == "2026-03-02"


def test_what_the_system_does_has_no_actor(folder: Folder) -> None:
    event = events.append(FolderEvent, folder, kind="lapsed", by=None, happened_at=NOON, detail={})
    assert (event.actor, event.actor_name, event.unit) == (None, "", None)


@pytest.mark.parametrize("number", [1.5, float("nan")])
def test_a_float_is_refused(folder: Folder, number: float) -> None:
    with pytest.raises(TypeError, match="floating-point"):
        events.append(FolderEvent, folder, kind="noted", by=None, happened_at=NOON, detail={"x": [number]})


def test_appending_reads_only_the_end_of_the_chain(
    folder: Folder, write: Write, post: Post, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write(folder, 2)
    with django_assert_num_queries(2):
        write(folder, 2)


def test_appending_to_a_known_end_only_writes(
    folder: Folder, post: Post, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        event = events.append(FolderEvent, folder, kind="noted", by=post, happened_at=NOON, detail={}, last=NEW_CHAIN)
    assert events.last_link(FolderEvent, folder) == Link(1, event.hash)


def test_two_events_cannot_take_one_place(folder: Folder, write: Write) -> None:
    write(folder, 2)
    with pytest.raises(IntegrityError, match="tried_folderevent_one_per_place"):
        events.append(FolderEvent, folder, kind="noted", by=None, happened_at=NOON, detail={}, last=NEW_CHAIN)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tried_folderevent SET kind = 'x'",
        "DELETE FROM tried_folderevent",
        "TRUNCATE tried_folderevent",
        "SET LOCAL pgtrigger.ignore = '{{{}}}'; DELETE FROM tried_folderevent",
    ],
)
def test_the_database_refuses_to_change_events(folder: Folder, write: Write, statement: str) -> None:
    write(folder, 2)
    with pytest.raises(InternalError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(RefuseChange().get_pgid(FolderEvent)))
    assert FolderEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("chain", "tried.folderevent:2"),
        ("seq", 2),
        ("kind", "moved"),
        ("actor_id", None),
        ("actor_name", "刘某"),
        ("unit_id", 3),
        ("happened_at", NOON + timedelta(microseconds=1)),
        ("recorded_at", NOON + timedelta(microseconds=1)),
        ("detail", {"a": 1, "b": "三"}),
        ("previous_hash", b"\1"),
    ],
)
def test_the_seal_covers_every_fact(name: str, value: Any) -> None:
    assert seal(**FACTS | {name: value}) != seal(**FACTS)


def test_the_seal_does_not_depend_on_order_or_time_zone() -> None:
    shanghai = NOON.astimezone(timezone(timedelta(hours=8)))
    assert seal(**FACTS | {"detail": {"b": "二", "a": 1}, "happened_at": shanghai}) == seal(**FACTS)


def test_the_seal_depends_on_a_key_that_the_database_does_not_hold(settings: Any) -> None:
    before = seal(**FACTS)
    settings.DIGEST_KEY = "another"
    assert seal(**FACTS) != before


def test_a_chain_without_its_constraint_is_an_error_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    named = [constraint.name for constraint in FolderEvent._meta.constraints]
    monkeypatch.setattr(FolderEvent._meta, "constraints", [])
    found = [message.id for message in FolderEvent.check() if message.id.startswith("records")]
    assert (named, found) == (["tried_folderevent_one_per_place"], ["records.E001"])
