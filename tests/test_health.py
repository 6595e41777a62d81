"""The pages that tell whether the system is well."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from binzhou_xinfang import health
from binzhou_xinfang.tasks import beat_heartbeat
from cases.models import SweepRun
from cases.watch.sweep import sweep

# Rounds of the house whose arrears are asked for.
HOUSE = {"urgent": "ok", "hand-overs": "ok"}


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
        {"status": "ok", "checks": {"database": "ok", "redis": "ok", "beat": "ok", "sweep": "ok", **HOUSE}},
    )


@pytest.mark.django_db
def test_readyz_misses_a_heartbeat_that_never_came(client: Client) -> None:
    status, report = ready(client)
    assert (status, report["status"]) == (503, "failing")
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
def test_readyz_names_redis_when_it_is_gone(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    nowhere = "unix:///nowhere/redis.sock?db=0"
    settings.REDIS_URL = nowhere
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere}}
    status, report = ready(client)
    assert status == 503
    assert report["checks"] == {
        "database": "ok",
        "redis": "Redis does not answer",
        "beat": "Redis does not answer, so the heartbeat cannot be read",
        "sweep": "ok",
        **HOUSE,
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 503)])
def test_readyz_wants_a_sweep_of_the_last_ten_minutes(client: Client, minutes: int, status: int) -> None:
    beat_heartbeat()
    sweep(at=timezone.now())
    SweepRun.objects.update(ended_at=timezone.now() - timedelta(minutes=minutes))
    found, report = ready(client)
    said = report["checks"]["sweep"]  # type: ignore[index]
    assert (found, said.startswith("the deadlines have not been swept since")) == (status, status == 503)
