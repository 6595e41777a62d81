"""Permissions of hand-overs: who reads the record of which."""

from django.db.models import Q, QuerySet

from binzhou_xinfang.accounts.models import Post, Unit
from cases.handover.orders import may_order_people, may_order_units
from cases.models import HandOver, HandOverItem, HandOverPlan
from cases.queries import visible_to


def may_order(post: Post) -> bool:
    """Check that the post orders hand-overs of one kind or the other."""
    return may_order_units(post) or may_order_people(post)


def visible_hand_overs(post: Post) -> QuerySet[HandOver]:
    """Select the acts that exist for the post: of bodies of the area for the head of its petition office, of persons
    for who heads their unit."""
    return HandOver.objects.filter(_ordered_by(post))


def _ordered_by(post: Post) -> Q:
    mine = Q(pk__in=[])
    if may_order_units(post):
        mine |= Q(person=None, unit__in=Unit.objects.under(post.unit.area).values("pk"))
    if may_order_people(post):
        mine |= Q(person__isnull=False, unit=post.unit_id)
    return mine


def visible_plans(post: Post) -> QuerySet[HandOverPlan]:
    """Select the plans that exist for the post, by the same measure as the acts."""
    return HandOverPlan.objects.filter(_ordered_by(post))


def visible_items(act: HandOver, post: Post) -> QuerySet[HandOverItem]:
    """Select the matters of the act that the post may read."""
    return act.items.filter(case__in=visible_to(post).values("pk"))
