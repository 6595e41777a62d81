"""State of the programs that `make run` keeps, in a file for whoever asks: the health page, and the next start.

The file has one size from the beginning and is written in place, so that it can be written on a full disk too.
"""

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from binzhou_xinfang.local import processes
from binzhou_xinfang.local.kept import Kept

NAME = "processes.json"
SIZE = 4096
READS = 5


@dataclass(frozen=True)
class Part:
    """One program. `started`: by which the kernel tells its process from a later one of the same number."""

    name: str
    label: str
    pid: int
    started: int
    since: float
    is_up: bool
    falls: int
    is_looping: bool


@dataclass(frozen=True)
class State:
    """All programs of a supervisor, and whether it still lives."""

    is_alive: bool
    parts: tuple[Part, ...]


class StateFile:
    """The open file of one supervisor."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def write(self, kept: Iterable[Kept]) -> None:
        """Write how each of them stands. A disk that takes nothing costs the news, not the supervisor."""
        own = os.getpid()
        said = {"pid": own, "started": processes.started_at(own), "parts": [asdict(_part(one)) for one in kept]}
        with suppress(OSError):
            os.pwrite(self.descriptor, json.dumps(said, ensure_ascii=False).encode().ljust(SIZE), 0)


@contextmanager
def opened(var_dir: Path) -> Iterator[StateFile]:
    """Open the state file of this folder for writing; an orderly end removes it."""
    path = var_dir / NAME
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield StateFile(descriptor)
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def read(var_dir: Path) -> State | None:
    """Read the state of the folder's programs; None when no supervisor has written one."""
    for _ in range(READS):
        try:
            said = json.loads((var_dir / NAME).read_bytes())
            return State(_lives(said["pid"], said["started"]), tuple(Part(**part) for part in said["parts"]))
        except OSError:
            return None
        except (ValueError, KeyError, TypeError):  # it is being written
            time.sleep(0.01)
    return None


def is_running(part: Part) -> bool:
    """Check that the very process of the state file still runs."""
    return _lives(part.pid, part.started)


def _lives(pid: int, started: int | None) -> bool:
    return bool(pid) and started is not None and processes.started_at(pid) == started


def _part(kept: Kept) -> Part:
    pid = kept.process.pid if kept.process is not None else 0
    return Part(
        name=kept.program.name,
        label=kept.program.label,
        pid=pid,
        started=processes.started_at(pid) or 0,
        since=kept.since,
        is_up=kept.is_up,
        falls=kept.falls,
        is_looping=kept.is_looping,
    )
