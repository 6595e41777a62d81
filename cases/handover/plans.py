"""Plans: a hand-over for a day to come, kept with its preview, carried out by the beat on its day, or cancelled."""

import logging
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, User
from binzhou_xinfang.errors import PASSING, Refusal
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.typed import shortened
from cases.handover.acts import begin
from cases.handover.notices import PLAN_DONE, PLAN_FAILED
from cases.handover.orders import Order, Share, refuse_order
from cases.handover.preview import foreseen
from cases.models import HandOverKind, HandOverPlan

log = logging.getLogger(__name__)
# A year further off is a slip of the keyboard.
_FURTHEST = timedelta(days=366)
# What could not be carried out is tried again: somebody may have put right what stood in the way.
_AGAIN = timedelta(hours=1)
_MIDNIGHT = datetime.min.time()


def planned_for(order: Order, today: date) -> date | None:
    """Find the day to come on which the order is carried out: the one after the last day of a body that ends; None for
    an order of today."""
    if order.ends_unit:
        last = min(order.last_on, date.max - timedelta(days=1)) if order.last_on else None
        return last + timedelta(days=1) if last and last > today else None
    return order.on if order.on and order.on > today else None


def refuse_plan(order: Order, on: date, *, by: Post, at: datetime) -> None:
    """Raise what `refuse_order` would raise on that day, and Refusal for a day too far off, or a second plan."""
    field = "last_on" if order.ends_unit else "on"
    if on > timezone.localdate(at) + _FURTHEST:
        raise Refusal("移交日期在一年以后，请核对年份。", field=field)
    refuse_order(order, by=by, at=datetime.combine(on, _MIDNIGHT, tzinfo=timezone.get_current_timezone()))
    standing = HandOverPlan.objects.filter(unit=order.unit, person=order.person, act=None, cancelled_at=None).first()
    if standing is not None:
        raise Refusal(f"已有一项{standing.effective_on:%Y年%m月%d日}的移交计划，改变计划的，请先取消。", field=field)


@transaction.atomic
def plan(order: Order, on: date, *, by: Post, at: datetime) -> HandOverPlan:
    """Keep the order for its day, with what it would hand over today. Raises as `refuse_plan`."""
    # Of two at once for the same body the second waits, and finds the plan of the first.
    Unit.objects.select_for_update(no_key=True).get(pk=order.unit.pk)
    refuse_plan(order, on, by=by, at=at)
    return HandOverPlan.objects.create(
        kind=order.kind, unit=order.unit, person=order.person, last_on=order.last_on, effective_on=on,
        basis=order.basis, tells_petitioners=order.tells_petitioners, shares=[_kept(share) for share in order.shares],
        foreseen=foreseen(order), planned_by=by.user, planned_post=by, planned_unit=by.unit, planned_at=at,
    )  # fmt: skip


def _kept(share: Share) -> dict[str, Any]:
    return {
        "unit": share.unit.pk, "person": share.person.pk if share.person else None, "topics": sorted(share.topics),
        "numbers": sorted(share.numbers), "takes_rest": share.takes_rest,
    }  # fmt: skip


def order_of(kept: HandOverPlan) -> Order:
    """Read the order that was kept."""
    units = Unit.objects.in_bulk([share["unit"] for share in kept.shares])
    people = User.objects.in_bulk([share["person"] for share in kept.shares if share["person"]])
    shares = tuple(
        Share(
            units[share["unit"]], people.get(share["person"]), frozenset(share["topics"]), frozenset(share["numbers"]),
            share["takes_rest"],
        )
        for share in kept.shares
    )  # fmt: skip
    return Order(
        HandOverKind(kept.kind), kept.unit, kept.basis, shares, person=kept.person, last_on=kept.last_on,
        tells_petitioners=kept.tells_petitioners,
    )  # fmt: skip


@transaction.atomic
def cancel(kept: HandOverPlan, *, reason: str, by: Post, at: datetime) -> HandOverPlan:
    """Cancel a plan that stands; it is kept, with why. Raises Refusal for one that was carried out or cancelled."""
    locked = HandOverPlan.objects.select_for_update(no_key=True).get(pk=kept.pk)
    if not locked.stands:
        raise Refusal("这项计划已经执行或者取消，请刷新页面查看。")
    locked.cancelled_by, locked.cancelled_at, locked.cancelled_why = by.user, at, reason
    locked.save(update_fields=["cancelled_by", "cancelled_at", "cancelled_why"])
    return locked


def carry_out_due(*, at: datetime) -> int:
    """Begin every plan whose day has come; how many were begun. One that fails holds up no other, and is told."""
    due = HandOverPlan.objects.filter(effective_on__lte=timezone.localdate(at), act=None, cancelled_at=None)
    keys = due.exclude(tried_at__gt=at - _AGAIN).order_by("effective_on", "pk").values_list("pk", flat=True)
    return sum(_carry_out(key, at) for key in list(keys))


def _carry_out(key: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            waiting = HandOverPlan.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
            kept = waiting.filter(pk=key, act=None, cancelled_at=None).select_related("planned_post__unit").first()
            if kept is None:
                return False
            kept.act = begin(order_of(kept), by=kept.planned_post, at=at, of_plan=kept.pk)
            kept.tried_at, kept.failed_why = at, ""
            kept.save(update_fields=["act", "tried_at", "failed_why"])
            tell(PLAN_DONE, kept.pk, at=at)
            return True
    except PASSING:
        log.warning("planned hand-over %s: the database gave up, the next round takes it", key, exc_info=True)
        return False
    except Exception as error:  # whatever is wrong with one plan, the next is carried out; it is told and tried again
        log.exception("planned hand-over %s was not carried out", key)
        _fail(key, str(error) if isinstance(error, Refusal) else "系统未能移交，请联系系统管理员", at)
        return False


@transaction.atomic
def _fail(key: int, why: str, at: datetime) -> None:
    """Keep why, and tell it the first time."""
    kept = HandOverPlan.objects.select_for_update(no_key=True).get(pk=key)
    is_first, kept.tried_at, kept.failed_why = not kept.failed_why, at, shortened(why, 200)
    kept.save(update_fields=["tried_at", "failed_why"])
    if is_first:
        tell(PLAN_FAILED, kept.pk, at=at)
