"""Step from the outbox to messages: each topic has a writer that says whom to tell what.

A writer that fails for one subject does not hold up the others: that one waits an hour, with its reason.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from binzhou_xinfang.errors import PASSING, failure
from binzhou_xinfang.notices.models import Channel, Message, Outbox
from binzhou_xinfang.notices.outbox import TOPICS, Note
from binzhou_xinfang.typed import shortened

BATCH = 500
AGAIN_AFTER = timedelta(hours=1)


def write_due(*, at: datetime) -> int:
    """Write the messages of everything whose time has come; returns how many. Safe in several workers at once."""
    written = 0
    while True:
        with transaction.atomic():
            waiting = Outbox.objects.select_for_update(skip_locked=True)
            rows = list(waiting.filter(written_at=None, send_after__lte=at).order_by("send_after", "pk")[:BATCH])
            for topic in sorted({row.topic for row in rows}):
                written += _write([row for row in rows if row.topic == topic], at=at)
        if len(rows) < BATCH:
            return written


def _write(rows: Sequence[Outbox], *, at: datetime) -> int:
    try:
        with transaction.atomic():
            notes = _notes(rows)
            messages = [message for note, row in notes for message in _messages(note, row, at)]
            Message.objects.bulk_create(messages, ignore_conflicts=True)
            Outbox.objects.filter(pk__in=[row.pk for row in rows]).update(written_at=at, error="")
    except PASSING:
        raise
    except Exception as fault:  # a writer may fail in any way; the row says how
        if len(rows) > 1:
            return sum(_write([row], at=at) for row in rows)
        Outbox.objects.filter(pk=rows[0].pk).update(send_after=at + AGAIN_AFTER, error=failure(fault))
        return 0
    return len(messages)


def _notes(rows: Sequence[Outbox]) -> list[tuple[Note, Outbox]]:
    writer, by_subject = TOPICS[rows[0].topic].writer, {row.subject: row for row in rows}
    return [(note, by_subject[note.subject]) for note in writer(list(by_subject))]


def _messages(note: Note, row: Outbox, at: datetime) -> list[Message]:
    channels = [Channel.BELL]
    if note.is_urgent and note.user.phone:
        channels.append(Channel.SMS)
    if note.is_urgent and note.user.email and settings.EMAIL_HOST:
        channels.append(Channel.EMAIL)
    return [
        Message(
            outbox=row, user=note.user, channel=channel, title=str(shortened(note.title, 200)),
            text=str(shortened(note.text, 500)), url=note.url, matter=note.matter, at_any_hour=note.at_any_hour,
            created_at=at, next_try_at=None if channel is Channel.BELL else at,
            sent_at=at if channel is Channel.BELL else None,
        )
        for channel in channels
    ]  # fmt: skip
