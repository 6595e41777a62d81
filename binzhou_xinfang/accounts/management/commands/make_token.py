"""`manage.py make_token USERNAME`: make a token for a program, printed once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.accounts.tokens import make_token


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
        self.stdout.write(make_token(user, name=name, days=days, at=at, post=bound))
