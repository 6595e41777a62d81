"""Claim of the clocks whose next moment has come, and the traces of a rung: an alert, a line in the outbox, a letter.

All of a batch is one transaction of set-based SQL; what is claimed by one worker is skipped by the others. That saves
94 % of reckoning two thousand clocks in memory and writing them by the ORM (`python -m tests.bench.plain`, 期限巡查).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from binzhou_xinfang.errors import PASSING, failure
from binzhou_xinfang.notices.outbox import telling
from binzhou_xinfang.statute.rulebook import Regime
from binzhou_xinfang.statute.rules import Rule, Rung
from cases.hooks import AFTER_RUNGS
from cases.models import Alert, Deadline, SweepFault
from cases.watch.alert_notices import ALERT
from cases.watch.sweep.rights import RIGHTS

BATCH = 5000
_CLOCKS, _ALERTS = Deadline._meta.db_table, Alert._meta.db_table

_DUE = f"""
    FROM {_CLOCKS} WHERE next_alert_at <= %s
    AND met_on IS NULL AND cancelled_on IS NULL AND suspended_on IS NULL AND waits_since IS NULL
    AND set_aside_at IS NULL
"""
_CLAIM = f"SELECT id {_DUE} ORDER BY next_alert_at LIMIT %s FOR NO KEY UPDATE SKIP LOCKED"
# Until the last day the strict day counts, after it the legal one (reference §2), or the day until which it had to wait
# for another desk (`Deadline.waits_since`); a rung is reached at midnight.
_MOMENTS = f"""
    WITH rung AS (
        SELECT * FROM unnest(%(rules)s::text[], %(days)s::int[], %(told)s::text[], %(follows)s::text[])
            AS of_ladder(rule, days, audience, consequence)
    ), reached AS (
        SELECT clock.id, clock.rule, clock.legal_on, coalesce(clock.alerted_until, '-infinity') AS done,
            rung.days, rung.audience, rung.consequence,
            CASE WHEN rung.days <= 0 THEN clock.strict_on ELSE clock.legal_on END AS due_on,
            ((CASE WHEN rung.days <= 0 THEN clock.strict_on
                ELSE greatest(clock.legal_on, clock.waited_until) END + rung.days)::timestamp
                AT TIME ZONE %(zone)s) AS moment
        FROM {_CLOCKS} AS clock LEFT JOIN rung ON rung.rule = clock.rule
        WHERE {{which}}
    )
"""  # noqa: S608  names of the code
_REACHING = f"""
    , alert AS (
        INSERT INTO {_ALERTS} (deadline_id, days, audience, consequence, due_on, reached_at, recorded_at)
        SELECT id, days, audience, consequence, due_on, moment, %(now)s FROM reached
        WHERE moment > done AND moment <= %(now)s ORDER BY moment, id
        ON CONFLICT DO NOTHING RETURNING id
    ), told AS (
        {telling(ALERT, "alert")}
    ), advanced AS (
        UPDATE {_CLOCKS} AS clock SET alerted_until = %(now)s, next_alert_at = ahead.moment,
            lapsed_at = CASE WHEN ahead.is_late THEN coalesce(lapsed_at, %(now)s) ELSE lapsed_at END
        FROM (
            SELECT id, min(moment) FILTER (WHERE moment > %(now)s) AS moment,
                bool_or(legal_on < %(today)s AND rule <> ALL (%(rights)s)) AS is_late
            FROM reached GROUP BY id
        ) AS ahead WHERE clock.id = ahead.id
    )
    SELECT count(*) FROM alert
"""  # noqa: S608  names of the code
_REALIGNING = f"""
    UPDATE {_CLOCKS} AS clock SET next_alert_at = ahead.moment
    FROM (SELECT id, min(moment) FILTER (WHERE moment > done) AS moment FROM reached GROUP BY id) AS ahead
    WHERE clock.id = ahead.id AND clock.next_alert_at IS DISTINCT FROM ahead.moment
"""  # noqa: S608  names of the code
_RUNNING = "clock.met_on IS NULL AND clock.cancelled_on IS NULL AND clock.suspended_on IS NULL"
_RUNNING += " AND clock.waits_since IS NULL"
_REACH = _MOMENTS.format(which="clock.id = ANY(%(ids)s)") + _REACHING
_REALIGN = _MOMENTS.format(which=_RUNNING) + _REALIGNING


@dataclass
class Batch:
    """Result for the clocks that one transaction claimed."""

    claimed: int = 0
    alerts: int = 0
    letters: int = 0
    set_aside: int = 0


@dataclass(frozen=True)
class Ladders:
    """The ladders in force on a day, as columns for the database."""

    columns: Mapping[str, list[Any]]
    mark: str = field(default="")

    @classmethod
    def of(cls, regime: Regime) -> "Ladders":
        """Gather all rungs of all rules."""
        return cls.of_rungs([(rule, rung) for rule in Rule for rung in regime.ladder(rule)])

    @classmethod
    def of_rungs(cls, rungs: Sequence[tuple[Rule, Rung]]) -> "Ladders":
        """Set these rungs in columns; `mark` is the same for the same ladders."""
        mark = sha256("\n".join(f"{rule.value} {rung.code}" for rule, rung in rungs).encode()).hexdigest()
        return cls(_columns(rungs), mark)


def _columns(rungs: Sequence[tuple[Rule, Rung]]) -> dict[str, list[Any]]:
    return {
        "rules": [rule.value for rule, _ in rungs],
        "days": [rung.days for _, rung in rungs],
        "told": ["+".join(audience.value for audience in rung.audience) for _, rung in rungs],
        "follows": [rung.consequence.value for _, rung in rungs],
    }


def count_due(at: datetime) -> int:
    """Count the clocks with a moment that has come and was not dealt with."""
    with connection.cursor() as cursor:
        # Mostly there is none: the earliest is looked for first, by the index, before anything is counted.
        cursor.execute(f"SELECT min(next_alert_at) {_DUE}", [at])
        if cursor.fetchone()[0] is None:
            return 0
        cursor.execute(f"SELECT count(*) {_DUE}", [at])
        return int(cursor.fetchone()[0])


def reach_batch(ladders: Ladders, *, at: datetime, send_after: datetime, size: int = BATCH) -> Batch:
    """Claim up to `size` due clocks and let them reach their rungs. One transaction; empty when nothing is left."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, [at, size])
            ids = [pk for (pk,) in cursor.fetchall()]
        done = Batch(claimed=len(ids))
        if ids:
            _reach_all(ids, ladders, done, at=at, send_after=send_after)
        return done


def _reach_all(ids: list[int], ladders: Ladders, done: Batch, *, at: datetime, send_after: datetime) -> None:
    """Reach all at once; when the database refuses that, half and half, until the one is found that it refuses.

    Raises `PASSING`: no clock is to blame, and the next round takes them.
    """
    try:
        with transaction.atomic():
            alerts = let_reach(ids, ladders, at=at, send_after=send_after)
            letters = follow(ids, at=at) if alerts else 0
    except PASSING:
        raise
    except DatabaseError as fault:
        if len(ids) == 1:
            _set_aside(ids[0], fault, at=at)
            done.set_aside += 1
            return
        middle = len(ids) // 2
        for half in (ids[:middle], ids[middle:]):
            _reach_all(half, ladders, done, at=at, send_after=send_after)
    else:
        done.alerts += alerts
        done.letters += letters


def follow(ids: Sequence[int], *, at: datetime) -> int:
    """Carry out what the rungs call for that the clocks reached in the round of the moment `at`.

    Safe to do twice. Returns how many 督办件 were brought up.
    """
    return sum(AFTER_RUNGS(ids, at))


def _set_aside(pk: int, fault: Exception, *, at: datetime) -> None:
    SweepFault.objects.create(deadline_id=pk, error=failure(fault), at=at)
    Deadline.objects.filter(pk=pk).update(set_aside_at=at)


def let_reach(ids: Sequence[int], ladders: Ladders, *, at: datetime, send_after: datetime | None) -> int:
    """Let the clocks, which the caller has locked, reach every rung up to the moment `at`; returns how many.

    `send_after`: from when people are told; None tells nobody (history that is entered afterwards).
    """
    values: dict[str, Any] = {
        "ids": list(ids), "now": at, "today": timezone.localdate(at), "send_after": send_after,
        "zone": settings.TIME_ZONE, "rights": list(RIGHTS),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_REACH, {**ladders.columns, **values})
        return int(cursor.fetchone()[0])


def realign(ladders: Ladders) -> int:
    """Set the next moment of every running clock by these ladders: after they have changed. Returns how many moved."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_REALIGN, {**ladders.columns, "zone": settings.TIME_ZONE})
        return int(cursor.rowcount)
