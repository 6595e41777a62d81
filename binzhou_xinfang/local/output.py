"""Lines of several processes on one screen, each under the name of its writer."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def passed_on(running: Mapping[str, subprocess.Popen[bytes]]) -> Iterator[None]:
    """Pass on what the processes write for as long as they write; they must have been started with a pipe."""
    width = max(map(len, running))
    for name, process in running.items():
        # A daemon: when a grandchild keeps the pipe open, our own end does not wait for it.
        threading.Thread(target=_pass_on, args=(f"{name:<{width}} | ".encode(), process), daemon=True).start()
    yield


def _pass_on(mark: bytes, process: subprocess.Popen[bytes]) -> None:
    if process.stdout is None:
        return
    for line in process.stdout:
        sys.stdout.buffer.write(mark + line)
        sys.stdout.buffer.flush()
