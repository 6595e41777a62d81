"""Changes of a unit that are kept before they hold: what each refuses, what it does, and the beat that does it on its
day."""

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import ChangeKind, Post, PostQuerySet, Unit, UnitChange, UnitKind
from binzhou_xinfang.errors import PASSING, Refusal
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.ledger import Changed
from binzhou_xinfang.typed import shortened
from cases.house import names
from cases.house.keepers import refuse_last_keeper
from cases.house.notices import CHANGE_FAILED
from cases.house.powers import refuse_wider_sight
from cases.models import ENDING_KINDS, HandOver

log = logging.getLogger(__name__)
CARRIED_OUT = ledger.declare("unit-change-done", "按计划变更机构")
RELATED = ("unit__parent", "parent", "moved_to", "ordered_by", "decided_by")


class Doing(NamedTuple):
    """One kind of change. `refuses`: raises Refusal for what cannot be done as the unit stands on the day; `words`:
    what it changes, before it is done; `does`: the work; `at_once`: done as soon as it is allowed, whatever its day,
    which it writes down."""

    refuses: Callable[[UnitChange, date], None]
    words: Callable[[UnitChange], list[Changed]]
    does: Callable[[UnitChange], None]
    at_once: bool = False


def standing(unit: Unit | None = None) -> list[UnitChange]:
    """List the changes that wait for a second hand or for their day, the nearest first."""
    waiting = UnitChange.objects.filter(done_at=None, cancelled_at=None)
    if unit is not None:
        waiting = waiting.filter(unit=unit)
    return list(waiting.select_related(*RELATED).order_by("effective_on", "pk"))


def decided() -> QuerySet[UnitChange]:
    """Select what a second hand has decided, the last first."""
    return UnitChange.objects.exclude(decided_at=None).select_related(*RELATED).order_by("-decided_at", "-pk")


def refuse(change: UnitChange, on: date) -> list[Changed]:
    """Raise Refusal for what cannot be done as the unit stands on the day; list what the change changes."""
    doing = DOINGS[ChangeKind(change.kind)]
    doing.refuses(change, on)
    return doing.words(change)


def carry_out(change: UnitChange, *, at: datetime) -> bool:
    """Do the change in the caller's transaction when its day has come; whether it was done. Raises what `refuse`
    raises."""
    today, doing = timezone.localdate(at), DOINGS[ChangeKind(change.kind)]
    if change.effective_on > today and not doing.at_once:
        return False
    doing.refuses(change, max(change.effective_on, today))
    doing.does(change)
    change.done_at, change.failed_why = at, ""
    change.save(update_fields=["done_at", "failed_why"])
    return True


def carry_out_due(*, at: datetime) -> int:
    """Carry out every change that may be and whose day has come; how many. One that fails holds up no other."""
    due = UnitChange.objects.filter(effective_on__lte=timezone.localdate(at), done_at=None, cancelled_at=None)
    due = due.filter(by_one_hand=True) | due.filter(is_given=True)
    return sum(_carry_out(key, at) for key in list(due.order_by("effective_on", "pk").values_list("pk", flat=True)))


def _carry_out(key: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            ledger.lock()
            kept = UnitChange.objects.select_related(*RELATED).get(pk=key)
            if not kept.is_open or kept.waits:
                return False
            changes = DOINGS[ChangeKind(kept.kind)].words(kept)
            done = carry_out(kept, at=at)
            ledger.note(
                CARRIED_OUT, by=None, at=at, of=f"unit:{kept.unit_id}", label=kept.unit.name, changes=changes,
                reason=kept.basis, effective_on=kept.effective_on,
            )  # fmt: skip
            return done
    except PASSING:
        log.warning("planned change %s of a unit: the database gave up, the next round takes it", key, exc_info=True)
        return False
    # Whatever is wrong with one change, the next is carried out; what failed stands on the page of the unit.
    except Exception as error:
        log.exception("planned change %s of a unit was not carried out", key)
        _fail(key, str(error) if isinstance(error, Refusal) else "系统未能变更，请联系系统管理员", at)
        return False


@transaction.atomic
def _fail(key: int, why: str, at: datetime) -> None:
    """Keep why a change was not carried out, and tell both hands when it is another reason than before."""
    failed = UnitChange.objects.filter(pk=key).exclude(failed_why=shortened(why, 200))
    if failed.update(failed_why=shortened(why, 200)):
        tell(CHANGE_FAILED, key, at=at)


def posts_of(unit: Unit, on: date, *, below: bool = False) -> PostQuerySet:
    """Select the posts that are held at the unit, or at those below it too."""
    there = {"unit__path__startswith": unit.path} if below else {"unit": unit}
    return Post.objects.held(on).filter(**there).select_related("user")


def why_not_reopened(unit: Unit) -> str:
    """Word why an end is not taken back: it was none, or it was a hand-over, which has a way back of its own."""
    if unit.valid_to is None:
        return f"{unit.name}没有撤销。"
    if HandOver.objects.filter(unit=unit, kind__in=ENDING_KINDS).exists():
        return "经承接移交撤销的机构，在“承接移交”中更正。"
    return ""


def _refuse_name(change: UnitChange, on: date) -> None:
    if change.unit.has_ended(on):
        raise Refusal(f"{change.unit.name}已撤销，没有变更。")


def _refuse_move(change: UnitChange, on: date) -> None:
    unit, parent = change.unit, change.parent
    _refuse_name(change, on)
    if parent is None or unit.parent == parent:
        raise Refusal("与现在的上级相同，没有可以变更的。", field="parent")
    if parent.path.startswith(unit.path):
        raise Refusal("上级不能是本机构或其下级。", field="parent")
    if not parent.exists_on(on):
        raise Refusal(f"{parent.name}届时不存在，请选择现有的机构。", field="parent")
    refuse_wider_sight(unit, parent, on)


def _refuse_end(change: UnitChange, on: date) -> None:
    unit, last, following = change.unit, change.effective_on, change.moved_to
    if unit.kind == UnitKind.AREA:
        raise Refusal("地区不在这里撤销。")
    if unit.valid_to is not None:
        raise Refusal(f"{unit.name}已撤销，不能再变更。")
    if held := unit.held_at_its_end():
        raise Refusal(held, field="valid_to")
    if below := Unit.objects.filter(parent=unit, valid_to=None).first():
        raise Refusal(f"下属机构{below.name}还没有撤销或者调整隶属，请先办理。", field="valid_to")
    if unit.valid_from and last < unit.valid_from:
        raise Refusal("最后一日不能早于设立日期。", field="valid_to")
    if following is not None and (following == unit or following.has_ended(last)):
        raise Refusal("承接职能的机构届时应当存在，也不能是本机构，请改选。", field="moved_to")
    refuse_last_keeper(list(posts_of(unit, on)), last)


def _refuse_reopening(change: UnitChange, on: date) -> None:
    if why := why_not_reopened(change.unit):
        raise Refusal(why)


def _rename(change: UnitChange) -> None:
    names.rename(change.unit, change.name, change.short_name, change.effective_on)


def _move(change: UnitChange) -> None:
    assert change.parent is not None  # noqa: S101  refused without
    names.move(change.unit, change.parent)


def _set_end(change: UnitChange, last: date | None, following: Unit | None) -> None:
    change.unit.valid_to, change.unit.moved_to = last, following
    change.unit.save(update_fields=["valid_to", "moved_to"])


def _name(unit: Unit | None) -> str:
    return unit.name if unit else ""


def _words_of_name(change: UnitChange) -> list[Changed]:
    unit = change.unit
    return [Changed("名称", unit.name, change.name), Changed("简称", unit.short_name, change.short_name)]


DOINGS: Mapping[ChangeKind, Doing] = {
    ChangeKind.RENAME: Doing(_refuse_name, _words_of_name, _rename),
    ChangeKind.MOVE: Doing(
        _refuse_move, lambda change: [Changed("上级", _name(change.unit.parent), _name(change.parent))], _move
    ),
    ChangeKind.END: Doing(
        _refuse_end,
        lambda change: [
            Changed("最后一日", "", str(change.effective_on)), Changed("职能并入", "", _name(change.moved_to)),
        ],
        lambda change: _set_end(change, change.effective_on, change.moved_to),
        at_once=True,
    ),
    ChangeKind.REOPEN: Doing(
        _refuse_reopening,
        lambda change: [
            Changed("最后一日", str(change.unit.valid_to or ""), ""),
            Changed("职能并入", _name(change.unit.moved_to), ""),
        ],
        lambda change: _set_end(change, None, None),
        at_once=True,
    ),
}  # fmt: skip
