"""The heartbeat of Celery's beat, which `/readyz` listens for."""

import time

from celery import shared_task
from django.core.cache import cache

from binzhou_xinfang.health import HEARTBEAT_KEY


@shared_task(name="health.beat_heartbeat")
def beat_heartbeat() -> None:
    """Note that beat, broker and worker have just passed a task on. Safe to run twice or late.

    What was changed while Redis was away is forgotten by it now, whoever changed it.
    """
    cache.hand_back()  # type: ignore[attr-defined]  # our own backend
    cache.set(HEARTBEAT_KEY, time.time(), timeout=None)
