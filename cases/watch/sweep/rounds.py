"""Rounds of the watch and their record, by which its pulse is taken."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from binzhou_xinfang.notices.office_hours import next_hour
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.parameters import Key
from cases.logbook.after_care import remind
from cases.models import SweepRun
from cases.procedure.urgent import watch as watch_urgent
from cases.serving.dues import watch_letters
from cases.watch.sweep.claiming import Ladders, count_due, reach_batch, realign
from cases.watch.sweep.rights import end_rights

KEPT = timedelta(days=30)


@dataclass
class Swept:
    """Result of one round; `due`: the count of clocks that waited when it began."""

    due: int = 0
    claimed: int = 0
    alerts: int = 0
    letters: int = 0
    rights_ended: int = 0
    closed: int = 0
    set_aside: int = 0
    seconds: float = 0.0

    @property
    def did_something(self) -> bool:
        return any((self.claimed, self.rights_ended, self.closed, self.set_aside))


def sweep(*, at: datetime) -> Swept:
    """Go one round at the moment `at`: every rung that was reached by then, however long nobody came; then the
    rights."""
    began, done = time.monotonic(), Swept()
    regime = current_rulebook().on(timezone.localdate(at))
    ladders = Ladders.of(regime)
    last = SweepRun.objects.first()
    if last is None or last.ladder != ladders.mark:  # the office has changed it since
        realign(ladders)
    done.due = count_due(at)
    send_after = next_hour(at, regime=regime, calendar=current_calendar()) if done.due else at
    while done.due and (batch := reach_batch(ladders, at=at, send_after=send_after)).claimed:
        done.claimed += batch.claimed
        done.alerts += batch.alerts
        done.letters += batch.letters
        done.set_aside += batch.set_aside
    watch_urgent(at=at, minutes=regime.number(Key.URGENT_READ_MINUTES))
    remind(at=at)
    watch_letters(at=at)
    ended = end_rights(at=at)
    done.rights_ended, done.closed = ended["right-ended"], ended["closed"]
    done.set_aside += ended["set-aside"]
    done.seconds = round(time.monotonic() - began, 3)
    SweepRun.objects.create(at=at, ladder=ladders.mark, **vars(done))
    if last is not None and timezone.localdate(last.ended_at) != timezone.localdate():
        SweepRun.objects.filter(ended_at__lt=timezone.now() - KEPT).delete()
    return done
