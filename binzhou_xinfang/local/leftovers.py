"""Programs that a killed `make run` has left behind: they are about to end, and are helped when they do not."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from binzhou_xinfang.local import state_file
from binzhou_xinfang.local.state_file import Part
from binzhou_xinfang.local.steps import step

# The kernel has told them to end when their supervisor died; requests and tasks in hand get as long as at Ctrl-C.
PATIENCE_SECONDS = 15.0
# PostgreSQL is never killed by us while it may be writing its last checkpoint.
NEVER_KILLED = frozenset({"postgres"})


def end(var_dir: Path) -> None:
    """Wait until nothing runs any longer that a dead supervisor of this folder had started."""
    state = state_file.read(var_dir)
    if state is None or state.is_alive or not (left := _running(state.parts)):
        return
    with step("等待上次没有正常停止的进程结束"):
        patience = time.monotonic() + PATIENCE_SECONDS
        while left and time.monotonic() < patience:
            time.sleep(0.1)
            left = _running(left)
        for part in left:
            if part.name not in NEVER_KILLED:
                _kill(part)


def _running(parts: "tuple[Part, ...] | list[Part]") -> list[Part]:
    return [part for part in parts if state_file.is_running(part)]


def _kill(part: Part) -> None:
    """End the process and its whole group, which bears its number."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(part.pid, signal.SIGKILL)
    while state_file.is_running(part):
        time.sleep(0.05)
