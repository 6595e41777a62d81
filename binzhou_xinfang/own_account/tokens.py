"""Tokens that two hands have given, collected by their owner, who alone sees them."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Grant, GrantKind
from binzhou_xinfang.accounts.tokens import make_token
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.ledger import Changed

COLLECTED = ledger.declare("token-collected", "领取接口令牌")
PATIENCE = timedelta(days=14)


def to_collect(user: Any) -> QuerySet[Grant]:
    """Select the tokens that were given to the person, not long ago, and are not collected yet."""
    given = Grant.objects.filter(user=user, kind=GrantKind.TOKEN, is_given=True, token=None)
    return given.filter(decided_at__gt=timezone.now() - PATIENCE).select_related("user", "post__unit").order_by("pk")


@transaction.atomic
def collect(grant: Grant, *, at: datetime) -> str:
    """Make the token, once. Raises Refusal when it has been collected, or the post that it is bound to has ended."""
    ledger.lock()
    if not to_collect(grant.user).filter(pk=grant.pk).exists():
        raise Refusal("这个令牌已经领取，或者已过领取的期限，请重新申请。")
    if grant.post is not None and grant.post.to_on is not None and grant.post.to_on < timezone.localdate(at):
        raise Refusal("令牌限定的岗位已经结束，请重新申请。")
    made = make_token(grant.user, name=grant.purpose, days=grant.days or 1, at=at, post=grant.post, grant=grant)
    ledger.note(
        COLLECTED, by=grant.post, at=at, of=f"user:{grant.user_id}", label=grant.user.name, people=[grant.user],
        changes=[Changed("接口令牌", "已审批", grant.what)],
    )  # fmt: skip
    return made
