"""Taking back the tokens of programs."""

from datetime import date

from django.utils import timezone

from binzhou_xinfang.accounts.models import ApiToken
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.records.ledger import Changed
from cases.house.acts import Act, Done, Hand, Said, table
from cases.house.forms import ReasonForm


def _end(token: ApiToken, said: Said, hand: Hand) -> Done:
    before = f"有效至{timezone.localdate(token.expires_at)}"
    token.expires_at = hand.at
    token.save(update_fields=["expires_at"])
    return Done(f"{token.user.name} {token.name}", [Changed("接口令牌", before, "已停用")], people=[token.user])


def _over(token: ApiToken, on: date) -> str:
    return "" if token.expires_at > timezone.now() else "这个令牌已经失效。"


ACTS = table(
    Act[ApiToken]("token", "end", "停用令牌", Right.MANAGE_USERS, ReasonForm, _end, shut=_over, is_end=True),
)
