"""Answers while the database or the disk is away: in words, with Retry-After, at every address."""

import errno
from typing import Any
from unittest import mock

import psycopg2
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from binzhou_xinfang.web.outage import AWAY, CROSSED, FULL, outage_of
from tests.cases.pages import signed_in
from tests.office import Office, make_office


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = mock.Mock(side_effect=OperationalError("the server closed the connection unexpectedly"))
    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", gone)
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", gone)


def test_a_failure_is_read_through_its_causes() -> None:
    full = RuntimeError("could not write")
    full.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert outage_of(full) is FULL
    assert outage_of(InterfaceError("connection already closed")) is AWAY
    assert outage_of(OperationalError("connection refused")) is AWAY
    nameless = DatabaseError("server closed the connection unexpectedly")
    nameless.__cause__ = psycopg2.DatabaseError("server closed the connection unexpectedly")
    assert outage_of(nameless) is AWAY
    assert outage_of(DatabaseError("Save with update_fields did not affect any rows.")) is None
    assert outage_of(ProgrammingError("no such column")) is None
    assert outage_of(OSError(errno.ENOENT, "no such file")) is None
    assert outage_of(None) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "outage"),
    [("57P01", AWAY), ("57P03", AWAY), ("53300", AWAY), ("53100", FULL), ("40P01", CROSSED), ("57014", None)],
)
def test_the_state_of_the_server_tells_what_is_away(state: str, outage: Any) -> None:
    with pytest.raises(OperationalError) as told, connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$")
    assert outage_of(told.value) is outage


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("path", ["/", "/register/", "/accounts/sign-in/", "/cases/", "/notices/", "/house/units/"])
def test_without_the_database_a_page_answers_503_in_words(path: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    html = answer.content.decode()
    assert "系统暂时不能使用" in html
    assert "数据库暂时没有应答" in html


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_the_database_the_api_answers_503_as_json(method: str) -> None:
    client = Client(raise_request_exception=False, headers={"Authorization": "Token anything"})
    answer = getattr(client, method)("/api/cases/", content_type="application/json")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.json() == {"detail": AWAY.said, "field": ""}


@pytest.mark.usefixtures("no_database")
def test_the_process_lives_without_the_database() -> None:
    assert Client().get("/healthz").status_code == 200


@pytest.mark.django_db
def test_a_failure_of_ours_stays_an_error(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(office.clerk)
    client.raise_request_exception = False
    monkeypatch.setattr("cases.web.menu._count", mock.Mock(side_effect=ValueError("ours")))
    assert client.get("/").status_code == 500
