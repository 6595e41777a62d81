"""The rungs of a clock in SQL, as the sweep reaches them for thousands, against those in Python, as an act arms one."""

from datetime import date, datetime, timedelta

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.rules import Audience, Consequence, Rung
from cases.clocks.ladder import moment_of, next_moment
from cases.models import Alert, Deadline
from cases.watch.sweep.claiming import Ladders, let_reach, realign
from tests.office import TZ, Office, register

RULE = Rule.HANDLING
DAYS = st.dates(date(2025, 1, 20), date(2025, 2, 10))
# Midnights too: a rung is reached at the beginning of its day, not before.
MOMENTS = st.datetimes(datetime(2025, 1, 10), datetime(2025, 2, 28), timezones=st.just(TZ)) | st.builds(
    lambda day: datetime(day.year, day.month, day.day, tzinfo=TZ), DAYS
)
RUNGS = st.builds(
    Rung,
    # The last day itself is where the strict day gives way to the legal one.
    st.sampled_from((-1, 0, 1)) | st.integers(-25, 25),
    st.lists(st.sampled_from(Audience), min_size=1, max_size=3, unique=True).map(tuple),
    st.sampled_from(Consequence),
)
LADDERS = st.lists(RUNGS, min_size=1, max_size=6, unique_by=lambda rung: rung.days)
# The legal day never comes before the strict one.
LAST_DAYS = st.tuples(DAYS, st.integers(0, 12)).map(lambda days: (days[0], days[0] + timedelta(days=days[1])))
DONE = st.none() | MOMENTS
SUSPENDED = st.none() | DAYS


def clock_of(office: Office, strict: date, legal: date, done: datetime | None, suspended: date | None) -> Deadline:
    """The only running clock of a matter."""
    clock = Deadline.objects.get(case=register(office).case)
    clock.rule, clock.strict_on, clock.legal_on = RULE, strict, legal
    clock.alerted_until, clock.suspended_on, clock.next_alert_at = done, suspended, None
    clock.save()
    return clock


@settings(max_examples=120)
@given(ladder=LADDERS, last=LAST_DAYS, done=DONE, at=MOMENTS)
def test_the_sweep_reaches_the_rungs_that_an_act_would_arm(
    office: Office, ladder: list[Rung], last: tuple[date, date], done: datetime | None, at: datetime
) -> None:
    with transaction.atomic():
        clock = clock_of(office, *last, done, None)
        due = [rung for rung in ladder if (done is None or moment_of(clock, rung) > done)]
        expected = sorted((rung.days, moment_of(clock, rung)) for rung in due if moment_of(clock, rung) <= at)
        count = let_reach([clock.pk], Ladders.of_rungs([(RULE, rung) for rung in ladder]), at=at, send_after=None)
        alerts = Alert.objects.filter(deadline=clock)
        assert sorted(alerts.values_list("days", "reached_at")) == expected
        assert (count, {alert.rung for alert in alerts}) == (
            len(expected),
            {r for r in due if moment_of(clock, r) <= at},
        )
        clock.refresh_from_db()
        assert (clock.alerted_until, clock.next_alert_at) == (at, next_moment(clock, ladder))
        transaction.set_rollback(True)


@settings(max_examples=120)
@given(ladder=LADDERS, last=LAST_DAYS, done=DONE, suspended=SUSPENDED)
def test_a_new_ladder_sets_the_next_moment_that_an_act_would_arm(
    office: Office, ladder: list[Rung], last: tuple[date, date], done: datetime | None, suspended: date | None
) -> None:
    with transaction.atomic():
        clock = clock_of(office, *last, done, suspended)
        expected = None if suspended else next_moment(clock, ladder)
        realign(Ladders.of_rungs([(RULE, rung) for rung in ladder]))
        clock.refresh_from_db()
        assert clock.next_alert_at == expected
        transaction.set_rollback(True)
