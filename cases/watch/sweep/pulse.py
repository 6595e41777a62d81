"""Pulse of the watch, for who keeps the system running: its latest round, and its arrears."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from binzhou_xinfang.health import NotWellError, Part
from cases.models import Deadline, SweepRun

# It goes round every minute; ten missed rounds mean that nobody watches the deadlines.
SILENCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pulse:
    """`last`: the latest round; `oldest_due_at`: the moment of the clock that waits longest; both None when none."""

    last: SweepRun | None
    oldest_due_at: datetime | None
    set_aside: int

    def lag(self, now: datetime) -> timedelta:
        """Measure the waiting time of the oldest due clock."""
        return max(now - self.oldest_due_at, timedelta()) if self.oldest_due_at else timedelta()


def pulse_of(now: datetime) -> Pulse:
    """Take the pulse. Three short queries."""
    waiting = Deadline.objects.urging().filter(set_aside_at=None, next_alert_at__lte=now)
    return Pulse(
        last=SweepRun.objects.first(),
        oldest_due_at=waiting.aggregate(oldest=Min("next_alert_at"))["oldest"],
        set_aside=Deadline.objects.filter(set_aside_at__isnull=False).count(),
    )


@dataclass(frozen=True, slots=True)
class Begun:
    """Beginning of this process, by a clock that nobody puts right."""

    at: float


_BEGUN = Begun(time.monotonic())


def stopped_since(now: datetime) -> datetime | None:
    """Find the moment since which nobody has gone round, when that is too long ago, or ahead: a clock was wrong then;
    None while all is well. One query.

    A watch that never went round is missed like any other: since this process began, which has waited for it.
    """
    last = SweepRun.objects.values_list("ended_at", flat=True).first()
    if last is None:
        last = now - timedelta(seconds=time.monotonic() - _BEGUN.at)
    return last if abs(now - last) > SILENCE else None


def check_sweep() -> None:
    """Raise NotWellError when the watch has stopped, or has never begun."""
    stopped = stopped_since(timezone.now())
    if stopped is not None:
        raise NotWellError(
            f"the deadlines have not been swept since {stopped.isoformat(timespec='seconds')}",
            f"自 {timezone.localtime(stopped):%Y-%m-%d %H:%M} 起没有巡查",
        )


SWEEP = Part(check_sweep, "期限巡查", "网页照常办理；提醒、逾期登记和督办拟函在等候，恢复后补做，每个期限只提醒一次")
