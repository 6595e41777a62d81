"""Nightly backup."""

from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from binzhou_xinfang.backup import keeping, making


@shared_task(name="backup.nightly", time_limit=6 * 3600)
def nightly() -> str:
    """Make the backup of this night and remove those that need not be kept; without a recipient, nothing."""
    if not settings.BACKUP_RECIPIENT:
        return "off"
    now, root = timezone.now(), Path(settings.BACKUP_DIR)
    made = making.back_up(root, Path(settings.BACKUP_KEYS_DIR), settings.BACKUP_RECIPIENT, at=now)
    return f"{made.files} files, {keeping.prune(root, at=now)} backups removed"
