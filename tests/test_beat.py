"""Beat after a clock that was ahead: it goes on at once, and every task gets its turn."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from celery import Celery
from django.utils import timezone

from binzhou_xinfang.beat import Timetable

TASKS = {name: {"task": f"tried.{name}", "schedule": 60.0} for name in ("one", "two", "three")}
NOW = datetime(2026, 11, 30, 9, tzinfo=timezone.get_default_timezone())
AHEAD = timedelta(days=365)


class Tried(Timetable):
    """A timetable that writes down what it would send, and asks no broker."""

    producer = None

    def __init__(self, folder: Path) -> None:
        app = Celery("tried", set_as_current=False)
        app.conf.beat_schedule = TASKS
        self.sent: list[str] = []
        super().__init__(app=app, schedule_filename=str(folder / "schedule"), lazy=True)
        self.setup_schedule()
        for name in set(self.schedule) - set(TASKS):
            del self.schedule[name]

    def apply_async(self, entry: Any, *args: Any, **kwargs: Any) -> None:
        self.sent.append(entry.name)

    def ran(self, at: datetime) -> None:
        for entry in self.schedule.values():
            entry.last_run_at = at


@pytest.mark.parametrize("by", [timedelta(minutes=5), timedelta(days=1), AHEAD])
def test_a_last_time_still_to_come_becomes_now(tmp_path: Path, by: timedelta) -> None:
    with time_machine.travel(NOW, tick=False):
        beat = Tried(tmp_path)
        beat.ran(NOW + by)
        assert beat.tick() <= 60
        assert {entry.last_run_at for entry in beat.schedule.values()} == {NOW}


def test_after_it_was_put_right_each_task_is_sent_within_a_minute(tmp_path: Path) -> None:
    with time_machine.travel(NOW + AHEAD, tick=False) as clock:
        beat = Tried(tmp_path)
        beat.ran(NOW + AHEAD)
        beat.tick()
        for second in range(0, 66, 5):
            clock.move_to(NOW + timedelta(seconds=second))
            for _ in TASKS:
                beat.tick()
    assert sorted(set(beat.sent)) == sorted(TASKS)


def test_an_ordinary_timetable_is_left_as_it_is(tmp_path: Path) -> None:
    with time_machine.travel(NOW, tick=False):
        beat, before = Tried(tmp_path), NOW - timedelta(seconds=30)
        beat.ran(before)
        beat.tick()
        assert ({entry.last_run_at for entry in beat.schedule.values()}, beat.sent) == ({before}, [])
