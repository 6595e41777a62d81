"""The patience of tests with what must come: enough for a machine that is busy with other work."""

import time
from collections.abc import Callable

# Nothing is measured by it: it ends a test that waits in vain.
SECONDS = 120.0


def wait_for(is_so: Callable[[], bool], what: str) -> None:
    """Look again and again until it is so; fail in words when patience is at its end."""
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, f"in vain: {what}"
        time.sleep(0.05)
