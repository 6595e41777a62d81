"""场所 as a life: entered by the office that keeps it, corrected, closed and opened again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, TextChoices

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.life import Life
from binzhou_xinfang.process.owed import OwedIn, debts
from binzhou_xinfang.process.steps import Effect, Seat, Step
from binzhou_xinfang.process.taking import beginning, verb
from hearings.models import Place, PlaceEvent, PlaceState
from hearings.permissions import BOOKERS, PLACE_KEEPERS


class PlaceStep(TextChoices):
    """Steps of a place, in the order of the buttons."""

    OPEN = "open", "登记"
    CORRECT = "correct", "更正"
    CLOSE = "close", "停用"
    REOPEN = "reopen", "恢复使用"


class Desk(TextChoices):
    OFFICE = "office", "管理单位"


class PlaceLife(Life[Place]):
    """Its events are a chain of its own."""

    def lock(self, seen: Place) -> Place:
        return Place.objects.select_for_update(of=("self",)).select_related("office", "region").get(pk=seen.pk)

    def visible(self, post: Post) -> "QuerySet[Place]":
        if post.role not in BOOKERS | PLACE_KEEPERS:
            return Place.objects.none()
        return places_of(post.unit.area).select_related("office", "region")

    def this(self, obj: Place) -> str:
        return "这个场所"


def places_of(area: Unit) -> "QuerySet[Place]":
    """Select the places of the offices in an area, and directly in those above it."""
    return Place.objects.filter(Q(office__path__startswith=area.path) | Q(office__parent__in=area.lineage))


_OWED: OwedIn[Place] = {
    PlaceState.OPEN: debts(nothing="可以预订"),
    PlaceState.CLOSED: debts(nothing="已经停用"),
}
places = PlaceLife(
    "place", "场所", Place, PlaceState, final={PlaceState.CLOSED}, chain=PlaceEvent, kinds=PlaceEvent.kinds, owed=_OWED
)
_KEEPERS = (Seat(PLACE_KEEPERS, (Desk.OFFICE,)),)
_OPEN, _CLOSED = frozenset({PlaceState.OPEN}), frozenset({PlaceState.CLOSED})


@beginning(places, Step(key=PlaceStep.OPEN, targets=(PlaceState.OPEN,), who=_KEEPERS))
def open_place(
    *, name: str, kind: str, region: Unit, address: str, seats: int, note: str, by: Post, at: datetime
) -> tuple[Place, Effect]:
    """登记: a place of the post's own office."""
    said = {"name": name, "kind": kind, "region": region, "address": address, "seats": seats, "note": note}
    place = Place(office=by.unit, **said)
    _refuse_twice(place)
    return place, Effect(_told(said))


@verb(places, Step(key=PlaceStep.CORRECT, sources=_OPEN, who=_KEEPERS))
def correct(
    place: Place, *, name: str, kind: str, region: Unit, address: str, seats: int, note: str, reason: str, by: Post,
    at: datetime,
) -> Effect:  # fmt: skip
    """更正, with the reason."""
    said = {"name": name, "kind": kind, "region": region, "address": address, "seats": seats, "note": note}
    changed = {column: value for column, value in said.items() if getattr(place, column) != value}
    if not changed:
        raise Refusal("没有改动，无需保存。")
    for column, value in changed.items():
        setattr(place, column, value)
    _refuse_twice(place)
    labels = [str(Place._meta.get_field(column).verbose_name) for column in changed]  # type: ignore[union-attr]
    return Effect({**_told(changed), "changed": labels, "reason": reason})


@verb(places, Step(key=PlaceStep.CLOSE, sources=_OPEN, targets=(PlaceState.CLOSED,), who=_KEEPERS))
def close(place: Place, *, reason: str, by: Post, at: datetime) -> Effect:
    """停用: is booked no more. What is booked there has to be moved first."""
    waiting = place.bookings.filter(state="booked", ends_at__gt=at).count()
    if waiting:
        raise Refusal(f"这个场所还有{waiting}项预订没有举行，请先改期或者取消。")
    return Effect({"reason": reason})


@verb(places, Step(key=PlaceStep.REOPEN, sources=_CLOSED, targets=(PlaceState.OPEN,), who=_KEEPERS, onward=False))
def reopen(place: Place, *, reason: str, by: Post, at: datetime) -> Effect:
    """恢复使用."""
    return Effect({"reason": reason})


def _refuse_twice(place: Place) -> None:
    Unit.objects.select_for_update(no_key=True).get(pk=place.office_id)
    if Place.objects.filter(office=place.office_id, name=place.name).exclude(pk=place.pk).exists():
        raise Refusal("本单位已有同名的场所，请核对。", field="name")


def _told(said: Mapping[str, Any]) -> dict[str, Any]:
    return {**said, "region": said["region"].name} if "region" in said else dict(said)
