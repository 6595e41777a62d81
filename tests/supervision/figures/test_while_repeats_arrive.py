"""Figures of each month while more arrives: late and in time, repeats, followers, mergers, what is void."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import PetitionCase
from cases.states import Move, State
from cases.window.registration import register as register_arrival
from cases.window.registration import register_repeat
from supervision.circulars.figures import reckon
from supervision.figures.counting import COUNTED, GOOD, MISSING, PARTS, PENDING, value_of
from supervision.figures.figure import Period, Value
from supervision.figures.reaches import of_units_of, seen_by
from supervision.figures.table import FIGURES, OF_CIRCULARS
from tests.office import Office, arrival, case_in, matter, moment, register, step
from tests.supervision.figures.test_table import MONTHS, TODAY, agree

pytestmark = pytest.mark.django_db


def test_a_late_matter_counts_once_and_each_of_its_duties_counts(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    clock = case.deadlines.running().get(rule="handling")
    clock.pk, clock.rule = None, "execution"
    clock.save(force_insert=True)
    period = Period.of_month(date(2025, 6, 1), on=date(2025, 6, 2))
    told = {slug: agree(FIGURES[slug], office.head, period).counted for slug in ("overdue-duties", "overdue-matters")}
    assert told == {"overdue-duties": 2, "overdue-matters": 1}


@pytest.mark.parametrize(("day", "due", "pending"), [(18, (0, 0), 1), (19, (0, 1), 0)], ids=["last day", "day after"])
def test_what_is_not_due_yet_is_no_failure(office: Office, day: int, due: tuple[int, int], pending: int) -> None:
    register(office)  # 15 days end on 18 March
    value = value_of(FIGURES["office"], seen_by(office.head), Period.of_month(MONTHS[1].since, on=date(2025, 3, day)))
    assert ((value.good, value.due), value.pending, value.counted) == (due, pending, 1)
    assert (value.percent, value.whole_percent) == ("—" if pending else "0.0%", "0.0%")


def test_what_was_done_before_its_last_day_is_counted_at_once(office: Office) -> None:
    case_in(office, State.REFERRED)
    value = value_of(FIGURES["office"], seen_by(office.head), Period.of_month(MONTHS[1].since, on=date(2025, 3, 4)))
    assert (value.good, value.due, value.percent) == (1, 1, "100.0%")


def joins(office: Office, case: PetitionCase, at: datetime) -> None:
    register_repeat(arrival(at.date()), case, by=office.clerk, at=at)


def follows(office: Office, case: PetitionCase, at: datetime) -> None:
    came = arrival(at.date())
    register_arrival(came, matter(office, follows=case), by=office.clerk, at=at)


def is_merged(office: Office, case: PetitionCase, at: datetime) -> None:
    again = register(office, at=at).case
    step(office, again, Move.MERGE, at=at, into=case.number, reason="同一事项", told_by="face")


def is_new(office: Office, case: PetitionCase, at: datetime) -> None:
    register(office, at=at)


def is_gone(office: Office, case: PetitionCase, at: datetime) -> None:
    step(office, register(office, at=at).case, Move.VOID, at=at)


Way = Callable[[Office, PetitionCase, datetime], None]
AGAIN: tuple[Way, ...] = (joins, follows, is_merged)
WAYS: tuple[Way, ...] = (*AGAIN, is_new, is_gone)
WHILE = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # fmt: skip


@WHILE
@given(arrivals=st.lists(st.tuples(st.sampled_from(WAYS), st.integers(0, 80), st.integers(0, 1)), max_size=6))
def test_while_repeats_arrive_each_month_keeps_its_own(office: Office, arrivals: list[tuple[Way, int, int]]) -> None:
    """An arrival changes the figures of its own month alone, and by exactly itself."""
    with transaction.atomic():
        cases = [case_in(office, State.HANDLING, at=moment(2025, 3, 1)) for _ in range(2)]
        expected = {period.since: [0, 0] for period in MONTHS}
        expected[date(2025, 3, 1)] = [0, 2]
        for way, days, which in sorted(arrivals, key=lambda one: one[1]):
            at = moment(2025, 3, 1) + timedelta(days=days)
            way(office, cases[which], at)
            own = expected[at.date().replace(day=1)]
            own[0] += way in AGAIN
            own[1] += way is not is_gone
            rate = agree(FIGURES["repeated"], office.head, Period.of_month(at.date(), on=TODAY))
            assert [rate.good, rate.counted] == own
        for period in MONTHS:
            rate, arrived = (agree(FIGURES[slug], office.head, period) for slug in ("repeated", "arrivals"))
            assert [rate.good, rate.counted] == expected[period.since]
            assert arrived.counted == rate.counted
            circular = reckon(office.city, period).figures["total"][OF_CIRCULARS.index("repeats")]
            assert circular == value_of(FIGURES["repeats"], of_units_of(office.city), period).counted
        transaction.set_rollback(True)


def test_an_october_matter_leaves_october_as_it_was_when_it_comes_again_in_november(office: Office) -> None:
    case = register(office, at=moment(2026, 10, 12)).case
    october, november = (Period.of_month(date(2026, month, 1), on=date(2026, 11, 30)) for month in (10, 11))
    before = agree(FIGURES["repeated"], office.head, october)
    joins(office, case, moment(2026, 11, 2))
    assert agree(FIGURES["repeated"], office.head, october) == before == Value(1, 0, 0)
    assert agree(FIGURES["repeated"], office.head, november) == Value(1, 1, 0)


def test_the_parts_of_a_rate_have_names() -> None:
    assert set(PARTS) == {COUNTED, GOOD, MISSING, PENDING}
