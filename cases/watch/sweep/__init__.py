"""The watch over the clocks: the row of a `Deadline` is the truth, whoever comes round claims what is due.

`claiming` lets clocks reach the rungs of the ladder, set by set; `rights` ends the rights that nobody used, one by one;
`rounds` is one round of both with its record. Safe to run twice, late, and in many workers on many machines.

A batch is one transaction of set-based SQL: claim with SKIP LOCKED, alerts, next rungs, outbox, then the hooks. One
that fails is gone through clock by clock; what still fails is set aside (`SweepFault`) and shown to who keeps the
system. A changed ladder is noticed by its hash, and every running clock is aligned with it. Celery calls `sweep` every
minute, and `manage.py sweep` is the same function.
"""

from cases.watch.sweep.claiming import follow, let_reach
from cases.watch.sweep.rights import run_out
from cases.watch.sweep.rounds import Swept, sweep

__all__ = ["Swept", "follow", "let_reach", "run_out", "sweep"]
