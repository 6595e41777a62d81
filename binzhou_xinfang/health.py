"""Health pages for the watcher of the machine: each asks the parts that the apps have named."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang import unwell
from binzhou_xinfang.hooks import Registry
from binzhou_xinfang.local import state_file

HEARTBEAT_KEY = "health.beat"
# The beat strikes every 10 seconds; two minutes of silence mean that nobody watches the deadlines.
HEARTBEAT_LIMIT_SECONDS = 120
# A program that was started again a moment ago is no matter for anybody.
DOWN_SECONDS = 3.0


class NotWellError(Exception):
    """A part does not answer as it should: what is wrong, for the watcher of the machine and in the office's words."""

    def __init__(self, message: str, words: str) -> None:
        super().__init__(message)
        self.words = words


def _in_use() -> str:
    return ""


@dataclass(frozen=True)
class Part:
    """A part that is asked: `check` returns while it is well, and raises NotWellError otherwise.

    `label` is its name in the office; `meanwhile` says what works and what waits as long as it is not well. `unused`
    says why the office has none of it, "" where it has: no alarm, but nobody reads that it is well.
    """

    check: Callable[[], None]
    label: str
    meanwhile: str
    unused: Callable[[], str] = _in_use


@dataclass(frozen=True)
class Finding:
    """One part as it was found: `problem` is empty while it is well, `since` None; `unused`: why it is not asked."""

    name: str
    part: Part
    problem: str = ""
    words: str = ""
    since: datetime | None = None
    unused: str = ""


PARTS: Registry[str, Part] = Registry("health.PARTS")
# Without these nothing is read or written; without the others much is.
VITAL = frozenset({"database"})


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the process answers at all; asks nothing else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part is well, else 503; the JSON names each part, what fails, and since when."""
    found = findings()
    failing = [finding for finding in found if finding.problem]
    status = "ok" if not failing else "failing" if VITAL & {finding.name for finding in failing} else "degraded"
    said = {
        "status": status,
        "checks": {finding.name: finding.problem or _of_one_not_failing(finding) for finding in found},
        "since": {finding.name: _moment(finding.since) for finding in failing},
    }
    answer = JsonResponse(said, status=503 if failing else 200)
    # A watcher asks every few seconds, during a start as well: `unwell` has told what changed, once.
    vars(answer)["_has_been_logged"] = True
    return answer


def _of_one_not_failing(finding: Finding) -> str:
    return "not in use" if finding.unused else "ok"


def findings() -> list[Finding]:
    """Ask every part, and note since when which of them is not well."""
    return [_find(name, part) for name, part in PARTS.items()]


def _find(name: str, part: Part) -> Finding:
    if unused := part.unused():
        unwell.clear(name)
        return Finding(name, part, unused=unused)
    try:
        part.check()
    except NotWellError as problem:
        return Finding(name, part, str(problem), problem.words, unwell.note(name, why=str(problem)))
    except Error:  # whatever it is that asks the database
        said = ("the database does not answer, so this cannot be read", "数据库没有应答，无法查看")
        return Finding(name, part, *said, unwell.note(name, why=said[0]))
    unwell.clear(name)
    return Finding(name, part)


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def check_database() -> None:
    """Raise NotWellError when PostgreSQL does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        raise NotWellError("the database does not answer", "数据库没有应答") from error


def check_redis() -> None:
    """Raise NotWellError when Redis does not answer."""
    if not _redis_answers():
        raise NotWellError("Redis does not answer", "Redis 没有应答")


def _redis_answers() -> bool:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def check_beat() -> None:
    """Raise NotWellError when beat has not struck for two minutes, or strikes by another clock."""
    if not _redis_answers():
        raise NotWellError("Redis does not answer, so background work waits", "Redis 没有应答，后台任务在等候")
    struck_at = cache.get(HEARTBEAT_KEY)
    if struck_at is None:
        raise NotWellError("the heartbeat of beat has not been heard yet", "还没有收到定时器的心跳")
    age = int(time.time() - struck_at)
    if age <= -HEARTBEAT_LIMIT_SECONDS:
        raise NotWellError(
            f"the last heartbeat of beat lies {-age} seconds ahead: the clock was wrong, or is",
            f"定时器最近一次心跳的时间比现在晚 {-age} 秒，服务器时钟不准或者曾经不准",
        )
    if age >= HEARTBEAT_LIMIT_SECONDS:
        raise NotWellError(f"the last heartbeat of beat is {age} seconds old", f"定时器最近一次心跳在 {age} 秒以前")


def check_disk() -> None:
    """Raise NotWellError when there is so little room that uploads are refused."""
    free = free_bytes(Path(settings.VAR_DIR))
    if free < settings.DISK_RESERVE_BYTES:
        room = free // 1024**2
        raise NotWellError(f"only {room} MB are free on the disk, uploads are refused", f"磁盘只剩 {room} MB")


def free_bytes(folder: Path) -> int:
    """Measure the room on the disk of the folder."""
    return shutil.disk_usage(folder).free


def check_programs() -> None:
    """Raise NotWellError when a program that `make run` keeps is down, or falls again and again.

    Under systemd there is no such file: there beat's heartbeat, Redis and the database tell.
    """
    state = state_file.read(Path(settings.VAR_DIR))
    if state is None or not state.is_alive:
        return
    said = [_told(part) for part in state.parts if part.is_looping or _is_down(part)]
    if said:
        raise NotWellError("; ".join(machine for machine, _ in said), "；".join(words for _, words in said))


def _is_down(part: state_file.Part) -> bool:
    return not part.is_up and abs(time.time() - part.since) >= DOWN_SECONDS


def _told(part: state_file.Part) -> tuple[str, str]:
    """Word how it stands, for the machine and for the office."""
    since = datetime.fromtimestamp(part.since, timezone.get_current_timezone())
    if part.is_looping:
        said = f"{part.name} falls again and again, {part.falls} times in a row by {_moment(since)}"
        return said, f"{part.label}反复退出，已连续 {part.falls} 次，正在不断重试"
    return f"{part.name} is down since {_moment(since)}", f"{part.label}自 {since:%H:%M:%S} 起停止，正在重新启动"
