"""`make faults`: the fault table, printed line by line; 1 when something was lost, doubled or broken."""

import sys
import time

from tests.crash.faults import FAULTS
from tests.crash.ground import DISK_MB, ground
from tests.crash.table import HEAD, Line, tried


def main() -> int:
    """Try every fault that this machine allows; names given as arguments choose some."""
    began = time.monotonic()
    print("a system of its own is started (PostgreSQL, Redis, web, worker, beat, under the supervisor of make run)…")
    with ground() as running:
        chosen = [fault for fault in FAULTS if not sys.argv[1:] or any(word in fault.name for word in sys.argv[1:])]
        left_out = [fault.name for fault in chosen if fault.needs_disk and not running.disk]
        print(
            f"ready after {time.monotonic() - began:.0f} s; its folder is {_disk(running.disk)}\n\n{HEAD}", flush=True
        )
        lines: list[Line] = []
        for line in tried(running, tuple(fault for fault in chosen if fault.name not in left_out)):
            lines.append(line)
            print(line, flush=True)
        is_told = running.manage("deliver_notices")
    for name in left_out:
        print(f"{name:<30} not here: mount of a small tmpfs was refused, only root may")
    print(_sum(lines, time.monotonic() - began, is_told=is_told))
    return 0 if is_told and all(line.is_good for line in lines) else 1


def _disk(is_own: bool) -> str:
    return f"a tmpfs of {DISK_MB} MB" if is_own else "an ordinary one"


def _sum(lines: list[Line], seconds: float, *, is_told: bool) -> str:
    good, slowest = (
        sum(line.is_good for line in lines),
        max((max(line.writes, line.behind) for line in lines), default=0),
    )
    acts = sum(line.held.acknowledged for line in lines)
    return (
        f"\n{acts} acknowledged acts under {len(lines)} faults, {sum(line.held.lost for line in lines)} lost, "
        f"{sum(line.held.doubled for line in lines)} doubled; {good} of {len(lines)} faults held; slowest recovery "
        f"{slowest:.1f} s; notices delivered: {is_told}; {seconds / 60:.1f} minutes in all\n"
        "writes s: until a registration begun afterwards was acknowledged; behind s: until beat, broker and worker had "
        "made a sweep;\n503, 500: answers to the load; out: looks of the browser that were led to the sign-in. After "
        "each fault: numbers,\nletters, chains, clocks, alerts, outbox and messages are asked for gaps and doubles, "
        "and verify_audit goes over all chains."
    )


if __name__ == "__main__":
    sys.exit(main())
