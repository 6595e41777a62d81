"""Notices of the house: of powers and of changes of a unit, to who decides, to who asked and receives, and to those who
are named for 检举控告; of what was changed of somebody, to him."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.accounts.models import Grant, Post, UnitChange, User
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
                yield _plain(grant.pk, user, f"{words}，请审批", reverse("cases:house-grants"))


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
            yield _plain(grant.pk, user, f"{words}：{grant.what}" if grant.what else words, url)


def write_change_asked(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell those who may decide that a unit is to be moved, ended or reopened."""
    for change in _changes(subjects).filter(decided_at=None, cancelled_at=None):
        words = f"{change.ordered_by.name}申请{change.get_kind_display()}：{change.unit.name}，{change.what}，请审批"
        for user in _holders(RIGHTS[Right.CONFIRM_GRANTS]):
            if user.pk != change.ordered_by_id:
                yield _plain(change.pk, user, words, reverse("cases:house-grants"))


def write_change_decided(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell who asked what came of it; whom the change concerns is told of the event."""
    for change in _changes(subjects).exclude(decided_at=None):
        came = "已同意" if change.is_given else f"没有同意（{change.decided_why}）"
        words = f"{change.get_kind_display()}（{change.unit.name}）{came}：{change.what}"
        yield _plain(change.pk, change.ordered_by, words, reverse("cases:house-unit", args=[change.unit_id]))


def write_change_failed(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell both hands that a change was not carried out on its day, and why."""
    for change in _changes(subjects).filter(done_at=None, cancelled_at=None).exclude(failed_why=""):
        words = f"{change.get_kind_display()}（{change.unit.name}）没有执行：{change.failed_why}"
        for user in filter(None, (change.ordered_by, change.decided_by)):
            yield _plain(change.pk, user, words, reverse("cases:house-unit", args=[change.unit_id]))


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


def _plain(subject: int, user: User, words: str, url: str) -> Note:
    return Note(subject, user, words, f"【滨州信访】{words}", url, matter=None)


def _changes(subjects: Sequence[int]) -> QuerySet[UnitChange]:
    related = ("unit", "parent", "moved_to", "ordered_by", "decided_by")
    return UnitChange.objects.filter(pk__in=subjects).select_related(*related).order_by("pk")


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
CHANGE_ASKED = Topic("unit-change-asked", write_change_asked)
CHANGE_DECIDED = Topic("unit-change-decided", write_change_decided)
CHANGE_FAILED = Topic("unit-change-failed", write_change_failed)
CONCERNED = Topic("house-changed", write_concerned)
TOPICS = (GRANT_ASKED, GRANT_DECIDED, CHANGE_ASKED, CHANGE_DECIDED, CHANGE_FAILED, CONCERNED)
