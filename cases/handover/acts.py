"""The act: its record and its plan in one transaction, then the matters in batches, each exactly once."""

import logging
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.tree import rebuild_paths
from binzhou_xinfang.errors import PASSING, Refusal
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.ledger import Changed
from binzhou_xinfang.typed import shortened
from cases.handover.belongings import columns_of
from cases.handover.matters import hand_matters
from cases.handover.notices import HANDED_OVER_TO
from cases.handover.orders import Order, Share, division, refuse_order
from cases.models import HandOver, HandOverItem, HandOverKind, HandOverPlan
from cases.queries import visible_to

log = logging.getLogger(__name__)
ORDERED = ledger.declare("handed-over", "承接移交")
BATCH = 50
_RELATED = ("to_unit", "from_unit", "to_person")
# Belongings of no matter whose rows the act itself keeps, for a way back.
_POSTS, _WAS = "accounts.Post", "was"


@transaction.atomic
def begin(order: Order, *, by: Post, at: datetime, of_plan: int | None = None) -> HandOver:
    """Write the act and its plan, end the body with its posts, and hand over what is of no matter; `of_plan`: the
    planned hand-over that this one carries out.

    Raises what `refuse_order` raises; Refusal when there is nothing to hand over and no body to end.
    """
    refuse_order(order, by=by, at=at)
    # Of two at once for the same body or person the second waits, and is refused until the first is done.
    Unit.objects.select_for_update(no_key=True).get(pk=order.unit.pk)
    if HandOver.objects.filter(unit=order.unit, person=order.person, done_at=None).exists():
        who = order.person.name if order.person else order.unit.name
        raise Refusal(f"{who}的上一次移交还在进行，请在“承接移交”中查看进度，完成以后再办理。")
    if order.ends_unit or order.person:
        _refuse_planned(order, of_plan)
    act = HandOver.objects.create(
        kind=order.kind, unit=order.unit, person=order.person, last_on=order.last_on, basis=order.basis,
        tells_petitioners=order.tells_petitioners, ordered_by=by.user, ordered_post=by, ordered_unit=by.unit, at=at,
    )  # fmt: skip
    _plan(act, order)
    _note(act, by=by, at=at)
    if order.ends_unit:
        _end_unit(act, order)
    # 检举控告 that the post may not know of are as though there were none.
    elif not act.items.filter(Q(case__is_sealed=False) | Q(case__in=visible_to(by).values("pk"))).exists():
        raise Refusal("没有可以移交的事项，请核对移交的范围。")
    return act


def _note(act: HandOver, *, by: Post, at: datetime) -> None:
    """Write the act into the ledger of the house: it ends bodies and posts, or empties a person's desk."""
    people = [act.person] if act.person else []
    last = [Changed("最后一日", "", act.last_on.isoformat())] if act.last_on else []
    of = f"user:{act.person_id}" if act.person else f"unit:{act.unit_id}"
    ledger.note(ORDERED, by=by, at=at, of=of, label=str(act), changes=last, people=people, reason=act.basis)


def _refuse_planned(order: Order, of_plan: int | None) -> None:
    """Refuse what would be done beside a plan for the same body or person: on its day the older decision would win."""
    standing = HandOverPlan.objects.filter(unit=order.unit, person=order.person, act=None, cancelled_at=None)
    if any(pk != of_plan for pk in standing.values_list("pk", flat=True)):
        raise Refusal("已有一项移交计划，请先取消计划，再办理移交。")


def _plan(act: HandOver, order: Order) -> None:
    items = [
        HandOverItem(act=act, case_id=pk, from_unit=order.unit, to_unit=share.unit, to_person=share.person)
        for pk, share in division(order)
    ]
    HandOverItem.objects.bulk_create(items, batch_size=1000)


def _end_unit(act: HandOver, order: Order) -> None:
    """Write the last day of the body and of its posts, and hand over what belongs to no matter."""
    rest, last = order.rest, order.last_on or order.unit.valid_to
    assert rest is not None  # noqa: S101  refuse_order has asked for it
    act.moved = {_WAS: [str(order.unit.valid_to or ""), order.unit.moved_to_id]}
    posts = Post.objects.filter(Q(to_on=None) | Q(to_on__gt=last), unit=order.unit, from_on__lte=last)
    act.moved[_POSTS] = [[pk, str(to_on or "")] for pk, to_on in posts.values_list("pk", "to_on")]
    posts.update(to_on=last)
    Unit.objects.filter(pk=order.unit.pk).update(valid_to=last, moved_to=rest.unit)
    for column in columns_of(Unit, of_matters=False):
        rows = column.rows(order.unit.pk)
        act.moved[column.key] = list(rows.values_list("pk", flat=True))
        rows.update(**{column.name: rest.unit})
    act.save(update_fields=["moved"])
    rebuild_paths()


@transaction.atomic
def correct(act: HandOver, *, wrong: Share, right: Share, basis: str, by: Post, at: datetime) -> HandOver:
    """Set right what went to the wrong successor: all that this act gave `wrong` goes on to `right`, which may be the
    body itself, when it did not end after all. Raises what `refuse_order` raises, Refusal for an act under way."""
    if act.done_at is None:
        raise Refusal("这次移交还没有完成，请完成后再更正。")
    # Of two at once the second waits, and finds that nothing is left to be put right.
    HandOver.objects.select_for_update(no_key=True).get(pk=act.pk)
    if act.corrections.filter(done_at=None).exists():
        raise Refusal("这次移交正在更正，请完成以后再办理。")
    went_on = HandOverItem.objects.filter(act__corrects=act, act__person=wrong.person, from_unit=wrong.unit)
    given = act.items.exclude(moved={}).filter(to_unit=wrong.unit, to_person=wrong.person)
    given = given.exclude(case__in=went_on.exclude(moved={}).values("case"))
    if not given.exists():
        raise Refusal(f"这次移交没有交给{wrong.name}的事项。", field="wrong")
    goes_back = act.person is None and right.unit == act.unit
    if goes_back:
        _reopen_unit(act)
        right.unit.refresh_from_db()
    order = Order(
        HandOverKind.CORRECTED, wrong.unit, basis, (right,), person=wrong.person,
        tells_petitioners=act.tells_petitioners,
    )  # fmt: skip
    refuse_order(order, by=by, at=at)
    made = HandOver.objects.create(
        kind=order.kind, unit=wrong.unit, person=wrong.person, basis=basis, corrects=act,
        tells_petitioners=order.tells_petitioners, ordered_by=by.user, ordered_post=by, ordered_unit=by.unit, at=at,
    )  # fmt: skip
    items = given.order_by("pk").values_list("case", flat=True)
    HandOverItem.objects.bulk_create(
        HandOverItem(act=made, case_id=pk, from_unit=wrong.unit, to_unit=right.unit, to_person=right.person)
        for pk in items
    )
    _note(made, by=by, at=at)
    if act.person is None:
        _follow(act, wrong.unit, right.unit, goes_back=goes_back)
    return made


def _reopen_unit(act: HandOver) -> None:
    """Take back the end of a body that goes on: its days and those of its posts are as they were. What this act has
    not ended is not its to take back."""
    if _WAS not in act.moved:
        return
    was, successor = act.moved[_WAS]
    Unit.objects.filter(pk=act.unit_id).update(valid_to=was or None, moved_to=successor)
    for pk, to_on in act.moved.get(_POSTS, []):
        Post.objects.filter(pk=pk, to_on=act.last_on).update(to_on=to_on or None)


def _follow(act: HandOver, wrong: Unit, right: Unit, *, goes_back: bool) -> None:
    """Lead what is of no matter, and the figures of the ended body, to the right successor."""
    if not goes_back:
        Unit.objects.filter(pk=act.unit_id, moved_to=wrong).update(moved_to=right)
    for column in columns_of(Unit, of_matters=False):
        rows = column.rows(wrong.pk).filter(pk__in=act.moved.get(column.key, []))
        rows.update(**{column.name: right})
    rebuild_paths()


def advance(act: HandOver, *, at: datetime, most: int | None = None) -> int:
    """Hand over what waits, in batches of one transaction each, and say how much is left. Safe to call at any time and
    from several processes: each matter goes once. `most`: how many at this call."""
    handed = 0
    while most is None or handed < most:
        try:
            number = _one_batch(act, at=at)
        except PASSING:
            log.warning("hand-over %s: the database gave up on a batch, the next round takes it", act.pk, exc_info=True)
            break
        if number == 0:
            break
        handed += number
    left = act.items.filter(done_at=None).count()
    if left == 0:
        _finish(act, at=at)
    return left


def _one_batch(act: HandOver, *, at: datetime) -> int:
    with transaction.atomic():
        items = list(_waiting(act)[:BATCH])
        if not items:
            return 0
        try:
            with transaction.atomic():
                hand_matters(act, items, on=timezone.localdate(at), at=at)
            return len(items)
        except PASSING:
            raise
        except Exception:  # whatever is wrong with one matter (a letter, a row of its own) is not wrong with the others
            log.exception("hand-over %s: a batch could not be handed over at once", act.pk)
        for item in HandOverItem.objects.filter(pk__in=[item.pk for item in items]).select_related(*_RELATED):
            _alone(act, item, on=timezone.localdate(at), at=at)
        return len(items)


def _waiting(act: HandOver) -> QuerySet[HandOverItem]:
    items = HandOverItem.objects.filter(act=act, done_at=None).order_by("pk")
    return items.select_for_update(of=("self",), skip_locked=True).select_related(*_RELATED)


def _alone(act: HandOver, item: HandOverItem, *, on: date, at: datetime) -> None:
    """Hand over one matter, or write down why it stays; another act takes up what stayed."""
    try:
        with transaction.atomic():
            hand_matters(act, [item], on=on, at=at)
    except PASSING:
        raise
    except Refusal as refusal:
        _leave(item, str(refusal), at=at)
    except (
        Exception
    ):  # a fault of ours in one matter holds up no other; it stands on the page of the act and in the log
        log.exception("hand-over %s: matter %s stayed", act.pk, item.case_id)
        _leave(item, "系统未能移交，请联系系统管理员", at=at)


def _leave(item: HandOverItem, why: str, *, at: datetime) -> None:
    HandOverItem.objects.filter(pk=item.pk).update(left_why=shortened(why, 200), done_at=at)


def _finish(act: HandOver, *, at: datetime) -> None:
    """Close the act once, and tell the successors."""
    with transaction.atomic():
        if HandOver.objects.filter(pk=act.pk, done_at=None).update(done_at=at):
            act.done_at = at
            tell(HANDED_OVER_TO, act.pk, at=at)


def resume_all(*, at: datetime) -> int:
    """Go on with every act that stands unfinished, after a fall or because it was long; how many there were."""
    acts = list(HandOver.objects.filter(done_at=None).order_by("pk"))
    for act in acts:
        advance(act, at=at)
    return len(acts)
