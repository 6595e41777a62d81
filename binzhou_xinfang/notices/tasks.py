"""Celery tasks of the notices. Safe to run twice, late, or in several workers."""

from celery import shared_task
from django.utils import timezone

from binzhou_xinfang.notices.sending import send_due
from binzhou_xinfang.notices.writing import write_due


@shared_task(name="notices.deliver")
def deliver() -> dict[str, int]:
    """Write the messages of what has happened, and send those that leave the house."""
    now = timezone.now()
    return {"written": write_due(at=now), **send_due(at=now)}
