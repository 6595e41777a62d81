"""What Celery does for matters. Safe to run twice, late, or in several workers."""

from celery import shared_task
from django.utils import timezone

from cases.sweep import sweep


@shared_task(name="cases.sweep_deadlines")
def sweep_deadlines() -> dict[str, int]:
    """Warn of clocks that end soon, mark those that have ended, close what nobody asked to review."""
    return sweep(at=timezone.now())
