"""The log of look-ups: one line for everything that is taken out of the system or shown in full."""

from datetime import timedelta
from typing import Any

from django.db import connection
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


_ONCE = f"""
    INSERT INTO {AccessLog._meta.db_table} (at, user_id, post_label, unit_id, act, subject, ip, reason)
    SELECT %(at)s, %(user)s, %(post)s, %(unit)s, %(act)s, %(subject)s, %(ip)s, ''
    WHERE NOT EXISTS (
        SELECT FROM {AccessLog._meta.db_table}
        WHERE subject = %(subject)s AND at > %(since)s AND user_id = %(user)s AND act = %(act)s
    )
"""  # noqa: S608  the name of the table is written in the code


def log_once(post: Post, act: AccessAct, subject: str, *, within: timedelta, ip: str | None = None) -> None:
    """Write one line, unless the same person left the same line within the time before; one statement either way."""
    at = timezone.now()
    said: dict[str, Any] = {
        "at": at, "since": at - within, "user": post.user_id, "post": post.label, "unit": post.unit_id,
        "act": act.value, "subject": subject, "ip": ip or None,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ONCE, said)
