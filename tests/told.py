"""Notices by their words, which stand encrypted and are read one by one."""

from typing import Any

from django.db.models import QuerySet

from binzhou_xinfang.notices.models import Message


def telling(words: str, **where: Any) -> QuerySet[Message]:
    """Select the notices with these words in the title."""
    keys = [message.pk for message in Message.objects.filter(**where) if words in message.title]
    return Message.objects.filter(pk__in=keys)
