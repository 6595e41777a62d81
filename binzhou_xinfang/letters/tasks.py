"""Background work of the letters."""

from celery import shared_task
from django.utils import timezone

from binzhou_xinfang.letters import storage


@shared_task(name="letters.make_letter_files")
def make_letter_files() -> int:
    """Make the .docx of every letter that was just issued. Safe to run twice or in two workers."""
    return storage.make_missing(timezone.now())
