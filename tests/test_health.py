"""The pages that tell whether the system is well."""

import json
import os
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import timezone

from binzhou_xinfang import health, unwell
from binzhou_xinfang.local import state_file
from binzhou_xinfang.local.kept import Kept, Program
from binzhou_xinfang.tasks import beat_heartbeat
from cases.models import SweepRun
from cases.watch.sweep import pulse, sweep

NOWHERE = "unix:///nowhere/redis.sock?db=0"

# The machine beside the servers, and rounds of the house whose arrears are asked for.
HOUSE = {"backup": "not in use", "programs": "ok", "disk": "ok", "urgent": "ok", "hand-overs": "ok"}


def ready(client: Client) -> tuple[int, dict[str, object]]:
    response = client.get("/readyz")
    return response.status_code, response.json()


def test_healthz_answers_without_asking_anything(client: Client) -> None:
    # No database mark on this test: a query would fail it.
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_health_pages_refuse_to_be_posted_to(client: Client) -> None:
    assert [client.post(path).status_code for path in ("/healthz", "/readyz")] == [405, 405]


@pytest.mark.django_db
def test_readyz_is_well_after_a_heartbeat(client: Client) -> None:
    beat_heartbeat()
    assert ready(client) == (
        200,
        {
            "status": "ok",
            "checks": {"database": "ok", "redis": "ok", "beat": "ok", "sweep": "ok", **HOUSE},
            "since": {},
        },
    )


@pytest.mark.django_db
def test_readyz_misses_a_heartbeat_that_never_came(client: Client) -> None:
    status, report = ready(client)
    assert (status, report["status"]) == (503, "degraded")
    assert report["checks"] == {
        "database": "ok",
        "redis": "ok",
        "beat": "the heartbeat of beat has not been heard yet",
        "sweep": "ok",
        **HOUSE,
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "status"), [(118, 200), (121, 503), (-100, 200), (-125, 503)])
def test_readyz_wants_a_heartbeat_of_the_last_two_minutes(client: Client, age: int, status: int) -> None:
    cache.set(health.HEARTBEAT_KEY, time.time() - age)
    assert ready(client)[0] == status


@pytest.mark.django_db
def test_readyz_names_redis_when_it_is_gone_and_since_when(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR, settings.REDIS_URL = tmp_path, NOWHERE
    status, report = ready(client)
    assert (status, report["status"]) == (503, "degraded")
    assert report["checks"] == {
        "database": "ok",
        "redis": "Redis does not answer",
        "beat": "Redis does not answer, so background work waits",
        "sweep": "ok",
        **HOUSE,
    }
    since = report["since"]["redis"]  # type: ignore[index]
    assert timezone.now() - datetime.fromisoformat(since) < timedelta(minutes=1)
    assert ready(client)[1]["since"]["redis"] == since  # type: ignore[index]


@pytest.mark.django_db
def test_what_is_not_well_is_logged_once_and_when_it_is_well_again(
    client: Client, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    beat_heartbeat()
    redis = settings.REDIS_URL
    settings.VAR_DIR, settings.REDIS_URL = tmp_path, NOWHERE
    assert [ready(client)[0] for _ in range(3)] == [503] * 3
    settings.REDIS_URL = redis
    ready(client)
    said = [(record.levelname, record.getMessage()) for record in caplog.records if "redis" in record.getMessage()]
    assert said == [("WARNING", "redis is not well: Redis does not answer"), ("WARNING", "redis is well again")]
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.django_db
def test_what_is_well_again_is_no_longer_noted(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    unwell.note("beat")
    beat_heartbeat()
    assert (ready(client)[0], unwell.since("beat")) == (200, None)


def test_a_moment_noted_by_a_clock_that_was_ahead_is_not_to_come(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    unwell.note("beat")
    ahead = time.time() + 86400
    os.utime(tmp_path / "unwell" / "beat", (ahead, ahead))
    assert (unwell.since("beat") or timezone.now()) <= timezone.now()


def test_readyz_says_of_every_part_that_the_database_is_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", mock.Mock(side_effect=OperationalError("gone")))
    status, report = ready(client)
    said = report["checks"]
    assert (status, report["status"]) == (503, "failing")
    assert said["database"] == "the database does not answer"  # type: ignore[index]
    assert said["sweep"] == "the database does not answer, so this cannot be read"  # type: ignore[index]


@pytest.mark.django_db
def test_a_disk_that_is_nearly_full_is_said(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR, settings.DISK_RESERVE_BYTES = tmp_path, 2**62
    said = ready(client)[1]["checks"]["disk"]  # type: ignore[index]
    assert said.endswith("MB are free on the disk, uploads are refused")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_up", "falls", "seconds", "said"),
    [
        (True, 1, 60, "ok"),
        (False, 1, 1, "ok"),
        (False, 1, 10, "worker is down since"),
        (True, 4, 1, "worker falls again and again, 4 times in a row"),
    ],
)
def test_a_program_that_is_down_or_falls_on_and_on_is_said(
    client: Client, settings: Any, tmp_path: Path, is_up: bool, falls: int, seconds: int, said: str
) -> None:
    settings.VAR_DIR = tmp_path
    program = Program("worker", "后台任务", begin=mock.Mock())
    worker = Kept(program)
    worker.is_up, worker.falls, worker.since = is_up, falls, time.time() - seconds
    with state_file.opened(tmp_path) as state:
        state.write([worker])
        assert ready(client)[1]["checks"]["programs"].startswith(said)  # type: ignore[index]


@pytest.mark.django_db
def test_the_state_of_a_dead_supervisor_says_nothing(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    part = {"name": "web", "label": "", "pid": 1, "started": 1, "since": 0, "is_up": False, "falls": 9}
    said = {"pid": os.getpid(), "started": 1, "parts": [part | {"is_looping": True}]}
    (tmp_path / state_file.NAME).write_text(json.dumps(said))
    assert ready(client)[1]["checks"]["programs"] == "ok"  # type: ignore[index]


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 503)])
def test_a_watch_that_never_went_round_is_missed_like_any_other(
    client: Client, monkeypatch: pytest.MonkeyPatch, minutes: int, status: int
) -> None:
    beat_heartbeat()
    monkeypatch.setattr(pulse, "_BEGUN", pulse.Begun(time.monotonic() - 60 * minutes))
    assert ready(client)[0] == status


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 503)])
def test_readyz_wants_a_sweep_of_the_last_ten_minutes(client: Client, minutes: int, status: int) -> None:
    beat_heartbeat()
    sweep(at=timezone.now())
    SweepRun.objects.update(ended_at=timezone.now() - timedelta(minutes=minutes))
    found, report = ready(client)
    said = report["checks"]["sweep"]  # type: ignore[index]
    assert (found, said.startswith("the deadlines have not been swept since")) == (status, status == 503)
