"""Sight of notices: what tells of a matter exists as long as the matter exists for its reader."""

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.middleware import posts_of
from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.hooks import Hook
from binzhou_xinfang.notices.models import Channel, Message

# Somebody who holds these posts asks for notices: a condition on `Message`, those that no longer exist for the person.
HIDES: Hook[[User, Sequence[Post]], Q] = Hook("notices.HIDES")

# A page of notices is shown to the post: (post, the notices, address of the computer).
SHOWN: Hook[[Post, Sequence[Message], str | None], None] = Hook("notices.SHOWN")

# Titles of the matters that a page of notices tells of, by their keys: of those that somebody with these posts sees.
TITLES: Hook[[Sequence[Post], Sequence[Message]], Mapping[int, str]] = Hook("notices.TITLES")


def still_told(messages: "QuerySet[Message]", user: User, posts: Sequence[Post]) -> "QuerySet[Message]":
    """Leave out of the messages to this user what the user, with these posts, may no longer know of."""
    for hidden in HIDES(user, posts):
        messages = messages.exclude(hidden)
    return messages


def bells_of(user: User, posts: Sequence[Post]) -> "QuerySet[Message]":
    """Select the notices that the person has in the house."""
    return still_told(Message.objects.filter(user=user.pk, channel=Channel.BELL), user, posts)


def withdrawn(claimed: Sequence[Message]) -> set[int]:
    """Find those of the messages about to leave the house that their readers may no longer know of."""
    today, hidden = timezone.localdate(), set()
    for user in {message.user for message in claimed if message.matter is not None}:
        own = Message.objects.filter(pk__in=[message.pk for message in claimed if message.user_id == user.pk])
        kept = set(still_told(own, user, posts_of(user, today)).values_list("pk", flat=True))
        hidden |= {message.pk for message in claimed if message.user_id == user.pk} - kept
    return hidden
