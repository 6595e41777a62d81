"""Sight of the notices of matters: the bell of a matter goes with the matter, and a look at it is a look at it."""

from collections.abc import Mapping, Sequence

from django.db.models import Exists, OuterRef, Q

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.notices.models import Message
from cases.looks import log_lines
from cases.models import PetitionCase
from cases.queries import hidden_from, visible_to


def hides(user: User, posts: Sequence[Post]) -> Q:
    """Select the notices of matters that do not exist for the person any longer."""
    return Q(Exists(hidden_from(posts).filter(pk=OuterRef("matter"))))


def titles_of(posts: Sequence[Post], messages: Sequence[Message]) -> Mapping[int, str]:
    """Map the matters that a page of notices tells of to their titles: those that exist for one of the posts."""
    keys = {message.matter for message in messages if message.matter is not None}
    seen = [visible_to(post).filter(pk__in=keys).order_by().values_list("pk", "title") for post in posts if keys]
    return {key: title for rows in seen for key, title in rows}


def log_shown(post: Post, messages: Sequence[Message], ip: str | None) -> None:
    """Write down the sealed matters that a page of notices names."""
    keys = {message.matter for message in messages if message.matter is not None}
    if keys:
        log_lines(post, PetitionCase.objects.filter(pk__in=keys, is_sealed=True).order_by("pk"), ip=ip)
