"""Background work of the records."""

from celery import shared_task
from django.utils import timezone

from binzhou_xinfang.records import anchors


@shared_task(name="records.anchor_day")
def anchor_day() -> int:
    """Close every day that has ended, the missed ones too. Safe to run twice, late, or in two workers."""
    return anchors.close_days(timezone.now())
