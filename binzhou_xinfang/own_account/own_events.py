"""Events of the house that a person writes about himself."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.ledger import Changed

PASSWORD_CHANGED = ledger.declare("password-changed", "本人修改密码")


def note_own(kind: str, user: User, changes: Sequence[Changed], *, at: datetime) -> None:
    """Write the act of the person, by the first of the posts held, in the caller's transaction."""
    by = Post.objects.held(timezone.localdate(at)).filter(user=user).select_related("user", "unit").first()
    ledger.note(kind, by=by, at=at, of=f"user:{user.pk}", label=user.name, changes=changes, people=[user])


def note_password(user: User, at: datetime) -> None:
    """Write that the password is another one, and nothing of it."""
    note_own(PASSWORD_CHANGED, user, [Changed("密码", "原密码", "已由本人修改")], at=at)
