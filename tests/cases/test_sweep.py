"""The watch over the clocks: once, whatever was missed, whoever runs it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connections

from binzhou_xinfang.statute.periods import Rule
from cases.models import CaseEvent, Deadline, PetitionCase
from cases.states import Move, State
from cases.sweep import sweep
from cases.tasks import sweep_deadlines
from tests.office import MONDAY, Office, case_in, make_office, moment, register, step

NOTHING = {"warned": 0, "lapsed": 0, "right-ended": 0, "closed": 0}


def kinds(case: PetitionCase) -> list[str]:
    return [event.kind for event in case.events.order_by("seq")]


@pytest.mark.parametrize(("day", "done"), [(14, 0), (15, 1), (18, 1)])
def test_a_clock_is_warned_of_from_three_days_before_its_end(office: Office, day: int, done: int) -> None:
    register(office)
    assert sweep(at=moment(2025, 3, day)) == NOTHING | {"warned": done}


@pytest.mark.parametrize(("day", "done"), [(18, 0), (19, 1)])
def test_a_clock_lapses_on_the_day_after_its_last(office: Office, day: int, done: int) -> None:
    register(office)
    assert sweep(at=moment(2025, 3, day))["lapsed"] == done


def test_the_last_hour_of_the_last_day_is_in_time_and_the_first_of_the_next_is_not(office: Office) -> None:
    register(office)
    assert [sweep(at=moment(2025, 3, 18, 23))["lapsed"], sweep(at=moment(2025, 3, 19, 0))["lapsed"]] == [0, 1]


def test_a_second_round_writes_nothing(office: Office) -> None:
    case = register(office).case
    sweep(at=moment(2025, 3, 19))
    assert sweep(at=moment(2025, 3, 19)) == NOTHING
    assert kinds(case) == ["register", "lapsed"]


def test_a_watch_that_slept_for_three_weeks_still_writes_each_lapse_once(office: Office) -> None:
    cases = [register(office).case for _ in range(3)]
    sweep(at=moment(2025, 4, 10))
    assert [kinds(case) for case in cases] == [["register", "lapsed"]] * 3


def test_each_threshold_of_the_sixty_days_is_warned_of_once(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    due = case.deadlines.get(rule=Rule.HANDLING).legal_on
    for left in range(20, -1, -1):
        sweep(at=moment(due.year, due.month, due.day) - timedelta(days=left))
    warned = CaseEvent.objects.filter(case=case, kind="warned", detail__rule=Rule.HANDLING)
    assert [event.detail["left"] for event in warned.order_by("seq")] == [15, 7, 3]


def test_the_end_of_a_right_is_nobody_s_fault(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    assert sweep(at=moment(2025, 3, 11)) == NOTHING | {"right-ended": 1}
    assert kinds(case)[-1] == "right-ended"
    assert not case.deadlines.running().filter(rule=Rule.OBJECTION).exists()


def test_a_delivered_matter_closes_when_nobody_asked_for_a_review(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    last = case.deadlines.get(rule=Rule.REVIEW_REQUEST).legal_on
    on_last, after = (moment(last.year, last.month, last.day) + timedelta(days=n) for n in (0, 1))
    assert (sweep(at=on_last)["closed"], sweep(at=after)["closed"]) == (0, 1)
    fresh = PetitionCase.objects.get(pk=case.pk)
    assert (fresh.state, fresh.closed_on, kinds(case)[-1]) == (State.CLOSED, last + timedelta(days=1), Move.CLOSE)


def test_an_assigned_matter_that_owes_its_report_is_not_closed_by_itself(office: Office) -> None:
    case = case_in(office, State.ASSIGNED)
    for move in (Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE, Move.DRAFT, Move.CHECK, Move.SIGN, Move.DELIVER):
        case = step(office, case, move, at=MONDAY)
    assert sweep(at=MONDAY + timedelta(days=40))["closed"] == 0


def test_a_clock_that_was_met_never_lapses(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    sweep(at=MONDAY + timedelta(days=400))
    assert not Deadline.objects.filter(case=case, met_on__isnull=False, lapsed_at__isnull=False).exists()


def test_what_lapsed_late_keeps_its_lapse_when_it_is_done_at_last(office: Office) -> None:
    case = register(office).case
    sweep(at=moment(2025, 3, 25))
    for move in (Move.TRIAGE, Move.REFER):
        case = step(office, PetitionCase.objects.get(pk=case.pk), move, at=moment(2025, 3, 26))
    clock = case.deadlines.get(rule=Rule.TRIAGE)
    assert (clock.met_on, clock.was_in_time, clock.lapsed_at is not None) == (date(2025, 3, 26), False, True)


def test_the_task_of_celery_runs_the_watch(office: Office) -> None:
    register(office)
    assert sweep_deadlines.apply().get()["lapsed"] == 1


@pytest.mark.django_db(transaction=True)
def test_four_watches_at_once_write_each_lapse_once() -> None:
    office = make_office()
    for _ in range(40):
        register(office)

    def watch(_: int) -> int:
        try:
            return sweep(at=moment(2025, 3, 19))["lapsed"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(watch, range(4))) == 40
    assert CaseEvent.objects.filter(kind="lapsed").count() == 40


def test_the_end_of_a_right_leaves_no_trace_in_the_order_of_the_lists(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    assert case.due_rule == Rule.REVIEW_REQUEST
    sweep(at=moment(2025, 6, 2))
    case.refresh_from_db()
    assert (case.due_rule, case.due_on) == ("", date(2025, 6, 2))


def test_an_extension_sets_the_warnings_anew(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    sweep(at=moment(2025, 4, 30))  # 60 days end on 2 May, a holiday: 6 May
    case.refresh_from_db()
    case = step(office, case, Move.ASK_EXTENSION, at=moment(2025, 4, 30))
    step(office, case, Move.APPROVE_EXTENSION, at=moment(2025, 4, 30))
    for day in range(1, 32):
        sweep(at=moment(2025, 5, day))
    warned = CaseEvent.objects.filter(case=case, kind="warned", detail__rule=Rule.HANDLING)
    assert [(event.detail["legal"], event.detail["left"]) for event in warned.order_by("seq")] == [
        ("2025-05-06", 6),
        ("2025-06-03", 15),
        ("2025-06-03", 7),
        ("2025-06-03", 3),
    ]


def test_an_extension_granted_late_takes_the_lapse_back_and_a_second_lapse_is_marked(office: Office) -> None:
    case = case_in(office, State.EXTENSION_ASKED)
    sweep(at=moment(2025, 5, 8))
    case.refresh_from_db()
    case = step(office, case, Move.APPROVE_EXTENSION, at=moment(2025, 5, 8))
    clock = case.deadlines.get(rule=Rule.HANDLING)
    assert (clock.legal_on, clock.lapsed_at) == (date(2025, 6, 3), None)
    sweep(at=moment(2025, 6, 4))
    lapsed = CaseEvent.objects.filter(case=case, kind="lapsed", detail__rule=Rule.HANDLING).order_by("seq")
    assert [event.detail["legal"] for event in lapsed] == ["2025-05-06", "2025-06-03"]
