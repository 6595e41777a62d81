"""The watch over one clock as `cases.sweep` keeps it: when it would next warn, or find the clock run out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.models import Deadline
from cases.synthetic.times import ONE_DAY, day_begins

# The sweep comes round every five minutes.
ROUND = timedelta(minutes=5)
_THRESHOLDS = {rule.value: tuple(sorted(period.warn_days)) for rule, period in PERIODS.items()}


@dataclass(slots=True, eq=False)
class Alarm:
    """What the sweep does next about a clock, at the moment `at` of the day `on`; `left`: days to the legal day."""

    clock: Deadline
    at: datetime
    on: date
    is_warning: bool
    left: int


def next_alarm(clock: Deadline, *, since: datetime, today: date) -> Alarm:
    """The first alarm that the sweep gives after the moment `since` of the day `today`."""
    legal = clock.legal_on
    left = (legal - today).days
    pending = [days for days in _THRESHOLDS[clock.rule] if clock.warned_days is None or days < clock.warned_days]
    now = [days for days in pending if left <= days]
    if now and left >= 0:
        return Alarm(clock, since + ROUND, today, is_warning=True, left=left)
    later = [days for days in pending if days < left]
    if later:
        on = legal - later[-1] * ONE_DAY
        return Alarm(clock, day_begins(on), on, is_warning=True, left=later[-1])
    if left < 0:
        return Alarm(clock, since + ROUND, today, is_warning=False, left=left)
    on = legal + ONE_DAY
    return Alarm(clock, day_begins(on), on, is_warning=False, left=-1)


def threshold_of(clock: Deadline, left: int) -> int:
    """The warning day of the rule that was reached with `left` days to go."""
    return min(days for days in PERIODS[Rule(clock.rule)].warn_days if left <= days)
