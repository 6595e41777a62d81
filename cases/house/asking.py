"""Asking for a power: the first of the two hands."""

from typing import Any

from binzhou_xinfang.accounts.models import Grant, GrantKind, User
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.notices.outbox import tell
from cases.house.acts import Hand
from cases.house.notices import GRANT_ASKED


def ask(user: User, kind: GrantKind, reason: str, hand: Hand, **what: Any) -> Grant:
    """Write down what is asked for and tell who decides, in the caller's transaction.

    Raises Refusal for a power for oneself, and for what is asked for already.
    """
    if user.pk == hand.by.user_id:
        raise Refusal("不能为本人申请授权，请由其他系统管理员申请。")
    standing = Grant.objects.filter(user=user, kind=kind, decided_at=None)
    if any(all(getattr(other, name) == value for name, value in what.items()) for other in standing):
        raise Refusal("同样的申请正在等待审批，不必重复申请。")
    grant = Grant.objects.create(
        user=user, kind=kind, reason=reason, asked_by=hand.by.user, asked_post=hand.by.label, asked_at=hand.at, **what
    )
    tell(GRANT_ASKED, grant.pk, at=hand.at)
    return grant
