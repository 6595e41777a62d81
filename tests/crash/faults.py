"""Faults of a running system: kills, outages, a full disk, clocks that jump, the death of the supervisor itself."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from tests.crash.ground import RESERVE_MB, Ground

AWAY_SECONDS = 6.0
FULL_SECONDS = 8.0
AHEAD_SECONDS = 26 * 3600.0
EVERY = ("postgres", "redis", "web", "worker", "beat")


@dataclass(frozen=True)
class Fault:
    """A fault by its name; `do` returns when the part is possible again, with a remark for the table.

    `ends_sessions`: people are signed out rightly. `needs_disk`: only on a disk of its own.
    """

    name: str
    do: Callable[[Ground], str]
    ends_sessions: bool = False
    needs_disk: bool = False


def killed(*names: str) -> Callable[[Ground], str]:
    """Kill these parts once, with -9."""

    def do(ground: Ground) -> str:
        for name in names:
            ground.kill(name)
        return ""

    return do


def away(name: str) -> Callable[[Ground], str]:
    """Keep a server away for six seconds: whenever it comes up it is killed again."""

    def do(ground: Ground) -> str:
        ends, times = time.monotonic() + AWAY_SECONDS, 0
        while time.monotonic() < ends:
            before = ground.part(name)
            ground.kill(name)
            times += before.is_up
            time.sleep(0.05)
        return f"{AWAY_SECONDS:g} s away"

    return do


def one_child(name: str) -> Callable[[Ground], str]:
    """Kill one of the processes that a part has started."""

    def do(ground: Ground) -> str:
        with suppress(ProcessLookupError):
            os.kill(ground.children(name)[0], signal.SIGKILL)
        return ""

    return do


def one_backend(ground: Ground) -> str:
    """Kill the backend of a client: PostgreSQL restarts itself out of its log."""
    found = ground.rows(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() LIMIT 1"
    )
    with suppress(ProcessLookupError):
        os.kill(found[0][0], signal.SIGKILL)
    return ""


def full_disk(ground: Ground) -> str:
    """Leave less than the reserve, try an upload, then leave nothing at all for a while."""
    ground.fill_disk(RESERVE_MB * 1024**2 // 2)
    upload = ground.upload(ground.rows("SELECT number FROM cases_petitioncase ORDER BY id DESC LIMIT 1")[0][0])
    ends = time.monotonic() + FULL_SECONDS
    while time.monotonic() < ends:
        ground.fill_disk(0)
        time.sleep(0.1)
    ground.free_disk()
    return f"upload {upload}, {FULL_SECONDS:g} s without a byte"


def clock_jumps(ground: Ground) -> str:
    """Let all clocks but the database's go 26 hours ahead, and back."""
    ground.jump(AHEAD_SECONDS)
    time.sleep(AWAY_SECONDS)
    ground.jump(0)
    return "26 h ahead for 6 s"


def supervisor_killed(ground: Ground) -> str:
    """Kill `make run` itself, and start it again at once."""
    assert ground.process is not None
    ground.process.kill()
    ground.process.wait()
    began = time.monotonic()
    ground.start()
    return f"started again in {time.monotonic() - began:.1f} s"


FAULTS = (
    Fault("web server killed", killed("web")),
    Fault("one web process killed", one_child("web")),
    Fault("worker killed", killed("worker")),
    Fault("one worker process killed", one_child("worker")),
    Fault("beat killed", killed("beat")),
    Fault("Redis killed", killed("redis")),
    Fault("Redis away", away("redis")),
    Fault("PostgreSQL backend killed", one_backend),
    Fault("PostgreSQL postmaster killed", killed("postgres")),
    Fault("PostgreSQL away", away("postgres")),
    Fault("all five killed at once", killed(*EVERY)),
    Fault("disk full, then freed", full_disk, needs_disk=True),
    Fault("clock ahead, and back", clock_jumps, ends_sessions=True),
    Fault("make run itself killed", supervisor_killed),
)
