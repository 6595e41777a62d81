"""`manage.py open_account USERNAME`: make an account, or open it anew, where nobody is there to ask and to approve."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from binzhou_xinfang.errors import Refusal
from cases.house.commands import open_account


class Command(BaseCommand):
    help = "建立账号或者重设密码：给出启用码，由本人在登录页自己设密码；记入维护记录，并通知本人。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="用户名")
        parser.add_argument("--name", default="", help="姓名（新账号）")
        parser.add_argument("--reason", required=True, help="依据、理由")

    def handle(self, *, username: str, name: str, reason: str, **options: Any) -> None:
        try:
            first, second = open_account(username, name=name, reason=reason, at=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"启用码前半段 {first}，后半段 {second}；7日内由本人在“用启用码设置密码”中使用一次。")
