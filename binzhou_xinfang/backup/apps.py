"""Backups as an app of their own: their commands, their task, and the health that tells of a missing one."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "binzhou_xinfang.backup"
    label = "backup"
    verbose_name = "备份"

    def ready(self) -> None:
        from binzhou_xinfang.backup.keeping import check_backups, not_set_up
        from binzhou_xinfang.health import PARTS, Part

        words = "登记和办理照常；请查看备份目录和运行日志，并执行 manage.py backup"
        PARTS.add("backup", Part(check_backups, "备份", words, not_set_up))
