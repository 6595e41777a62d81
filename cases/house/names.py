"""Names and superiors of units: set on their day, and carried out by the beat when that day was to come."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import ChangeKind, Post, Unit, UnitChange
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.accounts.tree import rebuild_paths
from binzhou_xinfang.errors import PASSING, NotPermitted, Refusal
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.ledger import Changed
from binzhou_xinfang.typed import shortened
from cases.house.powers import refuse_wider_sight

log = logging.getLogger(__name__)
_LONGEST_ALIASES = 200
CARRIED_OUT = ledger.declare("unit-change-done", "按计划变更机构")
CANCELLED = ledger.declare("unit-change-cancelled", "取消机构变更计划")


def rename(unit: Unit, name: str, short_name: str, day: date) -> None:
    """Give the unit a new name from the day on; papers of earlier days keep the old one, by which it is found still."""
    last = day - timedelta(days=1)
    unit.former_names = [*unit.former_names, [unit.name, unit.short_name, last.isoformat()]]
    known = [word for word in unit.aliases.split("、") if word]
    aliases = "、".join(dict.fromkeys([*known, unit.name, unit.short_name]))
    if len(aliases) <= _LONGEST_ALIASES:
        unit.aliases = aliases
    unit.name, unit.short_name = name, short_name
    unit.save(update_fields=["name", "short_name", "aliases", "former_names", "words"])


def move(unit: Unit, parent: Unit) -> None:
    """Put the unit, and all below it, under another superior from now on."""
    unit.parent = parent
    unit.save(update_fields=["parent"])
    rebuild_paths()


def planned(unit: Unit | None = None) -> list[UnitChange]:
    """List the changes whose day is still to come, the nearest first."""
    waiting = UnitChange.objects.filter(done_at=None, cancelled_at=None)
    if unit is not None:
        waiting = waiting.filter(unit=unit)
    return list(waiting.select_related("unit", "parent", "ordered_by").order_by("effective_on", "pk"))


@transaction.atomic
def cancel(change: UnitChange, *, reason: str, by: Post, at: datetime, seen: int | None = None) -> UnitChange:
    """Cancel a change that has not come into force; it is kept, with why. Raises NotPermitted, Refusal, and Stale when
    the unit was changed after the event `seen`."""
    if not has_right(by, Right.MANAGE_UNITS):
        raise NotPermitted(f"您当前的岗位不能{Right.MANAGE_UNITS.label}。")
    ledger.lock()
    ledger.refuse_stale(f"unit:{change.unit_id}", seen=seen)
    kept = UnitChange.objects.select_related("unit", "parent").get(pk=change.pk)
    if kept.done_at or kept.cancelled_at:
        raise Refusal("这项变更已经生效或者取消，请刷新页面查看。")
    kept.cancelled_at = at
    kept.save(update_fields=["cancelled_at"])
    ledger.note(
        CANCELLED, by=by, at=at, of=f"unit:{kept.unit_id}", label=kept.unit.name, changes=_words(kept), reason=reason
    )
    return kept


def carry_out_due(*, at: datetime) -> int:
    """Carry out every change whose day has come; how many. One that fails holds up no other."""
    due = UnitChange.objects.filter(effective_on__lte=timezone.localdate(at), done_at=None, cancelled_at=None)
    return sum(_carry_out(key, at) for key in list(due.order_by("effective_on", "pk").values_list("pk", flat=True)))


def _carry_out(key: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            ledger.lock()
            kept = UnitChange.objects.select_related("unit", "parent").get(pk=key)
            if kept.done_at or kept.cancelled_at:
                return False
            changes = _words(kept)
            _apply(kept)
            kept.done_at, kept.failed_why = at, ""
            kept.save(update_fields=["done_at", "failed_why"])
            ledger.note(
                CARRIED_OUT, by=None, at=at, of=f"unit:{kept.unit_id}", label=kept.unit.name, changes=changes,
                reason=kept.basis, effective_on=kept.effective_on,
            )  # fmt: skip
            return True
    except PASSING:
        log.warning("planned change %s of a unit: the database gave up, the next round takes it", key, exc_info=True)
        return False
    # Whatever is wrong with one change, the next is carried out; what failed stands on the page of the unit.
    except Exception as error:
        log.exception("planned change %s of a unit was not carried out", key)
        why = str(error) if isinstance(error, Refusal) else "系统未能变更，请联系系统管理员"
        UnitChange.objects.filter(pk=key).update(failed_why=shortened(why, 200))
        return False


def _apply(kept: UnitChange) -> None:
    if kept.unit.has_ended(kept.effective_on):
        raise Refusal(f"{kept.unit.name}已撤销，没有变更。")
    if kept.kind == ChangeKind.RENAME:
        rename(kept.unit, kept.name, kept.short_name, kept.effective_on)
    elif kept.parent is not None:
        if kept.parent.path.startswith(kept.unit.path):
            raise Refusal("上级不能是本机构或其下级。")
        refuse_wider_sight(kept.unit, kept.parent, kept.effective_on)
        move(kept.unit, kept.parent)


def _words(kept: UnitChange) -> list[Changed]:
    if kept.kind == ChangeKind.RENAME:
        return [Changed("名称", kept.unit.name, kept.name), Changed("简称", kept.unit.short_name, kept.short_name)]
    return [Changed("上级", str(kept.unit.parent or ""), str(kept.parent or ""))]
