"""Activation of an account by its owner: whoever asked and whoever approved each hand over one half of the code."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from binzhou_xinfang.accounts.models import Activation, Grant, User
from binzhou_xinfang.typed import spelled

VALID = timedelta(days=7)
# Without 0 o 1 l i: spoken and typed from paper. Eight of them are about 40 bits, for each half.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def first_half(grant: Grant) -> str:
    """Make the half for who asks, in words that say whose it is."""
    half = _half()
    Activation.objects.create(grant=grant, user=grant.user, first=make_password(half))
    return f"{grant.user.name}（{grant.user.username}）启用码的前半段：{half}"


def second_half(grant: Grant, *, at: datetime) -> str:
    """Make the half for who approves; earlier codes of the person end."""
    half = _half()
    Activation.objects.filter(user=grant.user, used_at=None).exclude(grant=grant).update(valid_until=at)
    Activation.objects.filter(grant=grant).update(second=make_password(half), valid_until=at + VALID)
    return f"{grant.user.name}（{grant.user.username}）启用码的后半段：{half}"


def whole(user: User, *, at: datetime) -> tuple[str, str]:
    """Make both halves for the server's command; earlier codes of the person end."""
    first, second = _half(), _half()
    Activation.objects.filter(user=user, used_at=None).update(valid_until=at)
    kept = {"first": make_password(first), "second": make_password(second)}
    Activation.objects.create(user=user, valid_until=at + VALID, **kept)
    return first, second


def find(username: str, first: str, second: str, *, at: datetime) -> Activation | None:
    """Find the activation that both halves open; None for anything else."""
    open_now = Activation.objects.filter(
        user__username=username, user__is_active=True, used_at=None, valid_until__gt=at
    ).exclude(second="")
    activation = open_now.select_related("user").order_by("-pk").first()
    if activation is None:
        return None
    halves = ((first, activation.first), (second, activation.second))
    fits = [check_password(_plain(said), kept) for said, kept in halves]
    return activation if all(fits) else None


@transaction.atomic
def use(activation: Activation, *, at: datetime) -> User | None:
    """Use it up, once; None when somebody was quicker."""
    taken = Activation.objects.filter(pk=activation.pk, used_at=None).update(used_at=at)
    return activation.user if taken else None


def _half() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


def _plain(said: str) -> str:
    return spelled(said).replace("-", "").lower()
