"""The watch over the clocks: each rung once, whatever was missed, whoever runs it."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from binzhou_xinfang.notices.models import Outbox
from binzhou_xinfang.statute.periods import Rule
from cases.models import Alert, Deadline, PetitionCase, SweepFault, SweepRun
from cases.states import Move, State
from cases.tasks import sweep_deadlines
from cases.watch.sweep import rights, rounds, sweep
from tests.office import MONDAY, TZ, Office, case_in, make_office, moment, register, step


def rungs(case: PetitionCase, rule: Rule = Rule.TRIAGE) -> list[int]:
    """The days of the rungs that the clock of a rule has reached, in the order of their alerts."""
    alerts = Alert.objects.filter(deadline__case=case, deadline__rule=rule).order_by("pk")
    return list(alerts.values_list("days", flat=True))


def kinds(case: PetitionCase) -> list[str]:
    return [event.kind for event in case.events.order_by("seq")]


# Registered on Mon 3 March 2025: 15 days end on Tue 18 March.
@pytest.mark.parametrize(
    ("day", "reached"), [(14, []), (15, [-3]), (16, [-3]), (17, [-3, -1]), (18, [-3, -1]), (19, [-3, -1, 1])]
)
def test_a_rung_is_reached_at_the_beginning_of_its_day(office: Office, day: int, reached: list[int]) -> None:
    case = register(office).case
    sweep(at=moment(2025, 3, day))
    assert rungs(case) == reached


@pytest.mark.parametrize(("day", "done"), [(18, False), (19, True)])
def test_a_clock_lapses_on_the_day_after_its_last(office: Office, day: int, done: bool) -> None:
    case = register(office).case
    sweep(at=moment(2025, 3, day))
    assert (case.deadlines.get().lapsed_at is not None) is done


def test_the_last_hour_of_the_last_day_is_in_time_and_the_first_of_the_next_is_not(office: Office) -> None:
    case = register(office).case
    sweep(at=moment(2025, 3, 18, 23))
    before = rungs(case)
    sweep(at=moment(2025, 3, 19, 0))
    assert (before, rungs(case)) == ([-3, -1], [-3, -1, 1])


def test_warnings_go_by_the_strict_day_and_lateness_by_the_legal_one(office: Office) -> None:
    case = case_in(office, State.HANDLING)  # 60 days end on Fri 2 May, a holiday: legal Tue 6 May
    for day in range(1, 8):
        sweep(at=moment(2025, 5, day))
    alerts = Alert.objects.filter(deadline__case=case, deadline__rule=Rule.HANDLING, days__gte=-1).order_by("pk")
    told = [(alert.days, alert.due_on, alert.reached_at.astimezone(TZ).date()) for alert in alerts]
    assert told == [(-1, date(2025, 5, 2), date(2025, 5, 1)), (1, date(2025, 5, 6), date(2025, 5, 7))]


def test_a_second_round_writes_nothing(office: Office) -> None:
    case = register(office).case
    sweep(at=moment(2025, 3, 19))
    again = sweep(at=moment(2025, 3, 19))
    assert (again.due, again.claimed, again.alerts, rungs(case)) == (0, 0, 0, [-3, -1, 1])


def test_a_watch_that_slept_for_three_weeks_still_writes_each_rung_once(office: Office) -> None:
    cases = [register(office).case for _ in range(3)]
    sweep(at=moment(2025, 4, 10))
    sweep(at=moment(2025, 4, 11))
    assert [rungs(case) for case in cases] == [[-3, -1, 1, 11]] * 3


def test_a_matter_last_touched_on_the_same_day_of_another_month_is_watched(office: Office) -> None:
    case = register(office).case
    sweep(at=moment(2025, 4, 3))
    assert rungs(case) == [-3, -1, 1, 11]


def test_a_reached_rung_is_told_in_the_outbox_in_the_same_act(office: Office) -> None:
    register(office)
    sweep(at=moment(2025, 3, 15, 3))  # Saturday night: people are told on Monday morning at eight
    (row,) = Outbox.objects.all()
    assert (row.topic, row.subject) == ("alert", Alert.objects.get().pk)
    assert row.send_after == moment(2025, 3, 17, 8)


def test_rights_that_end_on_the_same_and_on_later_days_all_end_whatever_the_size_of_a_batch(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "BATCH", 2)
    cases = [case_in(office, State.REFERRED, at=moment(2025, 3, day)) for day in (4, 3, 4, 4, 3, 5, 4)]
    assert sweep(at=moment(2025, 3, 13)).rights_ended == 7
    assert {kinds(case).count("right-ended") for case in cases} == {1}


def test_the_end_of_a_right_is_nobody_s_fault(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    done = sweep(at=moment(2025, 3, 11))
    assert (done.rights_ended, kinds(case)[-1]) == (1, "right-ended")
    assert rungs(case, Rule.OBJECTION) == [-2]
    assert not case.deadlines.running().filter(rule=Rule.OBJECTION).exists()


def test_a_delivered_matter_closes_when_nobody_asked_for_a_review(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    last = case.deadlines.get(rule=Rule.REVIEW_REQUEST).legal_on
    on_last, after = (moment(last.year, last.month, last.day) + timedelta(days=n) for n in (0, 1))
    assert (sweep(at=on_last).closed, sweep(at=after).closed) == (0, 1)
    fresh = PetitionCase.objects.get(pk=case.pk)
    assert (fresh.state, fresh.closed_on) == (State.CLOSED, last + timedelta(days=1))
    # The right to a review, the closing, and the evaluation that nobody gave.
    assert kinds(case)[-3:] == ["right-ended", Move.CLOSE, "right-ended"]


def test_an_assigned_matter_that_owes_its_report_is_not_closed_by_itself(office: Office) -> None:
    case = case_in(office, State.ASSIGNED)
    for move in (Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE, Move.DRAFT, Move.CHECK, Move.SIGN, Move.DELIVER):
        case = step(office, case, move, at=MONDAY)
    assert sweep(at=MONDAY + timedelta(days=40)).closed == 0


def test_a_clock_that_was_met_reaches_no_rung_any_more(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    sweep(at=MONDAY + timedelta(days=400))
    assert not Deadline.objects.filter(case=case, met_on__isnull=False, lapsed_at__isnull=False).exists()
    assert not Alert.objects.filter(deadline__case=case, deadline__met_on__isnull=False).exists()


def test_what_lapsed_late_keeps_its_lapse_when_it_is_done_at_last(office: Office) -> None:
    case = register(office).case
    sweep(at=moment(2025, 3, 25))
    for move in (Move.TRIAGE, Move.REFER):
        case = step(office, PetitionCase.objects.get(pk=case.pk), move, at=moment(2025, 3, 26))
    clock = case.deadlines.get(rule=Rule.TRIAGE)
    assert (clock.met_on, clock.was_in_time, clock.lapsed_at is not None) == (date(2025, 3, 26), False, True)


def test_a_clock_that_begins_too_late_is_marked_at_once_and_warned_of_no_more(office: Office) -> None:
    case = register(office, at=moment(2025, 3, 3)).case
    step(office, case, Move.TRIAGE, at=moment(2025, 3, 4))
    Deadline.objects.filter(case=case).delete()
    late = register(office, at=moment(2025, 3, 3)).case
    clock = late.deadlines.get()
    assert clock.next_alert_at == moment(2025, 3, 15, 0)
    Deadline.objects.filter(pk=clock.pk).update(
        next_alert_at=moment(2025, 3, 19, 0), alerted_until=moment(2025, 3, 18, 0)
    )
    sweep(at=moment(2025, 3, 25))
    assert rungs(late) == [1]


def test_the_task_of_celery_runs_the_watch(office: Office) -> None:
    register(office)
    assert sweep_deadlines.apply().get()["alerts"] == 4


def test_a_round_that_fails_is_no_success_of_the_task(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(at: datetime) -> int:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(rounds, "count_due", fails)
    assert sweep_deadlines.apply().state == "FAILURE"
    assert not SweepRun.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_four_watches_at_once_write_each_rung_once() -> None:
    office = make_office()
    for _ in range(40):
        register(office)

    def watch(_: int) -> int:
        try:
            return sweep(at=moment(2025, 3, 19)).alerts
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(watch, range(4))) == 120
    assert Alert.objects.count() == Outbox.objects.count() == 120


def test_the_end_of_a_right_leaves_no_trace_in_the_order_of_the_lists(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    assert case.due_rule == Rule.REVIEW_REQUEST
    sweep(at=moment(2025, 6, 2))
    case.refresh_from_db()
    assert (case.due_rule, case.due_on) == ("", date(2025, 6, 2))


def extended(office: Office, day: datetime) -> PetitionCase:
    case = case_in(office, State.EXTENSION_ASKED)
    sweep(at=day)
    return step(office, PetitionCase.objects.get(pk=case.pk), Move.APPROVE_EXTENSION, at=day)


def test_an_extension_moves_the_rungs_to_its_own_last_day(office: Office) -> None:
    case = extended(office, moment(2025, 4, 30))  # 60 days end on Fri 2 May; 90 on Sun 1 June: legal Tue 3 June
    for day in range(1, 36):
        sweep(at=moment(2025, 4, 30) + timedelta(days=day))
    alerts = Alert.objects.filter(deadline__case=case, deadline__rule=Rule.HANDLING).order_by("pk")
    assert [(alert.due_on, alert.days) for alert in alerts] == [
        (date(2025, 5, 2), -15),
        (date(2025, 5, 2), -7),
        (date(2025, 5, 2), -3),
        (date(2025, 6, 1), -15),
        (date(2025, 6, 1), -7),
        (date(2025, 6, 1), -3),
        (date(2025, 6, 1), -1),
        (date(2025, 6, 3), 1),
    ]


def test_an_extension_granted_late_leaves_the_lapse_and_a_second_lapse_is_marked(office: Office) -> None:
    case = extended(office, moment(2025, 5, 8))
    clock = case.deadlines.get(rule=Rule.HANDLING)
    assert (clock.legal_on, clock.lapsed_at) == (date(2025, 6, 3), moment(2025, 5, 8))
    assert clock.lapsed_before_extension
    sweep(at=moment(2025, 6, 4))
    lapses = Alert.objects.filter(deadline=clock, days=1).order_by("pk")
    assert [alert.due_on for alert in lapses] == [date(2025, 5, 6), date(2025, 6, 3)]


def test_a_clock_that_stands_still_reaches_no_rung(office: Office) -> None:
    case = case_in(office, State.RECHECK_HEARING)
    before = rungs(case, Rule.RECHECK)
    sweep(at=MONDAY + timedelta(days=200))
    clock = case.deadlines.get(rule=Rule.RECHECK)
    assert (clock.next_alert_at, clock.lapsed_at, rungs(case, Rule.RECHECK)) == (None, None, before)


@pytest.fixture
def broken(office: Office) -> Deadline:
    """One clock among nine whose alert the database refuses."""
    clocks = [register(office).case.deadlines.get() for _ in range(9)]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NEW.deadline_id = {clocks[4].pk} THEN RAISE EXCEPTION 'broken row'; END IF; RETURN NEW; END; $$;"
            "CREATE TRIGGER refuse_one BEFORE INSERT ON cases_alert FOR EACH ROW EXECUTE FUNCTION refuse_one()"
        )
    return clocks[4]


def test_a_broken_row_is_set_aside_and_shown_and_holds_up_no_other(office: Office, broken: Deadline) -> None:
    done = sweep(at=moment(2025, 3, 15))
    assert (done.claimed, done.alerts, done.set_aside) == (9, 8, 1)
    broken.refresh_from_db()
    fault = SweepFault.objects.get()
    assert (fault.deadline, "broken row" in fault.error, broken.set_aside_at) == (broken, True, moment(2025, 3, 15))
    assert sweep(at=moment(2025, 3, 15)).claimed == 0


def test_a_round_killed_between_the_end_of_a_right_and_of_its_matter_leaves_both_to_the_next(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = case_in(office, State.DELIVERED).deadlines.get(rule=Rule.REVIEW_REQUEST)
    later = MONDAY + timedelta(days=(right.legal_on - MONDAY.date()).days + 1)
    with monkeypatch.context() as patch:
        patch.setattr(rights, "_close", Mock(side_effect=SystemExit))
        with pytest.raises(SystemExit):
            sweep(at=later)
    right.refresh_from_db()
    assert right.is_running
    assert sweep(at=later).closed == 1


def test_each_round_leaves_a_record_and_old_ones_go(office: Office) -> None:
    sweep(at=moment(2025, 3, 1))
    SweepRun.objects.update(ended_at=timezone.now() - timedelta(days=31))
    register(office)
    sweep(at=moment(2025, 4, 10))
    (run,) = SweepRun.objects.all()
    assert (run.at, run.due, run.claimed, run.alerts) == (moment(2025, 4, 10), 1, 1, 4)


def test_a_round_with_nothing_to_do_asks_little(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    register(office)
    sweep(at=moment(2025, 3, 4))
    # The settings, the last round's ladder, the earliest due clock, 重大紧急 and 回访 that wait (3), the ended rights;
    # the record.
    with django_assert_num_queries(9):
        sweep(at=moment(2025, 3, 4))


@pytest.mark.parametrize("size", [1, 50])
def test_a_batch_takes_the_same_queries_for_every_size(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for _ in range(size):
        register(office)
    sweep(at=moment(2025, 3, 4))
    # As above, how many are due, and the calendar; two claims in transactions of their own (the second finds nothing),
    # the set and the steps of the apps above in one (what is mediated is one), with the settings and the calendar for
    # what they bring up.
    with django_assert_num_queries(24):
        assert sweep(at=moment(2025, 3, 15)).alerts == size


def test_the_command_tells_what_it_did_as_json(office: Office, capsys: Any) -> None:
    register(office)
    call_command("sweep", now=moment(2025, 3, 19))
    done = json.loads(capsys.readouterr().out)
    assert {name: done[name] for name in ("due", "claimed", "alerts", "letters")} == {
        "due": 1, "claimed": 1, "alerts": 3, "letters": 0,
    }  # fmt: skip
    assert done["seconds"] >= 0
