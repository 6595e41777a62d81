"""Notices of a hand-over: to who has the matters now, and to who planned it."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.accounts.roles import ANSWERABLE, HEADS, OFFICE_HEADS, TRIAGERS
from binzhou_xinfang.notices.outbox import Note, Topic
from cases.models import HandOver, HandOverPlan


def write_hand_overs(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell who heads or sorts at each successor, or the person who took over, how many came."""
    for act in HandOver.objects.filter(pk__in=subjects).select_related("unit", "person"):
        # 检举控告 are not told of: their number is nobody else's business.
        shares = act.items.exclude(moved={}).filter(case__is_sealed=False).order_by("to_unit_id", "to_person_id")
        for unit, person, number in shares.values_list("to_unit", "to_person").annotate(number=Count("pk")):
            words = f"{act}，移交来{number}件事项"
            for user in _readers(unit, person):
                yield Note(act.pk, user, words, f"【滨州信访】{words}，期限从原来的日期连续计算。", "/", matter=None)


def _readers(unit: int, person: int | None) -> list[User]:
    if person is not None:
        return list(User.objects.filter(pk=person, is_active=True))
    held = Post.objects.held(timezone.localdate()).filter(unit=unit, role__in=ANSWERABLE | TRIAGERS)
    return list({post.user_id: post.user for post in held.select_related("user")}.values())


def write_done(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell who planned, and whoever may order such a hand-over there, that it was begun."""
    for plan in _plans(subjects):
        yield from _told(plan, "已按计划开始移交", is_urgent=False)


def write_failed(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the same people why it was not; not of what has been carried out or cancelled meanwhile."""
    for plan in _plans(subjects).filter(act=None, cancelled_at=None):
        yield from _told(plan, f"没有按计划移交：{plan.failed_why}", is_urgent=True)


def _plans(subjects: Sequence[int]) -> QuerySet[HandOverPlan]:
    return HandOverPlan.objects.filter(pk__in=subjects).select_related("unit", "person", "planned_by").order_by("pk")


def _told(plan: HandOverPlan, came: str, *, is_urgent: bool) -> Iterator[Note]:
    url = reverse("cases:hand-over-plan", args=[plan.pk])
    for user in _planners(plan):
        yield Note(plan.pk, user, f"{plan}{came}", f"【滨州信访】{plan}{came}", url, matter=None, is_urgent=is_urgent)


def _planners(plan: HandOverPlan) -> list[User]:
    held = Post.objects.held(timezone.localdate()).filter(unit=plan.planned_unit, role__in=HEADS | OFFICE_HEADS)
    users = [plan.planned_by, *(post.user for post in held.select_related("user").order_by("pk"))]
    return list({user.pk: user for user in users if user.is_active}.values())


PLAN_DONE = Topic("hand-over-planned", write_done)
PLAN_FAILED = Topic("hand-over-failed", write_failed)
HANDED_OVER_TO = Topic("handed-over", write_hand_overs)
