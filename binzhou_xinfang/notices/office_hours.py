"""Hours for telling people: office hours of working days, not midnight."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from binzhou_xinfang.statute.calendar import WorkCalendar
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.rulebook import Regime


def next_hour(at: datetime, *, regime: Regime, calendar: WorkCalendar) -> datetime:
    """Find the moment for telling: `at` itself in office hours of a working day, else their next beginning."""
    opens, shuts = time(regime.number(Key.NOTICES_FROM)), time(regime.number(Key.NOTICES_UNTIL) - 1, 59, 59)
    local = timezone.localtime(at)
    if calendar.is_workday(local.date()) and opens <= local.time() <= shuts:
        return at
    day = local.date() if local.time() < opens else local.date() + timedelta(days=1)
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, opens), timezone.get_current_timezone())
