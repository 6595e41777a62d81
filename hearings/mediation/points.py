"""调解点 as a life: entered by the office that keeps it, corrected, closed and opened again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, TextChoices

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.life import Life, Taking
from binzhou_xinfang.process.owed import OwedIn, debts
from binzhou_xinfang.process.steps import Effect, Seat, Step
from binzhou_xinfang.process.taking import beginning, verb
from hearings.mediation.tallies import with_counts
from hearings.models import OPEN_MEDIATIONS, Expert, Mediation, MediationPoint, PointEvent, PointState
from hearings.permissions import POINT_KEEPERS, POINT_READERS
from hearings.pool.experts import with_codes


class PointStep(TextChoices):
    """Steps of a point, in the order of the buttons."""

    OPEN = "open", "登记"
    CORRECT = "correct", "更正"
    CLOSE = "close", "停用"
    REOPEN = "reopen", "恢复使用"


class Desk(TextChoices):
    OFFICE = "office", "管理单位"


@dataclass
class PointEffect(Effect):
    """An effect with the mediators of the point; None: they stay."""

    mediators: Sequence[Expert] | None = None


class PointLife(Life[MediationPoint]):
    """Its events are a chain of its own."""

    def lock(self, seen: MediationPoint) -> MediationPoint:
        locked = MediationPoint.objects.select_for_update(of=("self",))
        return locked.select_related("office", "region", "unit").get(pk=seen.pk)

    def visible(self, post: Post) -> "QuerySet[MediationPoint]":
        if post.role not in POINT_READERS:
            return MediationPoint.objects.none()
        return with_counts(points_for(post).select_related("office", "region", "unit"), post)

    def this(self, obj: MediationPoint) -> str:
        return "这个调解点"

    def store(self, obj: MediationPoint, taking: Taking[MediationPoint], effect: Effect) -> dict[str, Any]:
        told = super().store(obj, taking, effect)
        if isinstance(effect, PointEffect) and effect.mediators is not None:
            obj.mediators.set(effect.mediators)
        return told


def points_for(post: Post) -> "QuerySet[MediationPoint]":
    """Select the points of the offices in the post's area and directly in those above it, and those where its unit
    works."""
    area = post.unit.area
    near = Q(office__path__startswith=area.path) | Q(office__parent__in=area.lineage)
    return MediationPoint.objects.filter(near | Q(unit=post.unit_id))


_OWED: OwedIn[MediationPoint] = {
    PointState.OPEN: debts(nothing="可以接收委派"),
    PointState.CLOSED: debts(nothing="已经停用"),
}
points = PointLife(
    "point", "调解点", MediationPoint, PointState, final={PointState.CLOSED}, chain=PointEvent, kinds=PointEvent.kinds,
    owed=_OWED, marks={"specialities": "擅长领域"},
)  # fmt: skip
_KEEPERS = (Seat(POINT_KEEPERS, (Desk.OFFICE,)),)
_OPEN, _CLOSED = frozenset({PointState.OPEN}), frozenset({PointState.CLOSED})


@beginning(points, Step(key=PointStep.OPEN, targets=(PointState.OPEN,), who=_KEEPERS, article="第三十三条"))
def open_point(
    *, name: str, kind: str, region: Unit, address: str, hours: str, phone: str, specialities: list[str],
    unit: Unit | None, mediators: list[str], by: Post, at: datetime,
) -> tuple[MediationPoint, Effect]:  # fmt: skip
    """登记: a point that the post's own office keeps."""
    people = with_codes(mediators, by.unit.area, field="mediators")
    said = {
        "name": name, "kind": kind, "region": region, "address": address, "hours": hours, "phone": phone,
        "specialities": specialities, "unit": unit,
    }  # fmt: skip
    point = MediationPoint(office=by.unit, **said)
    _refuse_twice(point)
    return point, PointEffect(_told(said) | {"mediators": [str(one) for one in people]}, mediators=people)


@verb(points, Step(key=PointStep.CORRECT, sources=_OPEN, who=_KEEPERS))
def correct(
    point: MediationPoint, *, name: str, kind: str, region: Unit, address: str, hours: str, phone: str,
    specialities: list[str], unit: Unit | None, mediators: list[str], reason: str, by: Post, at: datetime,
) -> Effect:  # fmt: skip
    """更正: entered wrongly or changed since, with the reason; who has left is taken off, what he did stays."""
    people = with_codes(mediators, by.unit.area, field="mediators")
    said = {
        "name": name, "kind": kind, "region": region, "address": address, "hours": hours, "phone": phone,
        "specialities": specialities, "unit": unit,
    }  # fmt: skip
    changed = {column: value for column, value in said.items() if getattr(point, column) != value}
    others = set(people) != set(point.mediators.all())
    if not changed and not others:
        raise Refusal("没有改动，无需保存。")
    for column, value in changed.items():
        setattr(point, column, value)
    _refuse_twice(point)
    labels = [str(MediationPoint._meta.get_field(column).verbose_name) for column in changed]  # type: ignore[union-attr]
    told = _told(changed) | ({"mediators": [str(one) for one in people]} if others else {})
    labels += ["调解员"] if others else []
    return PointEffect({**told, "changed": labels, "reason": reason}, mediators=people)


@verb(points, Step(key=PointStep.CLOSE, sources=_OPEN, targets=(PointState.CLOSED,), who=_KEEPERS))
def close(point: MediationPoint, *, reason: str, by: Post, at: datetime) -> Effect:
    """停用: nothing is referred to it any more. What it has in hand has to end, or to be taken back, before."""
    waiting = Mediation.objects.filter(point=point, state__in=OPEN_MEDIATIONS).count()
    if waiting:
        raise Refusal(f"这个调解点还有{waiting}件委派调解没有结果，请先办完，或者由委派单位撤回后另行委派。")
    return Effect({"reason": reason})


@verb(points, Step(key=PointStep.REOPEN, sources=_CLOSED, targets=(PointState.OPEN,), who=_KEEPERS, onward=False))
def reopen(point: MediationPoint, *, reason: str, by: Post, at: datetime) -> Effect:
    """恢复使用."""
    _refuse_twice(point)
    return Effect({"reason": reason})


def _refuse_twice(point: MediationPoint) -> None:
    # Whoever enters the same at the same moment comes one after the other.
    Unit.objects.select_for_update(no_key=True).get(pk=point.office_id)
    same = MediationPoint.objects.filter(office=point.office_id, name=point.name, state=PointState.OPEN)
    if same.exclude(pk=point.pk).exists():
        raise Refusal("本单位已有同名的调解点，请核对。", field="name")


def _told(said: Mapping[str, Any]) -> dict[str, Any]:
    """Tell of what was entered what an event holds: no telephone."""
    told = {name: value for name, value in said.items() if name != "phone"}
    for name in ("region", "unit"):
        if name in told:
            told[name] = told[name].name if told[name] else ""
    return told
