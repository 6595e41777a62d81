"""`manage.py createsuperuser`, refused: nobody stands above posts, and an account is opened with its event."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "不使用：建立账号请用 manage.py open_account，任命管理员请用 manage.py appoint。"

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            "本系统没有超级用户。建立账号请用 manage.py open_account，任命管理员请用 manage.py appoint，均有记录。"
        )
