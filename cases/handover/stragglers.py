"""Stragglers of a hand-over: what came to a body after its matters had gone over, up to its last day."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit
from cases.handover.orders import Order, Share, division
from cases.models import ENDING_KINDS, STAYED, HandOver, HandOverItem, HandOverKind

# Afterwards nothing can come any more: who passes a matter on finds that the body is gone.
LATEST = timedelta(days=7)


def follow_up(*, at: datetime) -> int:
    """Plan a hand-over, by the order of the last one, of what lies at a body that has ended though its matters went
    over: it works on until its last day, and what comes to it then has nobody the day after. Returns how many bodies;
    `acts.resume_all` carries it out."""
    today = timezone.localdate(at)
    ended = HandOver.objects.filter(
        Q(done_at__gte=at - LATEST) | Q(unit__valid_to__gte=today - LATEST),
        kind__in=ENDING_KINDS, unit__valid_to__lt=today, unit__moved_to__isnull=False,
    )  # fmt: skip
    last = ended.select_related("unit__moved_to").order_by("unit_id", "-pk").distinct("unit_id")
    return sum(_plan_again(act, today, at) for act in last)


@transaction.atomic
def _plan_again(last: HandOver, today: date, at: datetime) -> bool:
    unit = Unit.objects.select_for_update(no_key=True, of=("self",)).select_related("moved_to").get(pk=last.unit_id)
    if HandOver.objects.filter(unit=unit, person=None, done_at=None).exists():
        return False
    share = Share(unit.going_on(today), takes_rest=True)
    order = Order(HandOverKind(last.kind), unit, last.basis, (share,), last_on=unit.valid_to)
    # What stayed has its reason written down; the head of the office decides on it.
    stays = HandOverItem.objects.filter(from_unit=unit, act__person=None).filter(STAYED)
    keys = {pk for pk, _ in division(order)} - set(stays.values_list("case", flat=True))
    if not keys:
        return False
    act = HandOver.objects.create(
        kind=last.kind, unit=unit, last_on=unit.valid_to, basis=last.basis, tells_petitioners=last.tells_petitioners,
        ordered_by_id=last.ordered_by_id, ordered_post_id=last.ordered_post_id, ordered_unit_id=last.ordered_unit_id,
        at=at,
    )  # fmt: skip
    HandOverItem.objects.bulk_create(
        HandOverItem(act=act, case_id=pk, from_unit=unit, to_unit=share.unit) for pk in sorted(keys)
    )
    return True
