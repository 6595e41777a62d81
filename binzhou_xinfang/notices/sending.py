"""Delivery of all but bells: at least once, again after a while, given up and shown in the end.

No telephone rings at night or on a day off, whatever was tried when, and however late somebody gets round to it;
unless what it tells of is 重大、紧急.
"""

import logging
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import PASSING, NotPermitted, failure
from binzhou_xinfang.notices.gateways import NotSentError, send
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.office_hours import next_hour
from binzhou_xinfang.notices.sight import withdrawn
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.typed import cleaned, shortened

_log = logging.getLogger(__name__)

# A gateway that hangs holds up few at a time, so that no claim runs out while its messages still wait for their turn;
# a round ends in time for the next, which goes on with what is left.
BATCH = 5
ROUND_SECONDS = 45.0
# How many minutes the next try waits after each that failed; after the last the message is given up.
WAITS = (2, 3, 5, 15, 60, 180, 720)


def send_due(*, at: datetime) -> dict[str, int]:
    """Send what is due in office hours of working days, at any hour what may not wait (第二十五条).

    Returns how many were sent, failed, and given up.

    A claim moves the next try ahead before anything leaves the house: a worker that dies in between loses nothing, the
    message goes out again, under the same key.
    """
    done, ends = {"sent": 0, "failed": 0, "dead": 0}, time.monotonic() + ROUND_SECONDS
    if not Message.objects.filter(next_try_at__lte=at).exists():
        return done
    urgent_alone = not _may_ring(at)
    while time.monotonic() < ends and (claimed := _claim(at, urgent_alone=urgent_alone)):
        hidden = withdrawn(claimed)
        for message in claimed:
            if message.pk in hidden:
                _withdraw(message)
            else:
                done[_try(message, at)] += 1
    return done


def _withdraw(message: Message) -> None:
    """Keep in the house what its reader may no longer know of (第三十条第三款)."""
    message.next_try_at, message.error = None, "收件人已无权知悉，不再发送"
    message.save(update_fields=["next_try_at", "error"])


def _may_ring(at: datetime) -> bool:
    regime = current_rulebook().on(timezone.localdate(at))
    return next_hour(at, regime=regime, calendar=current_calendar()) == at


def _claim(at: datetime, *, urgent_alone: bool) -> list[Message]:
    with transaction.atomic():
        waiting = Message.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
        if urgent_alone:
            waiting = waiting.filter(at_any_hour=True)
        claimed = list(waiting.filter(next_try_at__lte=at).order_by("next_try_at", "pk")[:BATCH])
        for message in claimed:
            message.next_try_at = at + timedelta(minutes=WAITS[min(message.attempts, len(WAITS) - 1)])
            message.attempts += 1
        Message.objects.bulk_update(claimed, ["next_try_at", "attempts"])
    return claimed


def _try(message: Message, at: datetime) -> str:
    try:
        send(message)
    except PASSING:  # the claim has put the next try off, nothing is lost
        raise
    except Exception as fault:  # one that cannot be sent in whatever way holds up no other; it says why
        if not isinstance(fault, NotSentError):
            _log.exception("message %s could not be sent", message.pk)
        # What a gateway answers is no text that the database has to take.
        message.error = shortened(cleaned(str(fault)), 500) if isinstance(fault, NotSentError) else failure(fault)
        if message.attempts > len(WAITS):
            message.dead_at, message.next_try_at = at, None
        message.save(update_fields=["error", "dead_at", "next_try_at"])
        return "dead" if message.dead_at else "failed"
    message.was_sent(at)
    message.save(update_fields=["sent_at", "next_try_at", "error"])
    return "sent"


def send_again(message: Message, *, by: Post, at: datetime) -> None:
    """Take up a message that was given up. Raises NotPermitted without MANAGE_SETTINGS."""
    _take_up(Message.objects.filter(pk=message.pk), by, at)


def send_all_again(*, by: Post, at: datetime) -> int:
    """Take up all messages that were given up; returns how many. Raises NotPermitted without MANAGE_SETTINGS."""
    return _take_up(Message.objects.all(), by, at)


def _take_up(messages: "QuerySet[Message]", by: Post, at: datetime) -> int:
    if not has_right(by, Right.MANAGE_SETTINGS):
        raise NotPermitted("您当前的岗位不能重新发送通知。")
    return messages.filter(dead_at__isnull=False).update(dead_at=None, attempts=0, next_try_at=at)
