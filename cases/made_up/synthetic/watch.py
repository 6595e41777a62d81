"""The watch over one clock as `cases.watch.sweep` keeps it: the next rung it reaches, or its end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.statute.rules import Rung
from cases.made_up.synthetic.times import ONE_DAY, day_begins
from cases.models import Deadline

# The sweep comes round every minute.
ROUND = timedelta(minutes=1)


@dataclass(slots=True, eq=False)
class Alarm:
    """The sweep's next deed about a clock, at the moment `at` of the day `on`; no `rung`: its right has ended."""

    clock: Deadline
    at: datetime
    on: date
    rung: Rung | None


def next_alarm(clock: Deadline, *, since: datetime, today: date) -> Alarm | None:
    """Find the first that the sweep does about the clock after the moment `since` of the day `today`.

    The rungs up to `clock.alerted_until` are done with.
    """
    legal, ladder, done = clock.legal_on, PERIODS[Rule(clock.rule)].ladder, clock.alerted_until or since
    # After the last day nobody is urged for the days in which he had to wait for another desk.
    late = max(legal, clock.waited_until or legal)
    days = ((rung, (clock.strict_on if rung.days <= 0 else late) + rung.days * ONE_DAY) for rung in ladder)
    ahead = [(day_begins(day), day, rung) for rung, day in days if day_begins(day) > done]
    nearest: tuple[datetime, date, Rung | None] | None = min(ahead, default=None, key=lambda one: one[0])
    if nearest is None and clock.gives_right:
        end = legal + ONE_DAY
        nearest = (day_begins(end), end, None)
    if nearest is None:
        return None
    at, on, rung = nearest
    # What has passed already is found by the next round.
    return Alarm(clock, at, on, rung) if at > since else Alarm(clock, since + ROUND, today, rung)
