"""`manage.py appoint USERNAME ROLE UNIT`: appoint one of the 三员 where nobody is there to ask and to approve."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit, User
from binzhou_xinfang.accounts.roles import KEEPERS, Role
from binzhou_xinfang.errors import Refusal
from cases.house.commands import appoint


class Command(BaseCommand):
    help = "任命系统管理员、安全保密管理员或者安全审计员；记入维护记录。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="用户名")
        parser.add_argument("role", choices=sorted(role.value for role in KEEPERS), help="角色")
        parser.add_argument("unit", help="机构代码")
        parser.add_argument("--reason", required=True, help="依据、理由")

    def handle(self, *, username: str, role: str, unit: str, reason: str, **options: Any) -> None:
        user = User.objects.filter(username=username, is_active=True).first()
        where = Unit.objects.current(timezone.localdate()).filter(code=unit).first()
        if user is None or where is None:
            raise CommandError(f"没有可用的{'用户' if user is None else '机构'}，请核对。")
        try:
            post = appoint(user, where, Role(role), reason=reason, at=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"已任命：{post}")
