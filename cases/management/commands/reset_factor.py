"""`manage.py reset_factor USERNAME`: take away a second factor where nobody is there to ask and to approve."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.errors import Refusal
from cases.house.commands import reset_factor


class Command(BaseCommand):
    help = "重置一个人的动态口令（手机丢失，又没有人能申请、审批）；记入维护记录，并通知本人。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="用户名")
        parser.add_argument("--reason", required=True, help="依据、理由")

    def handle(self, *, username: str, reason: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"没有用户“{username}”。")
        try:
            reset_factor(user, reason=reason, at=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"已重置{user.name}的动态口令。")
