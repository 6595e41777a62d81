"""Loader of the made-up volume: plan, number, play in as many processes as there are processors, write by COPY."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from multiprocessing import get_context
from multiprocessing.pool import AsyncResult
from random import Random
from typing import NoReturn

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.records.models import Anchor
from binzhou_xinfang.statute.models import current_calendar, current_rulebook, settled
from binzhou_xinfang.statute.periods import Rule
from cases.made_up.synthetic import cast, numbering
from cases.made_up.synthetic.copying import Sheet, copy_in
from cases.made_up.synthetic.course import Course, Stage
from cases.made_up.synthetic.plan import ROOM_DAYS, SPAN_DAYS, Matter, Planner
from cases.made_up.synthetic.play import play
from cases.made_up.synthetic.references import checked_at_end, checked_by_row
from cases.made_up.synthetic.times import ONE_DAY, due_days
from cases.models import (
    Alert,
    CaseEvent,
    CaseLetter,
    CaseRequest,
    Companion,
    Deadline,
    Delivery,
    Opinion,
    Petition,
    PetitionCase,
    Petitioner,
    RequestAnswer,
)
from cases.watch.sweep import follow, let_reach
from cases.watch.sweep.claiming import Ladders

CHUNK = 500
# Below this a second process takes longer to start than it saves.
WORTH_A_PROCESS = 4 * CHUNK
# From here on it is quicker to look over the references of whole tables at the end.
LARGE = 20_000
_EVENT_COLUMNS = (
    "case_id", "seq", "kind", "actor_id", "actor_name", "unit_id", "happened_at", "recorded_at", "detail",
    "previous_hash", "hash",
)  # fmt: skip
# In the order of their references.
_MODELS: tuple[type[Model], ...] = (
    Petitioner, PetitionCase, Petition, Companion, CaseRequest, Deadline, Alert, Opinion, RequestAnswer, Delivery,
    Letter, CaseLetter, CaseEvent,
)  # fmt: skip
Batch = list[tuple[str, bytes]]


@dataclass(frozen=True)
class Loaded:
    """Counts of the rows written."""

    cases: int
    events: int
    letters: int


@dataclass(frozen=True)
class Script:
    """All roads and the stage they are played on: what a worker process needs, and no database."""

    matters: Sequence[Matter]
    stage: Stage

    @cached_property
    def sheets(self) -> dict[type[Model], Sheet]:
        """One sheet a table; keys that no other row needs are the database's."""
        own = {Alert, Companion, Delivery, RequestAnswer}
        sheets: dict[type[Model], Sheet] = {model: Sheet(model, with_key=model not in own) for model in _MODELS}
        sheets[CaseEvent] = Sheet(CaseEvent, _EVENT_COLUMNS)
        sheets[CaseLetter] = Sheet(CaseLetter, ("case_id", "letter_id", "move"))
        return sheets

    def play(self, first: int) -> tuple[int, Batch]:
        """Play the rows of one chunk; the same whoever plays it."""
        rng = Random(f"course/{self.stage.seed}/{first}")  # noqa: S311  made up, not secret
        chunk = self.matters[first : first + CHUNK]
        for matter in chunk:
            self._write(play(Course(matter, self.stage, rng)))
        return len(chunk), [(self.sheets[model].sql, self.sheets[model].take()) for model in _MODELS]

    def _write(self, course: Course) -> None:
        opinion = [course.opinion] if course.opinion else []
        delivery = [course.delivery] if course.delivery else []
        for rows in (
            course.people, [course.case], course.petitions, course.companions, course.requests, course.clocks,
            course.alerts, opinion, course.answers, delivery,
        ):  # fmt: skip
            for row in rows:
                self.sheets[type(row)].add(row)
        for letter, move in course.letters:
            self.sheets[Letter].add(letter)
            self.sheets[CaseLetter].write((course.case.pk, letter.pk, move))
        for event in course.events:
            self.sheets[CaseEvent].write(event)


class Load:
    """One load of made-up matters: all of it or nothing.

    Raises Refusal when units or topics are missing. Other writers wait until it has ended.
    """

    def __init__(self, *, cases: int, seed: int, now: datetime, processes: int = 0) -> None:
        self.cases, self.seed, self.now = cases, seed, now
        self.processes = processes or (os.cpu_count() or 1 if cases >= WORTH_A_PROCESS else 1)

    def run(self, progress: Callable[[int], object]) -> Loaded:
        """Write the matters; `progress` is told how many more are written."""
        with transaction.atomic():
            self._lock()
            before = self._sizes()
            with _kept():
                script = self._script()
            with checked_at_end(_MODELS) if self.cases >= LARGE else checked_by_row():
                for done, batch in self._played(script):
                    for sql, rows in batch:
                        copy_in(sql, rows)
                    progress(done)
            after = self._sizes()
            self._analyze()
            _bring_up_what_is_late()
            _let_the_offices_lapse(self.now)
        return Loaded(*(new - old for new, old in zip(after, before, strict=True)))

    def _script(self) -> Script:
        today = timezone.localdate(self.now)
        calendar = current_calendar()
        since = today - (SPAN_DAYS + ROOM_DAYS) * ONE_DAY
        players = cast.gather(on=today, since=since, seed=self.seed)
        matters = Planner(players, calendar=calendar, today=today, seed=self.seed).draw(self.cases)
        numbering.give_keys(matters)
        numbering.give_numbers(matters, players)
        # A day that an anchor has closed takes no more events: then all is recorded now, as it truly is.
        recorded_at = self.now if Anchor.objects.exists() else None
        return Script(matters, Stage(players, due_days(calendar), self.now, self.seed, recorded_at))

    def _played(self, script: Script) -> Iterator[tuple[int, Batch]]:
        chunks = range(0, len(script.matters), CHUNK)
        settled()  # Masks, forms of numbers and limits in letters, which the workers ask for.
        if self.processes == 1:
            for first in chunks:
                # One process alone keeps off as well, so that no test of a small load passes where a large one fails.
                with connection.execute_wrapper(_refuse):
                    played = script.play(first)
                yield played
            return
        _Playing.script = script
        # Forked, the workers have the roads already; they never touch the connection that they inherit.
        with get_context("fork").Pool(self.processes, _keep_off) as pool:
            waiting: deque[AsyncResult[tuple[int, Batch]]] = deque()
            for first in chunks:
                waiting.append(pool.apply_async(_play, (first,)))
                # Enough to keep everybody busy, not so many that they fill the memory.
                if len(waiting) > 2 * self.processes:
                    yield waiting.popleft().get()
            while waiting:
                yield waiting.popleft().get()

    def _lock(self) -> None:
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in _MODELS)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")

    def _sizes(self) -> tuple[int, int, int]:
        return PetitionCase.objects.count(), CaseEvent.objects.count(), Letter.objects.count()

    def _analyze(self) -> None:
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in _MODELS)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}")


def _bring_up_what_is_late() -> None:
    """Supervise what still runs late since the round that found it; of what has ended nobody asks any more."""
    running = Deadline.objects.urging()
    rungs = Alert.objects.exclude(consequence="").filter(deadline__in=running)
    for row in rungs.values("recorded_at").annotate(clocks=ArrayAgg("deadline")).order_by("recorded_at"):
        follow(row["clocks"], at=row["recorded_at"])


def _let_the_offices_lapse(now: datetime) -> None:
    """Let the clocks of what was just brought up reach their rungs; of history nobody is told."""
    due = Deadline.objects.running().filter(rule=Rule.OVERSIGHT, next_alert_at__lte=now)
    ladders = Ladders.of(current_rulebook().on(timezone.localdate(now)))
    let_reach(list(due.values_list("pk", flat=True)), ladders, at=now, send_after=None)


@contextmanager
def _kept() -> Iterator[None]:
    """Keep what is made here out of the garbage collection, which would walk through millions of stops."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


class _Playing:
    """Inheritance of a forked worker."""

    script: Script


def _keep_off() -> None:
    """Make a worker fail, with words, on whatever it would ask of the connection that it shares with us."""
    connection.execute_wrappers.append(_refuse)


def _refuse(execute: object, sql: str, *rest: object) -> NoReturn:
    raise RuntimeError(f"a worker of the load asks the database: {sql[:200]}")


def _play(first: int) -> tuple[int, Batch]:
    return _Playing.script.play(first)
