"""Health pages for the watcher of the machine, and the heartbeat of Celery's beat."""

import time
from collections.abc import Callable

import redis
from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.watch.sweep.pulse import stopped_since

HEARTBEAT_KEY = "health.beat"
# The beat strikes every 10 seconds; two minutes of silence mean that nobody watches the deadlines.
HEARTBEAT_LIMIT_SECONDS = 120


class NotWellError(Exception):
    """A part does not answer as it should; the message names what is wrong."""


@shared_task(name="health.beat_heartbeat")
def beat_heartbeat() -> None:
    """Note that beat, broker and worker have just passed a task on. Safe to run twice or late."""
    cache.set(HEARTBEAT_KEY, time.time(), timeout=None)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the process answers at all; asks nothing else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, Redis and beat are well, else 503; the JSON names each part and what fails."""
    report = {name: _report(check) for name, check in CHECKS.items()}
    well = all(answer == "ok" for answer in report.values())
    status = "ok" if well else "failing"
    return JsonResponse({"status": status, "checks": report}, status=200 if well else 503)


def _report(check: Callable[[], None]) -> str:
    try:
        check()
    except NotWellError as problem:
        return str(problem)
    return "ok"


def _check_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise NotWellError("the database does not answer") from error


def _check_redis() -> None:
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2).ping()
    except redis.RedisError as error:
        raise NotWellError("Redis does not answer") from error


def _check_beat() -> None:
    try:
        struck_at = cache.get(HEARTBEAT_KEY)
    except redis.RedisError as error:
        raise NotWellError("Redis does not answer, so the heartbeat cannot be read") from error
    if struck_at is None:
        raise NotWellError("the heartbeat of beat has not been heard yet")
    age = int(time.time() - struck_at)
    if age >= HEARTBEAT_LIMIT_SECONDS:
        raise NotWellError(f"the last heartbeat of beat is {age} seconds old")


def _check_sweep() -> None:
    try:
        stopped = stopped_since(timezone.now())
    except DatabaseError as error:
        raise NotWellError("the database does not answer, so the last sweep cannot be read") from error
    if stopped is not None:
        raise NotWellError(f"the deadlines have not been swept since {stopped.isoformat(timespec='seconds')}")


CHECKS: dict[str, Callable[[], None]] = {
    "database": _check_database, "redis": _check_redis, "beat": _check_beat, "sweep": _check_sweep,
}  # fmt: skip
