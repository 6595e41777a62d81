"""Table of faults: what was acknowledged under each of them, what of it is lost or doubled, and the seconds until all
works again."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.crash.checks import Held, fill_clocks, hold, untold
from tests.crash.faults import Fault
from tests.crash.ground import Ground, wait
from tests.crash.load import Acknowledged, Load

CLOCKS = 30
WARM_SECONDS, CALM_SECONDS = 2.0, 1.5
# Nothing is measured by it: it ends a run that waits in vain.
PATIENCE_SECONDS = 120.0
HEAD = (
    f"{'fault':<30} {'acknowledged':>12} {'lost':>5} {'doubled':>7} {'writes s':>9} {'behind s':>9} "
    f"{'503':>5} {'500':>4} {'out':>4} {'load':>5}  remarks"
)


@dataclass(frozen=True)
class Line:
    """One line. `writes`, `behind`: seconds until a registration was acknowledged again, and a sweep was made."""

    fault: Fault
    held: Held
    writes: float
    behind: float
    done: Acknowledged
    remark: str
    # Of the machine, in the last minute: on two cores everything above 2 has waited for others.
    machine: float

    @property
    def is_good(self) -> bool:
        signed_out = self.done.signed_out and not self.fault.ends_sessions
        return not (self.held.lost or self.held.doubled or self.held.broken or signed_out or self.errors)

    @property
    def errors(self) -> int:
        """Answers that blame us: no outage may look like an error."""
        return sum(number for status, number in self.done.answers.items() if status >= 500 and status != 503)

    def __str__(self) -> str:
        remarks = "; ".join(part for part in (self.remark, *self.held.broken) if part)
        return (
            f"{self.fault.name:<30} {self.held.acknowledged:>12} {self.held.lost:>5} {self.held.doubled:>7} "
            f"{self.writes:>9.1f} {self.behind:>9.1f} {self.done.answers.get(503, 0):>5} {self.errors:>4} "
            f"{self.done.signed_out:>4} {self.machine:>5.1f}  {remarks}"
        )


def tried(ground: Ground, faults: tuple[Fault, ...]) -> Iterator[Line]:
    """Try one fault after the other under load."""
    load = Load(ground)
    load.start()
    try:
        wait(lambda: load.done.acts > 2, "the load goes", PATIENCE_SECONDS)
        for fault in faults:
            yield _try(ground, load, fault)
    finally:
        load.end()


def _try(ground: Ground, load: Load, fault: Fault) -> Line:
    fill_clocks(ground, CLOCKS, (date.today() + timedelta(days=2)).isoformat())
    time.sleep(WARM_SECONDS)
    remark = fault.do(ground)
    possible_at = time.monotonic()
    rounds = _rounds(ground)
    wait(lambda: load.done.last_at > possible_at, f"{fault.name}: a registration", PATIENCE_SECONDS, ground.console)
    writes = time.monotonic() - possible_at
    wait(lambda: _rounds(ground) > max(rounds, 0), f"{fault.name}: a sweep", PATIENCE_SECONDS, ground.console)
    behind = time.monotonic() - possible_at
    wait(lambda: untold(ground) == 0, f"{fault.name}: every clock is told", PATIENCE_SECONDS, ground.console)
    time.sleep(CALM_SECONDS)
    done = load.pause()
    held = hold(ground, done)
    load.go_on()
    return Line(fault, held, writes, behind, done, remark, os.getloadavg()[0])


def _rounds(ground: Ground) -> int:
    """The key of the latest sweep; -1 while the database is away."""
    try:
        return int(ground.rows("SELECT coalesce(max(id), 0) FROM cases_sweeprun")[0][0])
    except Exception:
        return -1
