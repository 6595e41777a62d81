"""Role of the web in the database: it works, and has no power over what only grows."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from binzhou_xinfang import second_leg
from binzhou_xinfang.records import anchors, proof, web_role
from binzhou_xinfang.records.models import AccessLog
from cases.house import people
from cases.house.acts import take
from cases.states import State
from cases.watch.sweep import sweep
from tests.cases.pages import signed_in, version_in
from tests.office import MONDAY, Office, case_in, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]


@pytest.fixture
def as_web(office: Office) -> None:
    """Step down, after the people are there, to whom the web server is."""
    said = StringIO()
    call_command("grant_web", stdout=said)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {web_role.ROLE}")


def refused(statement: str) -> bool:
    refusal = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return True


@pytest.mark.parametrize("model", proof.tables(), ids=lambda model: model._meta.label_lower)
def test_what_only_grows_is_neither_changed_nor_emptied_nor_freed_of_its_trigger(as_web: None, model: Any) -> None:
    table = model._meta.db_table
    assert refused(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    assert refused(f"TRUNCATE {table} CASCADE")
    assert refused(f"DELETE FROM {table}")  # noqa: S608  names from the models
    if proof.claim_of(model).final is None:  # type: ignore[union-attr]
        assert refused(f"UPDATE {table} SET id = id + 1")  # noqa: S608  names from the code


def test_events_anchors_and_migrations_are_out_of_its_reach(as_web: None) -> None:
    for table in ("cases_caseevent", "records_houseevent", "records_anchor", "records_seal"):
        assert refused(f"UPDATE {table} SET id = id + 1")  # noqa: S608  names from the code
    assert refused("DELETE FROM django_migrations")
    assert refused("DROP TABLE cases_caseevent CASCADE")
    assert refused("DELETE FROM accounts_post")
    assert not web_role.owns_tables()


def test_it_reaches_every_table_those_without_a_model_too(as_web: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND NOT has_table_privilege(oid, 'SELECT')"
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT has_table_privilege('binzhou_xinfang_secondleg', 'INSERT, UPDATE, DELETE')")
        assert cursor.fetchone() == (True,)


def test_the_office_works_under_it(office: Office, as_web: None) -> None:
    case = case_in(office, State.HANDLING)
    browser = signed_in(office.head)
    assert browser.get(case.get_absolute_url()).status_code == 200
    link = case.letters.first()
    assert link is not None
    assert browser.get(reverse("cases:letter", args=[case.number, link.pk])).status_code == 200
    sweep(at=MONDAY + timedelta(days=90))
    said = {"first_day": "2025-03-18", "kind": "off", "name": "测试节", "source": "通知"}
    version = version_in(browser.get(reverse("cases:work-calendar")).content.decode())
    assert browser.post(reverse("cases:work-calendar"), said | {"version": version}).status_code == 302
    take(
        people.ACTS["amend"], office.handler.user, {"name": office.handler.user.name, "phone": "1", "reason": "更正"},
        by=office.administrator, at=MONDAY,
    )  # fmt: skip
    assert AccessLog.objects.exists()


def test_days_are_closed_and_verified_under_it(office: Office, as_web: None, settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path
    register(office)
    assert anchors.close_days(MONDAY + timedelta(days=2)) == 2


def test_every_table_that_there_is_may_be_read_by_it(as_web: None) -> None:
    """A table that belongs to no model, as the second leg of the cache, is not forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            " AND NOT has_table_privilege(%s, quote_ident(schemaname) || '.' || quote_ident(tablename), 'SELECT')",
            [web_role.ROLE],
        )
        assert [name for (name,) in cursor.fetchall()] == []


def test_the_cache_works_without_redis_under_it(as_web: None) -> None:
    leg = second_leg.SecondLeg()
    leg.set("word", 1, 60)
    assert (leg.get("word", None), leg.forget()) == (1, ["word"])
