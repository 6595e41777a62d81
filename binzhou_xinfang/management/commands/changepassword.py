"""`manage.py changepassword`, refused: a password is set by its owner alone, and the leave to do so has its event."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "不使用：重设密码请用 manage.py open_account，由本人用启用码自己设置。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            "密码只由本人设置。请用 manage.py open_account 取得启用码（记入维护记录），由本人在登录页自己设密码。"
        )
