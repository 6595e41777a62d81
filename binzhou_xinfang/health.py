"""Health pages for the watcher of the machine: each asks the parts that the apps have named."""

import time
from collections.abc import Callable

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.hooks import Registry

HEARTBEAT_KEY = "health.beat"
# The beat strikes every 10 seconds; two minutes of silence mean that nobody watches the deadlines.
HEARTBEAT_LIMIT_SECONDS = 120


class NotWellError(Exception):
    """A part does not answer as it should; the message names what is wrong."""


# The parts that are asked, by their names: each returns while it is well, and raises NotWellError otherwise.
PARTS: Registry[str, Callable[[], None]] = Registry("health.PARTS")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the process answers at all; asks nothing else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part is well, else 503; the JSON names each part and what fails."""
    report = {name: _report(check) for name, check in PARTS.items()}
    well = all(answer == "ok" for answer in report.values())
    status = "ok" if well else "failing"
    return JsonResponse({"status": status, "checks": report}, status=200 if well else 503)


def _report(check: Callable[[], None]) -> str:
    try:
        check()
    except NotWellError as problem:
        return str(problem)
    return "ok"


def check_database() -> None:
    """Raise NotWellError when PostgreSQL does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise NotWellError("the database does not answer") from error


def check_redis() -> None:
    """Raise NotWellError when Redis does not answer."""
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2).ping()
    except redis.RedisError as error:
        raise NotWellError("Redis does not answer") from error


def check_beat() -> None:
    """Raise NotWellError when beat has not struck for two minutes, or strikes by another clock."""
    try:
        struck_at = cache.get(HEARTBEAT_KEY)
    except redis.RedisError as error:
        raise NotWellError("Redis does not answer, so the heartbeat cannot be read") from error
    if struck_at is None:
        raise NotWellError("the heartbeat of beat has not been heard yet")
    age = int(time.time() - struck_at)
    if age <= -HEARTBEAT_LIMIT_SECONDS:
        raise NotWellError(f"the last heartbeat of beat lies {-age} seconds ahead: the clock was wrong, or is")
    if age >= HEARTBEAT_LIMIT_SECONDS:
        raise NotWellError(f"the last heartbeat of beat is {age} seconds old")
