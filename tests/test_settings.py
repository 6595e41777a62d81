"""Promises of the settings: the driver, the timetable, the locks and limits."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection
from django.test import Client

from binzhou_xinfang.checks import check_databases, problems_of

SETTINGS_FILE = Path(settings.BASE_DIR, "binzhou_xinfang", "settings.py")


def settings_with(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    """The settings as a process with these variables would read them."""
    monkeypatch.setenv("ENV_FILE", "/dev/null")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(SETTINGS_FILE))


def test_django_talks_through_psycopg2() -> None:
    assert connection.Database.__name__ == "psycopg2"


def test_celery_takes_json_alone_and_acknowledges_late() -> None:
    conf = current_app.conf
    assert (conf.accept_content, conf.task_serializer, conf.task_acks_late) == (["json"], "json", True)
    assert conf.broker_transport_options["visibility_timeout"] > conf.task_time_limit


def test_passwords_are_kept_with_argon2() -> None:
    # The tests themselves use a quick hasher, so the file is asked.
    hashers = runpy.run_path(str(SETTINGS_FILE))["PASSWORD_HASHERS"]
    assert hashers == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_every_answer_carries_a_policy_without_inline_scripts(client: Client) -> None:
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "object-src": "'none'",
    }


def test_every_answer_forbids_framing_sniffing_and_telling_others_where_one_came_from(client: Client) -> None:
    headers = client.get("/healthz").headers
    named = ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")
    assert [headers[name] for name in named] == ["DENY", "nosniff", "same-origin", "same-origin"]


@pytest.mark.parametrize(("https", "secure", "seconds"), [("0", False, 0), ("1", True, 31_536_000)])
def test_one_switch_turns_on_everything_that_https_allows(
    monkeypatch: pytest.MonkeyPatch, https: str, secure: bool, seconds: int
) -> None:
    read = settings_with(monkeypatch, HTTPS=https)
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")
    assert [read[name] for name in names] == [secure, secure, secure, seconds]


@pytest.mark.parametrize(
    ("url", "host", "name"),
    [
        ("postgres://xinfang@%2Fsrv%2FA%2Frun/xinfang", "/srv/A/run", "xinfang"),
        ("postgres://xinfang:secret@db.office:5433/cases", "db.office", "cases"),
    ],
)
def test_the_database_is_named_by_a_socket_or_a_host(
    monkeypatch: pytest.MonkeyPatch, url: str, host: str, name: str
) -> None:
    database = settings_with(monkeypatch, DATABASE_URL=url)["DATABASES"]["default"]
    assert (database["HOST"], database["NAME"]) == (host, name)


def test_without_variables_the_servers_under_var_are_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("REDIS_URL")
    read = settings_with(monkeypatch, VAR_DIR="/srv/x/var", SECRET_KEY="s", DIGEST_KEY="d", FIELD_KEYS="k1:x")
    assert read["DATABASES"]["default"]["HOST"] == "/srv/x/var/servers/run"
    assert read["REDIS_URL"] == "unix:///srv/x/var/servers/run/redis.sock?db=0"
    assert read["CELERY_BROKER_URL"] == "redis+socket:///srv/x/var/servers/run/redis.sock?virtual_host=0"


def test_every_variable_of_the_example_is_read_by_the_settings_or_the_commands() -> None:
    lines = Path(settings.BASE_DIR, ".env.example").read_text(encoding="utf-8").splitlines()
    variables = {
        line.lstrip("# ").partition("=")[0]
        for line in lines
        if "=" in line and " " not in line.partition("=")[0].lstrip("# ")
    }
    sources = [SETTINGS_FILE, *Path(settings.BASE_DIR, "binzhou_xinfang", "local").glob("*.py")]
    code = "".join(source.read_text(encoding="utf-8") for source in sources)
    assert {name for name in variables if f'"{name}"' not in code} == set()


@pytest.mark.django_db
def test_the_database_at_hand_passes_the_check() -> None:
    assert check_databases(["default"]) == []


@pytest.mark.parametrize(
    ("version", "encoding", "ctype", "ids"),
    [
        (150000, "UTF8", "C.UTF-8", []),
        (180004, "UTF8", "zh_CN.utf8", []),
        (149999, "UTF8", "C.UTF-8", ["binzhou_xinfang.E001"]),
        (150000, "SQL_ASCII", "C", ["binzhou_xinfang.E002", "binzhou_xinfang.E003"]),
        (150000, "UTF8", "C", ["binzhou_xinfang.E003"]),
        (150000, "EUC_CN", "zh_CN.UTF-8", ["binzhou_xinfang.E002"]),
    ],
)
def test_the_check_wants_postgresql_15_with_utf_8(version: int, encoding: str, ctype: str, ids: list[str]) -> None:
    assert [problem.id for problem in problems_of(version, encoding, ctype)] == ids
