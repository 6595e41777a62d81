"""Workers die, Redis is emptied, beat sleeps or runs twice, PostgreSQL is restarted: every rung fires exactly once."""

import json
from datetime import datetime, timedelta

import psycopg2
from django.utils import timezone

from tests.crash.stack import Stack
from tests.patience import wait_for


def day(days: int) -> str:
    """So many days from today."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def at(days: int) -> str:
    moment = datetime.combine(timezone.localdate() + timedelta(days=days), datetime.min.time().replace(hour=9))
    return timezone.make_aware(moment).isoformat()


def test_a_worker_killed_in_the_middle_of_a_sweep_loses_and_doubles_nothing(stack: Stack) -> None:
    due = day(2)
    stack.fill(300, due)
    with stack.gate_at(150):
        worker = stack.worker()
        stack.call("cases.sweep_deadlines")
        wait_for(stack.is_held_up, "the worker sweeps")
        stack.kill(worker)
    assert stack.told(due) == (0, 0, 0)
    stack.worker()
    stack.call("cases.sweep_deadlines")
    wait_for(lambda: stack.told(due)[0] == 300, "another worker sweeps")
    assert stack.told(due) == (300, 300, 300)


def test_two_beats_and_two_workers_over_an_emptied_redis_and_a_restarted_database_write_each_rung_once(
    stack: Stack,
) -> None:
    due = day(1)
    stack.fill(200, due)
    for _ in range(2):
        stack.worker()
        stack.beat()
    wait_for(lambda: stack.told(due)[0] >= 400, "the first sweep")
    stack.fill(200, due)
    stack.empty_redis()
    wait_for(lambda: stack.told(due)[0] >= 800, "the sweep after Redis was emptied")
    stack.restart_database()
    stack.fill(200, due)

    def is_told() -> bool:
        try:
            return stack.told(due)[0] >= 1200
        except psycopg2.OperationalError:
            return False

    wait_for(is_told, "the sweep after the database was restarted")
    # The rungs of two days and of one day before the end.
    assert stack.told(due) == (1200, 1200, 1200)


def test_a_beat_that_slept_for_five_days_is_made_up_for_by_one_round(stack: Stack) -> None:
    due = day(3)
    stack.fill(50, due)
    assert json.loads(stack.manage("sweep", "--now", at(0)))["alerts"] == 0
    done = json.loads(stack.manage("sweep", "--now", at(5)))
    # Two days and one day before the end, and the day after it.
    assert (done["alerts"] >= 150, stack.told(due)) == (True, (150, 150, 150))
    assert json.loads(stack.manage("sweep", "--now", at(5)))["alerts"] == 0
