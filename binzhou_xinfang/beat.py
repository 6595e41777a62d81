"""Timetable of Celery's beat that goes on when the clock of the server was ahead and is put right."""

from typing import Any

from celery.beat import PersistentScheduler


class Timetable(PersistentScheduler):
    """The timetable kept in a file, which remembers when each task was last sent.

    A last time that is still to come was written by a clock that was ahead; beat would wait until then. It becomes
    now, and the order of what comes next is made anew.
    """

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due; gives the seconds until the next look."""
        if self._set_right():
            self._heap = None
        return float(super().tick(*args, **kwargs))

    def _set_right(self) -> bool:
        now = self.app.now()
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at and entry.last_run_at > now]
        for entry in ahead:
            entry.last_run_at = now
        return bool(ahead)
