"""`manage.py grant_web [ROLE]`: give the role of web, worker and beat what they need, and no power over the tables.

To be run as the owner of the tables, after each migration (`--migrate` makes it) and after a restore. The role is made
by whoever runs the database.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from binzhou_xinfang.records import web_role


class Command(BaseCommand):
    help = "授予网页服务的数据库角色所需的权限：只增不改的表只能查询、写入，不能改表"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", nargs="?", default=web_role.ROLE, help=f"角色，缺省为 {web_role.ROLE}")

        parser.add_argument("--migrate", action="store_true", help="先更新数据库结构")

    def handle(self, *, role: str, migrate: bool = False, **options: Any) -> None:
        if migrate:
            call_command("migrate", interactive=False, verbosity=0)
        if not web_role.exists(role):
            raise CommandError(f"数据库中没有角色“{role}”，请先由数据库管理员建立：CREATE ROLE {role} LOGIN")
        with transaction.atomic():
            granted = web_role.grant(role)
        if options["verbosity"]:
            self.stdout.write(f"已授权“{role}”：{granted}张表，其中只增不改的不能修改、删除。")
