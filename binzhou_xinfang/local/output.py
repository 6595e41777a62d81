"""Lines of several processes on one screen, each under the name of its writer."""

import subprocess
import sys
import threading
from contextlib import suppress

WIDTH = 6


def pass_on(name: str, process: subprocess.Popen[bytes]) -> None:
    """Pass on what the process writes for as long as it writes; it must have been started with a pipe."""
    # A daemon: when a grandchild keeps the pipe open, our own end does not wait for it.
    threading.Thread(target=_pass_on, args=(f"{name:<{WIDTH}} | ".encode(), process), daemon=True).start()


def _pass_on(mark: bytes, process: subprocess.Popen[bytes]) -> None:
    if process.stdout is None:
        return
    with process.stdout:
        for line in process.stdout:
            # Where our own output goes to a full disk, the line is lost; the writer must not stand still for it.
            with suppress(OSError, ValueError):
                sys.stdout.buffer.write(mark + line)
                sys.stdout.buffer.flush()
