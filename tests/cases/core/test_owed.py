"""Debts of a matter where it stands: each state has its answer, and the clock of the answer runs."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from binzhou_xinfang.process.life import LIVES
from binzhou_xinfang.process.owed import Owed, marked
from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.models import Deadline, PetitionCase
from cases.states import CLOSED_STATES, MARKS, OWED, OWN_CLOCKS, Move, State
from tests.moves import SUPPORT
from tests.office import MONDAY, Office, case_in, led, moment, register, step

SUPPORTED = (
    Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE, SUPPORT, Move.CHECK, Move.SIGN,
    Move.DELIVER,
)  # fmt: skip


def running(case: PetitionCase) -> dict[str, Deadline]:
    return {clock.rule: clock for clock in case.deadlines.running()}


def latest(case: PetitionCase, rule: Rule) -> Deadline:
    return case.deadlines.filter(rule=rule).order_by("-pk")[0]


def held(case: PetitionCase) -> Iterator[Owed[PetitionCase]]:
    yield from (debt for debt in OWED[State(case.state)].owed if debt.holds(case))
    yield from marked(MARKS, case)


@pytest.mark.parametrize("state", State, ids=lambda state: state.value)
def test_in_every_state_a_clock_watches_over_each_debt(office: Office, state: State) -> None:
    case = case_in(office, state)
    there = running(case)
    assert [debt.what for debt in held(case) if not there.keys() & {*debt.watched_by}] == []
    stray = [rule for rule in there if rule in OWN_CLOCKS and rule not in {debt.own for debt in held(case)}]
    assert stray == []
    assert OWED[state].owed or OWED[state].nothing


def test_a_closed_state_owes_nothing_and_says_why() -> None:
    assert [state for state in CLOSED_STATES if OWED[state].owed or not OWED[state].nothing] == []


def test_the_clocks_of_states_are_the_offices_own_and_stop_no_other() -> None:
    own = {rule for life in LIVES.values() for rule in life.own_clocks}
    assert {rule for rule in Rule if PERIODS[rule].is_internal} == own >= OWN_CLOCKS
    assert [rule for rule in OWN_CLOCKS if PERIODS[rule].is_fixed or PERIODS[rule].gives_right] == []


def test_signed_is_not_delivered(office: Office) -> None:
    case = case_in(office, State.ISSUED)
    clock = running(case)[Rule.DELIVERY]
    assert (clock.unit_id, clock.started_on, clock.strict_on) == (
        office.housing.pk, MONDAY.date(), MONDAY.date() + timedelta(days=10),
    )  # fmt: skip
    assert case.due_rule == Rule.DELIVERY
    case = step(office, case, Move.DELIVER, at=MONDAY + timedelta(days=3))
    assert latest(case, Rule.DELIVERY).met_on == MONDAY.date() + timedelta(days=3)


def test_a_move_that_stays_leaves_the_clock_of_the_state_alone(office: Office) -> None:
    case = case_in(office, State.ISSUED)
    case = step(office, case, Move.REPORT_URGENT, at=MONDAY + timedelta(days=3), by=office.unit_head)
    assert [clock.started_on for clock in case.deadlines.filter(rule=Rule.DELIVERY)] == [MONDAY.date()]
    assert Rule.DELIVERY in running(case)


def test_who_withdraws_ends_what_is_owed_without_its_being_done(office: Office) -> None:
    case = step(office, case_in(office, State.OBJECTED), Move.WITHDRAW, at=MONDAY)
    clock = latest(case, Rule.OBJECTION_CHECK)
    assert (clock.met_on, clock.cancelled_on) == (None, MONDAY.date())


def test_an_objection_is_checked_by_who_passed_the_matter_on(office: Office) -> None:
    case = case_in(office, State.OBJECTED)
    assert running(case)[Rule.OBJECTION_CHECK].unit_id == office.bureau.pk
    case = step(office, case, Move.REFUSE_OBJECTION, at=MONDAY)
    assert latest(case, Rule.OBJECTION_CHECK).met_on == MONDAY.date()


def test_the_assigner_has_days_of_its_own_for_an_extension(office: Office) -> None:
    case = case_in(office, State.EXTENSION_REFERRED)
    first, second = case.deadlines.filter(rule=Rule.EXTENSION_DECISION).order_by("pk")
    assert (first.unit_id, first.met_on) == (office.housing.pk, MONDAY.date())
    assert (second.unit_id, second.is_running) == (office.bureau.pk, True)


# 60 days after Monday 2025-03-03 is Friday 05-02, in the May break: legal Tuesday 05-06.
@pytest.mark.parametrize(
    ("asked", "until"),
    [
        (moment(2025, 4, 24), date(2025, 4, 28)),  # three working days: 25, Sunday 27 (make-up), 28
        (moment(2025, 4, 29), date(2025, 5, 6)),
        (moment(2025, 4, 30), date(2025, 5, 6)),
        (moment(2025, 5, 6), None),
    ],
)
def test_an_extension_is_decided_before_the_sixty_days_end(office: Office, asked: datetime, until: date | None) -> None:
    case = step(office, case_in(office, State.HANDLING), Move.ASK_EXTENSION, at=asked)
    clock = running(case).get(Rule.EXTENSION_DECISION)
    assert (clock.legal_on if clock else None) == until
    assert running(case)[Rule.HANDLING].legal_on == date(2025, 5, 6)


def test_what_was_supported_is_to_be_ordered(office: Office) -> None:
    case = led(office, register(office).case, SUPPORTED, at=MONDAY)
    assert running(case)[Rule.EXECUTION_ORDER].strict_on == MONDAY.date() + timedelta(days=10)
    case = step(office, case, Move.ORDER_EXECUTION, at=MONDAY)
    assert (latest(case, Rule.EXECUTION_ORDER).met_on, Rule.EXECUTION in running(case)) == (MONDAY.date(), True)
    case = step(office, case, Move.FINISH_EXECUTION, at=MONDAY)
    assert Rule.EXECUTION_ORDER not in running(case)


def test_nobody_orders_what_the_body_above_may_change_and_afterwards_it_is_owed_anew(office: Office) -> None:
    case = led(office, register(office).case, SUPPORTED, at=MONDAY)
    case = step(office, case, Move.ASK_REVIEW, at=MONDAY)
    assert latest(case, Rule.EXECUTION_ORDER).cancelled_on == MONDAY.date()
    case = step(office, case, Move.DECLINE_REVIEW, at=MONDAY + timedelta(days=2))
    assert running(case)[Rule.EXECUTION_ORDER].started_on == MONDAY.date() + timedelta(days=2)


def test_where_nothing_was_supported_nothing_is_to_be_ordered(office: Office) -> None:
    assert Rule.EXECUTION_ORDER not in running(case_in(office, State.DELIVERED))


def test_a_hearing_above_is_owed_from_its_own_day_however_still_the_clock_of_the_recheck_stands(
    office: Office,
) -> None:
    case = step(office, case_in(office, State.RECHECKING), Move.CALL_RECHECK_HEARING, at=MONDAY,
                hearing_on="2025-03-20")  # fmt: skip
    clock = running(case)[Rule.HEARING_END]
    assert (clock.unit_id, clock.started_on, clock.strict_on) == (
        office.province.pk, date(2025, 3, 20), date(2025, 4, 4),
    )  # fmt: skip
    assert running(case)[Rule.RECHECK].suspended_on == MONDAY.date()
    case = step(office, case, Move.CONCLUDE_RECHECK_HEARING, at=moment(2025, 3, 21), held_on="2025-03-20")
    assert latest(case, Rule.HEARING_END).met_on == date(2025, 3, 21)


def test_a_supplement_is_not_waited_for_longer_than_the_fifteen_days(office: Office) -> None:
    case = step(office, register(office).case, Move.ASK_DATA, at=MONDAY + timedelta(days=12))
    there = running(case)
    assert there[Rule.SUPPLEMENT].legal_on == there[Rule.TRIAGE].legal_on
    case = step(office, case, Move.GO_ON, at=MONDAY + timedelta(days=13))
    assert latest(case, Rule.SUPPLEMENT).met_on == MONDAY.date() + timedelta(days=13)
