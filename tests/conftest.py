"""Ground of every test: plain static names, quick passwords, files in a folder of their own, a real browser.

Makers of people, units and matters live in `factories.py`.
"""

import os
import shutil
import time
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.db import connections, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck
from hypothesis import settings as trials
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from binzhou_xinfang.statute.models import Kept
from binzhou_xinfang.statute.rulebook import Rulebook
from cases.watch.sweep import pulse
from tests.screens import PATIENCE_MS, screen
from tests.template import template_in
from tests.underway import underway

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Examples are searched for what is wrong, not for what is slow: the machine may be busy with other work.
# Fixtures of ours hold for every example of a test.
_BUSY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]}
# The same examples in every run, so that what a run finds is due to what was changed; `make walks` looks for others.
trials.register_profile("the same", **_BUSY, derandomize=True)
trials.register_profile("others", **_BUSY)
trials.load_profile("others" if "WALKS" in os.environ else "the same")
# Nothing is collected for a test: names carry no hash, files are found where they lie.
django_settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
django_settings.WHITENOISE_AUTOREFRESH = True
django_settings.WHITENOISE_USE_FINDERS = True
# Argon2 is slow by design; a test asserts that the settings name it.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A thread of the live server gives its connection back after each request, so that tables can be emptied.
django_settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
django_settings.CACHES["default"]["KEY_FUNCTION"] = "tests.conftest.cache_key"


class CurrentTest:
    """Mark of the running test, so that its keys in the shared Redis are its own."""

    mark = uuid.uuid4().hex


def cache_key(key: str, key_prefix: str, version: int) -> str:
    """The key of the cache: another one in each test."""
    return f"{CurrentTest.mark}:{key_prefix}:{version}:{key}"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    CurrentTest.mark = uuid.uuid4().hex


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _nothing_was_set_this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what a process keeps for a day: it must not pass from one test, and one travelled day, to the next."""
    monkeypatch.setattr(Kept, "read_on", date.max)
    monkeypatch.setattr(Kept, "book", Rulebook())
    monkeypatch.setattr(Kept, "regimes", {})


@pytest.fixture(autouse=True)
def _the_watch_is_waited_for_since_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process begin with each test: a long run is no watch that never went round."""
    monkeypatch.setattr(pulse, "_BEGUN", pulse.Begun(time.monotonic()))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Let each test database be a copy of one that is migrated already, on a server of our own with a cache."""
    cache, database = getattr(request.config, "cache", None), connections["default"].settings_dict
    if cache and database["HOST"].startswith("/"):
        with django_db_blocker.unblock():
            database["TEST"]["TEMPLATE"] = template_in(cache.mkdir("migrated"))


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_may_be_emptied_between_tests() -> Iterator[None]:
    request_started.connect(underway.begin)
    request_finished.connect(underway.end)
    with mock.patch.object(DatabaseOperations, "execute_sql_flush", flush_past_triggers):
        yield


def flush_past_triggers(operations: DatabaseOperations, sql_list: list[str]) -> None:
    """Empty the tables after a transactional test, while the triggers that refuse TRUNCATE step aside.

    A request that is still being answered would hold a table that is to be emptied, or write into it afterwards.
    """
    underway.wait_for_none()
    connection = connections[operations.connection.alias]
    quote = operations.quote_name
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        # 32 is the bit of TRUNCATE in tgtype.
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgtype & 32 <> 0"
        )
        guarded = [quote(name.strip('"')) for (name,) in cursor.fetchall()]
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for sql in sql_list:
            cursor.execute(sql)
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. Without one the journeys are skipped, or fail when REQUIRE_BROWSER=1."""
    chromium = os.environ.get("CHROMIUM", "") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        missing = (
            "no Chromium on this machine: the journeys in a browser are left out (Debian: chromium, fonts-noto-cjk)"
        )
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    with mock.patch.dict(os.environ, {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}), sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS, timeout=PATIENCE_MS)
        yield running
        running.close()


# htmx writes down as faults what a form has given up because it was sent (once.js).
GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort")


def is_fault(message: ConsoleMessage) -> bool:
    """Tell a fault of the page from what it gave up on purpose."""
    return message.type == "error" and not message.text.startswith(GIVEN_UP)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of the live server, as wide as an office screen; a console error or a failed script fails the test."""
    context = screen(browser, live_server.url)
    errors: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if is_fault(message) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
