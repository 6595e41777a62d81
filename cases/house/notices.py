"""Notices of the house: of powers, to who decides, to who asked and receives, and to those who are named for 检举控告;
of what was changed of somebody, to him."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.accounts.models import Grant, Post, User
from binzhou_xinfang.accounts.roles import RIGHTS, Right
from binzhou_xinfang.notices.outbox import Note, Topic
from binzhou_xinfang.records.event_fields import sentences
from binzhou_xinfang.records.models import HOUSE_EVENTS, HouseEvent


def write_asked(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell those who may decide that a power is asked for."""
    for grant in _grants(subjects).filter(decided_at=None):
        words = f"{grant.asked_by.name}申请{grant.get_kind_display()}：{grant.user.name}"
        for user in _holders(RIGHTS[Right.CONFIRM_GRANTS]):
            if user.pk not in (grant.asked_by_id, grant.user_id):
                yield _note(grant, user, f"{words}，请审批", reverse("cases:house-grants"))


def write_decided(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell who asked and whom it concerns; of a power over 检举控告 those who are named for them, too."""
    for grant in _grants(subjects).exclude(decided_at=None):
        came = "已同意" if grant.is_given else "没有同意"
        words = f"{grant.get_kind_display()}（{grant.user.name}）{came}"
        people = {grant.asked_by_id: (grant.asked_by, reverse("cases:house-grants"))}
        if grant.is_given:
            people[grant.user_id] = (grant.user, "/")
        if grant.is_given and grant.concerns_sealed:
            named = Post.objects.held(timezone.localdate()).filter(reads_sealed=True).select_related("user")
            people |= {post.user_id: (post.user, "/") for post in named}
        for user, url in people.values():
            yield _note(grant, user, f"{words}：{grant.what}" if grant.what else words, url)


def write_concerned(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell those whom a change of accounts, posts or units concerns what was changed, and by whom; who made it knows
    it."""
    for event in HouseEvent.objects.filter(pk__in=subjects).order_by("pk"):
        kind = HOUSE_EVENTS[event.kind]
        day = timezone.localdate(event.happened_at)
        words = "；".join(sentences(kind.fields, event.detail, on=day))
        title = f"{event.actor_name}办理了与您有关的“{kind.label}”"
        for user in User.objects.filter(pk__in=event.detail["people"], is_active=True).exclude(pk=event.actor_id or 0):
            yield Note(event.pk, user, title, f"【滨州信访】{title}：{words}", "/", matter=None)


def _note(grant: Grant, user: User, words: str, url: str) -> Note:
    return Note(grant.pk, user, words, f"【滨州信访】{words}", url, matter=None)


def _grants(subjects: Sequence[int]) -> QuerySet[Grant]:
    return (
        Grant.objects.filter(pk__in=subjects)
        .select_related("user", "asked_by", "unit__parent", "post__unit")
        .order_by("pk")
    )


def _holders(roles: frozenset[str]) -> list[User]:
    held = Post.objects.held(timezone.localdate()).filter(role__in=roles).select_related("user")
    return list({post.user_id: post.user for post in held}.values())


GRANT_ASKED = Topic("grant-asked", write_asked)
GRANT_DECIDED = Topic("grant-decided", write_decided)
CONCERNED = Topic("house-changed", write_concerned)
