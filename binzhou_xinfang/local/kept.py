"""Programs that are kept running: each is watched, and started again with growing waits when it has ended by itself."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from binzhou_xinfang.local import processes
from binzhou_xinfang.local.steps import say

# The waits before the first, second, … start after a fall; the last one stays, so that what has become possible again
# runs within seconds.
WAITS = (0.5, 1.0, 2.0, 4.0, 5.0)
# A program that has run for so long has recovered: its falls are counted anew.
STEADY_SECONDS = 30.0
# So many falls in a row are no accident; the console says so, and the state file until it runs steadily again.
LOOP = 4


def _at_once() -> bool:
    return True


@dataclass(frozen=True)
class Program:
    """A program by its name for us and its name on the screen.

    `begin` starts it; `clear` is asked before each new start, again and again until it says that nothing hinders it
    that the last one left; `log` is where it says why it ended, when that is not on the console.
    """

    name: str
    label: str
    begin: Callable[[], "subprocess.Popen[bytes]"]
    last_signal: signal.Signals = signal.SIGTERM
    clear: Callable[[], bool] = _at_once
    log: str = ""


class Kept:
    """A program and its life: `since` (seconds of the epoch) it runs, or runs no more; `falls` in a row."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self.since, self.falls, self.is_up = time.time(), 0, False
        self._moved_at = self._next_at = 0.0

    @property
    def is_looping(self) -> bool:
        """Tell a program that falls again and again."""
        return self.falls >= LOOP

    def start(self) -> "subprocess.Popen[bytes]":
        """Start it for the first time."""
        self._begin()
        if self.process is None:
            raise RuntimeError(self.program.name)
        return self.process

    def look(self) -> bool:
        """Start it again when it has ended and its wait is over; True when something has changed."""
        now = time.monotonic()
        if self.is_up and self.process is not None:
            if status_if_ended(self.process) is None:
                return self._is_steady(now)
            self._fell(f"返回值 {self.process.returncode}", now)
            return True
        if now < self._next_at or not self.program.clear():
            return False
        try:
            self._begin()
        except OSError as fault:  # no memory, no disk, no program: tried again like any other fall
            self._fell(str(fault), now)
        else:
            say(f"{self.program.label}已重新启动。")
        return True

    def stop(self, patience: float = 20.0) -> None:
        """End it for good, and whatever it has started."""
        if self.process is not None:
            processes.stop(self.process, self.program.last_signal, patience)
        self.is_up = False

    def _begin(self) -> None:
        self.process = self.program.begin()
        self.is_up, self.since, self._moved_at = True, time.time(), time.monotonic()

    def _is_steady(self, now: float) -> bool:
        if not self.falls or now - self._moved_at < STEADY_SECONDS:
            return False
        self.falls = 0
        return True

    def _fell(self, why: str, now: float) -> None:
        if now - self._moved_at >= STEADY_SECONDS:
            self.falls = 0
        if self.is_up or not self.falls:
            self.since = time.time()
        self.falls += 1
        self.is_up, self._moved_at = False, now
        wait = WAITS[min(self.falls, len(WAITS)) - 1]
        self._next_at = now + wait
        where = f"，原因见 {self.program.log}" if self.program.log else "，原因见上"
        if self.is_looping:
            say(f"！{self.program.label}反复退出：连续第 {self.falls} 次（{why}），每 {wait:g} 秒再试一次{where}")
        else:
            say(f"！{self.program.label}自己结束了（{why}），{wait:g} 秒后重新启动{where}")


def status_if_ended(process: "subprocess.Popen[bytes]") -> int | None:
    """Read the exit status of a program that has ended, whose own children have then ended too; None while it runs."""
    if processes.has_ended(process):
        processes.end_session(process.pid)
    return process.poll()
