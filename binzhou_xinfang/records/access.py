"""The log of look-ups: one line for everything that is taken out of the system or shown in full."""

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import AccessLog


def log(
    post: Post | None,
    act: AccessAct,
    subject: str,
    *,
    reason: str = "",
    ip: str | None = None,
    user: User | None = None,
) -> AccessLog:
    """Write one line, with one INSERT. `subject` names what was reached, without the personal data itself.

    `post` is None before sign-in, or for a user without a post, who is then given as `user`.
    """
    return AccessLog.objects.create(
        at=timezone.now(),
        user=post.user if post else user,
        post_label=post.label if post else "",
        unit=post.unit if post else None,
        act=act,
        subject=subject,
        ip=ip or None,
        reason=reason,
    )
