"""The sweep of clocks that fall due in one minute, beside the same claim and inserts without Django."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, connections
from django.utils import timezone

from cases.models import Alert, Deadline
from cases.watch.sweep import sweep
from cases.watch.sweep.claiming import BATCH
from tests.bench import bare

# A rule of which no made-up matter has a clock; its first rung lies two days before the end.
RULE = "letter-feedback"
_DUE_IN = timedelta(days=2)
_FILL = """
    INSERT INTO cases_deadline (case_id, rule, started_on, extended_by, strict_on, legal_on, is_provisional, excluded,
        alerted_until, next_alert_at)
    SELECT cases.id, %(rule)s, %(today)s, 0, %(due)s, %(due)s, false, '[]', %(done)s, %(next)s
    FROM generate_series(1, 1 + %(number)s / (SELECT count(*) FROM cases_petitioncase)) AS again,
        (SELECT id FROM cases_petitioncase) AS cases LIMIT %(number)s
"""
_BARE_CLAIM = """
    SELECT id FROM cases_deadline WHERE next_alert_at <= %s AND met_on IS NULL AND cancelled_on IS NULL
    AND suspended_on IS NULL AND set_aside_at IS NULL ORDER BY next_alert_at LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
"""
_BARE_ALERTS = """
    INSERT INTO cases_alert (deadline_id, days, audience, consequence, due_on, reached_at, recorded_at)
    SELECT id, -2, 'handler', '', strict_on, next_alert_at, %s FROM cases_deadline WHERE id = ANY(%s) RETURNING id
"""
_BARE_OUTBOX = """
    INSERT INTO notices_outbox (topic, subject, send_after, created_at, error)
    SELECT 'alert', id, %s, %s, '' FROM unnest(%s::bigint[]) AS alert(id)
"""
_BARE_ADVANCE = "UPDATE cases_deadline SET next_alert_at = %s, alerted_until = %s WHERE id = ANY(%s)"


@dataclass(frozen=True)
class Sweeping:
    """So many clocks swept at once: the seconds of the product, of bare psycopg2, of two workers on two connections;
    `lost` and `doubled`: alerts that the two left out or wrote twice. A round with nothing due, in ms, at `still_open`.
    """

    due: int
    seconds: float
    bare_seconds: float
    pair_seconds: float
    lost: int
    doubled: int
    still_open: int
    idle_ms: float


def measure(due: int, still_open: int) -> Sweeping:
    """Sweep by one, by bare psycopg2 and by two workers, then go round with nothing due."""
    now = timezone.now()
    sweep(at=now)  # what the made-up matters still owe
    fill(due, now, phase=1)
    seconds = _timed(lambda: sweep(at=now))
    fill(due, now, phase=2)
    bare_seconds = _timed(lambda: _bare(now))
    fill(due, now, phase=3)
    pair_seconds = _timed(lambda: _two_workers(now))
    told = Alert.objects.filter(deadline__started_on=_day(now, 3), deadline__rule=RULE)
    alerts, clocks = told.count(), told.values("deadline").distinct().count()
    fill(still_open, now, phase=4, next_alert_at=now + timedelta(days=1))
    idle = min(_timed(lambda: sweep(at=now)) for _ in range(5))
    running = Deadline.objects.running().count()
    return Sweeping(due, seconds, bare_seconds, pair_seconds, due - clocks, alerts - clocks, running, 1000 * idle)


def fill(number: int, now: datetime, *, phase: int, next_alert_at: datetime | None = None) -> None:
    """So many running clocks of one rule; `phase` tells them apart by their first day."""
    last = timezone.localdate(now) + _DUE_IN
    with connection.cursor() as cursor:
        cursor.execute(_FILL, {
            "rule": RULE, "today": _day(now, phase), "due": last, "done": now - timedelta(days=5),
            "next": next_alert_at or now - timedelta(minutes=1), "number": number,
        })  # fmt: skip
        cursor.execute("VACUUM (ANALYZE) cases_deadline")


def _day(now: datetime, phase: int) -> date:
    return timezone.localdate(now) - timedelta(days=phase)


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _bare(now: datetime) -> None:
    """The same claims, alerts, outbox rows and new moments, batch by batch, by plain statements."""
    plain = bare.connect(connection.get_connection_params())
    later = now + timedelta(days=1)
    try:
        with plain.cursor() as cursor:
            while True:
                cursor.execute(_BARE_CLAIM, [now, BATCH])
                ids = [pk for (pk,) in cursor.fetchall()]
                if not ids:
                    return
                cursor.execute(_BARE_ALERTS, [now, ids])
                cursor.execute(_BARE_OUTBOX, [now, now, [pk for (pk,) in cursor.fetchall()]])
                cursor.execute(_BARE_ADVANCE, [later, now, ids])
                plain.commit()
    finally:
        plain.close()


def _two_workers(now: datetime) -> None:
    def work(_: int) -> None:
        try:
            sweep(at=now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
