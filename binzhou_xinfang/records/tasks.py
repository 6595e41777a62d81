"""Background work of the records."""

from datetime import datetime

from celery import shared_task
from django.db import connection
from django.utils import timezone

from binzhou_xinfang.records import anchors


@shared_task(name="records.anchor_day")
def anchor_day() -> int:
    """Close every day that has ended, the missed ones too. Safe to run twice, late, or in two workers.

    Ended by the earlier of two clocks, ours and the database's: a day that was closed by a clock that ran ahead goes
    on when the clock is put right, and would look as if somebody had added to it.
    """
    return anchors.close_days(min(timezone.now(), _clock_of_the_database()))


def _clock_of_the_database() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        told: datetime = cursor.fetchone()[0]
    return told
