"""Random histories of one clock against a slow, obvious model of the ladder."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.clocks.ladder import arm
from cases.clocks.making import new_clock
from cases.clocks.moving import extend_clock, resume_clock, suspend_clock
from cases.models import Alert, Deadline
from cases.watch.sweep import sweep
from tests.office import TZ, Office, register

BEGIN = date(2025, 1, 6)
# An act and how many hours pass before it. Seldom enough, nobody sweeps for weeks.
ACTS = st.sampled_from(["sweep", "sweep", "sweep", "extend", "suspend", "resume", "stop", "reopen"])
HISTORIES = st.lists(st.tuples(ACTS, st.integers(1, 24 * 12)), min_size=1, max_size=14)


def begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=TZ)


@dataclass
class Model:
    """Every rung is looked at in every round: it fires when its day has come while the clock runs, once for each last
    day; a warning whose day had come before the clock was set to this last day never does.
    """

    rule: Rule
    fired: list[tuple[int, date]] = field(default_factory=list)

    def round(self, clock: Deadline, set_at: datetime, now: datetime) -> None:
        """`clock` for its days alone."""
        if clock.met_on or clock.suspended_on:
            return
        for rung in PERIODS[self.rule].ladder:
            due_on = clock.strict_on if rung.days <= 0 else clock.legal_on
            begins = begin_of(due_on + timedelta(days=rung.days))
            is_over = rung.days <= 0 and begins <= set_at
            if begins <= now and not is_over and (rung.days, due_on) not in self.fired:
                self.fired.append((rung.days, due_on))


class History:
    """One clock, acted upon as the office does; it is entered so many days after the event that began it."""

    def __init__(self, office: Office, rule: Rule, *, late: int) -> None:
        self.now, self.rule, self.model = begin_of(BEGIN) + timedelta(hours=9), rule, Model(rule)
        case = register(office, at=self.now).case
        Deadline.objects.filter(case=case).update(met_on=BEGIN)
        self.clock = new_clock(case, rule, on=BEGIN - timedelta(days=late), unit=office.housing)
        self._set()

    def _set(self) -> None:
        arm(self.clock, PERIODS[self.rule].ladder, at=self.now)
        self.clock.save()
        self.set_at = self.now

    def act(self, what: str, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.clock.refresh_from_db()
        getattr(self, what)()

    def sweep(self) -> None:
        self.model.round(self.clock, self.set_at, self.now)
        sweep(at=self.now)

    def extend(self) -> None:
        period = PERIODS[self.rule]
        if not self.clock.met_on and self.clock.extended_by + 5 <= period.max_extension:
            extend_clock(self.clock, days=5, at=self.now)
            self.set_at = self.now

    def suspend(self) -> None:
        if PERIODS[self.rule].pauses_for and not self.clock.met_on and not self.clock.suspended_on:
            suspend_clock(self.clock, on=self.now.date())

    def resume(self) -> None:
        if self.clock.suspended_on:
            resume_clock(self.clock, on=self.now.date(), at=self.now)
            self.set_at = self.now

    def stop(self) -> None:
        if not self.clock.suspended_on:
            Deadline.objects.filter(pk=self.clock.pk, met_on=None).update(met_on=self.now.date())

    def reopen(self) -> None:
        """A matter that is opened again gets a clock of its own, whose rungs are its own."""
        if self.clock.met_on:
            self.check()
            self.clock = new_clock(self.clock.case, self.rule, on=self.now.date(), unit=self.clock.unit)
            self.model = Model(self.rule)
            self._set()

    def check(self) -> None:
        """Each rung that should have fired has, and no other; the next moment is that of the next rung."""
        found = list(Alert.objects.filter(deadline=self.clock).values_list("days", "due_on"))
        assert sorted(found) == sorted(self.model.fired)
        self.clock.refresh_from_db()
        fired_late = any(days > 0 and due_on == self.clock.legal_on for days, due_on in self.model.fired)
        if not self.clock.met_on and not self.clock.suspended_on:
            assert (self.clock.lapsed_at is not None) is fired_late


@settings(max_examples=150)
@given(rule=st.sampled_from([Rule.HANDLING, Rule.RECHECK, Rule.TRIAGE]), late=st.integers(0, 90), acts=HISTORIES)
def test_every_rung_fires_exactly_when_it_should(
    office: Office, rule: Rule, late: int, acts: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        history = History(office, rule, late=late)
        for what, hours in acts:
            history.act(what, hours)
        history.act("sweep", 1)
        history.check()
        transaction.set_rollback(True)
