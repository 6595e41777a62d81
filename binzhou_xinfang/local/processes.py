"""Child processes that never outlive us: the kernel ends them when this process dies, however it dies."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from binzhou_xinfang.local.places import Account, as_account

PR_SET_PDEATHSIG = 1


def start(
    command: Sequence[str | Path],
    *,
    output: IO[bytes] | int,
    last_signal: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches us alone and the order of the end is ours.

    `last_signal` is what the program gets when we are killed; call from the main thread only.
    """
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_die_with_us(last_signal),  # noqa: PLW1509 - one call into libc, no lock is taken
        env=env,
        cwd=cwd,
        **as_account(account),
    )


def call(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path) -> int:
    """Run a program on the terminal until it ends; its exit status. Interrupted, it is given time to tidy up."""
    process = subprocess.Popen(
        [str(part) for part in command],
        preexec_fn=_die_with_us(signal.SIGTERM),  # noqa: PLW1509
        env=env,
        cwd=cwd,
    )
    try:
        return process.wait()
    except KeyboardInterrupt:
        stop(process, signal.SIGINT)
        raise


def die_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent dies, so that a killed `make` leaves nothing behind."""
    if sys.platform == "linux":
        _prctl()(PR_SET_PDEATHSIG, int(signal.SIGTERM))


def stop(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM, patience: float = 20.0) -> None:
    """End a program politely, and by force when it has not ended after `patience` seconds."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Check that a program has ended, and leave its number taken: nobody else can bear it until it is waited for."""
    if not hasattr(os, "waitid"):  # another Unix: `poll` will tell
        return False
    try:
        return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:  # waited for before
        return True


def end_session(pid: int) -> None:
    """Kill what a program of ours, that has just ended and was not waited for, has left of its group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def started_at(pid: int) -> int | None:
    """Read when the process of this number was started, in ticks since the machine was; None when there is none."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except OSError:
        return None
    fields = status.rpartition(")")[2].split()
    return None if fields[0] == "Z" else int(fields[19])


def _die_with_us(last_signal: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    parent = os.getpid()
    prctl = _prctl()

    def in_child() -> None:
        prctl(PR_SET_PDEATHSIG, int(last_signal))
        if os.getppid() != parent:  # killed between fork and this line
            os._exit(1)

    return in_child


def _prctl() -> Callable[[int, int], int]:
    return cast(Callable[[int, int], int], ctypes.CDLL(None).prctl)
