"""Background work of the records."""

from celery import shared_task
from django.utils import timezone

from binzhou_xinfang.records import anchors, letter_files


@shared_task(name="records.anchor_day")
def anchor_day() -> int:
    """Close every day that has ended, the missed ones too. Safe to run twice, late, or in two workers."""
    return anchors.close_days(timezone.now())


@shared_task(name="records.make_letter_files")
def make_letter_files() -> int:
    """Make the .docx of every letter that was just issued. Safe to run twice or in two workers."""
    return letter_files.make_missing(timezone.now())
