"""三员 who watch one another: none of them is left without anybody by the act of another."""

from collections.abc import Sequence
from datetime import date, timedelta

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import KEEPERS, Role
from binzhou_xinfang.errors import Refusal


def refuse_last_keeper(posts: Sequence[Post], last: date) -> None:
    """Raise Refusal when one of 三员 would have nobody after that day: who watches the administrators is ended by none
    of them before another is there."""
    ended = [post.pk for post in posts]
    for role in {Role(post.role) for post in posts if post.role in KEEPERS}:
        others = Post.objects.held(last + timedelta(days=1)).filter(role=role).exclude(pk__in=ended)
        if not others.exists():
            raise Refusal(
                f"此后没有{role.label}在任。系统管理员、安全保密管理员、安全审计员各自不能空缺，请先由接任者到任。"
            )
