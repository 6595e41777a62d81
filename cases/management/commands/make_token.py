"""`manage.py make_token USERNAME`: make a token for a program, printed once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.accounts.tokens import make_token
from binzhou_xinfang.records import ledger


class Command(BaseCommand):
    help = "为接口程序签发令牌，只显示这一次。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="用户名")
        parser.add_argument("--days", type=int, default=365, help="有效天数（默认365）")
        parser.add_argument("--name", default="接口程序", help="用途")
        parser.add_argument("--post", type=int, help="限定岗位的编号；不填则可用该用户的全部岗位")

    def handle(self, *, username: str, days: int, name: str, post: int | None, **options: Any) -> None:
        if days < 1:
            raise CommandError("有效天数至少为1。")
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"没有可用的用户“{username}”。")
        at = timezone.now()
        bound = None
        if post is not None:
            bound = Post.objects.held(timezone.localdate(at)).filter(user=user, pk=post).first()
            if bound is None:
                raise CommandError(f"用户“{username}”现在没有编号为{post}的岗位。")
        with transaction.atomic():
            token = make_token(user, name=name, days=days, at=at, post=bound)
            ledger.note(
                ledger.TOKEN_MADE, by=None, at=at, of=f"user:{user.pk}", label=user.name, people=[user],
                reason="服务器命令",
                changes=[ledger.Changed("接口令牌", "", f"{name}，{days}天，{bound.label if bound else '全部岗位'}")],
            )  # fmt: skip
        self.stdout.write(token)
