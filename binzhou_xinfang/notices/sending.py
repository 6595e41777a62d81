"""Sending what is not only a bell: at least once, again after a while, given up and shown in the end."""

from datetime import datetime, timedelta

from django.db import transaction

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.notices.gateways import NotSentError, send
from binzhou_xinfang.notices.models import Message

BATCH = 50
# How long the next try waits after each that failed; after the last the message is given up.
WAITS = (1, 2, 5, 15, 60, 180, 720)


def send_due(*, at: datetime) -> dict[str, int]:
    """Send every message whose time has come; returns how many were sent, failed, and given up.

    A claim moves the next try ahead before anything leaves the house: a worker that dies in between loses nothing, the
    message goes out again, under the same key.
    """
    done = {"sent": 0, "failed": 0, "dead": 0}
    while claimed := _claim(at):
        for message in claimed:
            done[_try(message, at)] += 1
    return done


def _claim(at: datetime) -> list[Message]:
    with transaction.atomic():
        waiting = Message.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
        claimed = list(waiting.filter(next_try_at__lte=at).order_by("next_try_at", "pk")[:BATCH])
        for message in claimed:
            message.next_try_at = at + timedelta(minutes=WAITS[min(message.attempts, len(WAITS) - 1)])
            message.attempts += 1
        Message.objects.bulk_update(claimed, ["next_try_at", "attempts"])
    return claimed


def _try(message: Message, at: datetime) -> str:
    try:
        send(message)
    except NotSentError as fault:
        message.error = str(fault)[:500]
        if message.attempts > len(WAITS):
            message.dead_at, message.next_try_at = at, None
        message.save(update_fields=["error", "dead_at", "next_try_at"])
        return "dead" if message.dead_at else "failed"
    message.was_sent(at)
    message.save(update_fields=["sent_at", "next_try_at", "error"])
    return "sent"


def send_again(message: Message, *, by: Post, at: datetime) -> None:
    """Take up a message that was given up. Raises NotPermitted without MANAGE_SETTINGS."""
    if not has_right(by, Right.MANAGE_SETTINGS):
        raise NotPermitted("您当前的岗位不能重新发送通知。")
    Message.objects.filter(pk=message.pk, dead_at__isnull=False).update(dead_at=None, attempts=0, next_try_at=at)
