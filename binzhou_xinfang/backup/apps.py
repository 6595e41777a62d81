"""Backups as an app of their own: their commands, their task, and the health that tells of a missing one."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "binzhou_xinfang.backup"
    label = "backup"
    verbose_name = "备份"

    def ready(self) -> None:
        from binzhou_xinfang import health
        from binzhou_xinfang.backup.keeping import check_backups

        health.PARTS.add("backup", check_backups)
