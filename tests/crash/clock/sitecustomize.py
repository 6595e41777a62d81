"""Clock of a Python process that jumps while it runs: by as many seconds as the file CRASH_CLOCK says.

Found by way of PYTHONPATH, in the processes of a system under faults alone; the clock of the database stays.
"""

import os
import threading
import time

_FILE = os.environ.get("CRASH_CLOCK", "")


class _Jumps:
    def __init__(self) -> None:
        self.by, self.travel = 0.0, None

    def follow(self) -> None:
        while True:
            by = _wanted()
            if by != self.by:
                # At the start of a process it would race with what the main thread imports.
                import time_machine  # noqa: PLC0415  only where a clock is to jump

                if self.travel is not None:
                    self.travel.stop()
                self.travel = time_machine.travel(time.time() + by, tick=True) if by else None
                if self.travel is not None:
                    self.travel.start()
                self.by = by
            time.sleep(0.1)


def _wanted() -> float:
    try:
        with open(_FILE) as said:
            return float(said.read() or 0)
    except (OSError, ValueError):
        return 0.0


if _FILE:
    _JUMPS = _Jumps()

    def _begin() -> None:
        threading.Thread(target=_JUMPS.follow, daemon=True).start()

    _begin()
    os.register_at_fork(after_in_child=_begin)
