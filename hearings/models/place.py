"""场所: a room, or a place near the petitioners' homes, that is booked."""

from django.db import models

from binzhou_xinfang.append_only import is_kept
from binzhou_xinfang.records.event_fields import EventField, chosen, lines
from binzhou_xinfang.records.event_kinds import EventKinds
from binzhou_xinfang.records.events import ChainedEvent, one_event_per_place


class PlaceKind(models.TextChoices):
    """Kinds of places; 家门口: in a village or an estate, with its address (F14)."""

    HEARING_ROOM = "hearing-room", "听证室"
    MEETING_ROOM = "meeting-room", "会议室"
    RECEPTION_ROOM = "reception-room", "接访室"
    MEDIATION_ROOM = "mediation-room", "调解室"
    COUNSELLING_ROOM = "counselling-room", "心理咨询室"
    DOORSTEP = "doorstep", "家门口听证点"


class PlaceState(models.TextChoices):
    OPEN = "open", "可以预订"
    CLOSED = "closed", "已停用"


class Place(models.Model):
    """A place that an office keeps, with its seats and, of one outside the house, its address."""

    office = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="管理单位")
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=20, choices=PlaceKind)
    region = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="所在地区")
    address = models.CharField("地址", max_length=200)
    seats = models.PositiveSmallIntegerField("座位")
    note = models.CharField("说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=PlaceState, default=PlaceState.OPEN)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "场所"
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="place_named_once_an_office"),
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="place_has_seats"),
        ]
        triggers = [is_kept()]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """The sign by which a program names the place: CS0003."""
        return f"CS{self.pk or 0:04d}"


_TOLD = {
    "name": EventField("名称："), "kind": EventField("类别：", chosen(PlaceKind)), "region": EventField("所在地区："),
    "address": EventField("地址："), "seats": EventField("座位："), "note": EventField("说明："),
    "changed": EventField("改动的项目：", lines), "reason": EventField("理由："),
}  # fmt: skip
KINDS = EventKinds()
for _name, _label in (("open", "登记"), ("correct", "更正"), ("close", "停用"), ("reopen", "恢复使用")):
    KINDS.declare(_name, _label, _TOLD)


class PlaceEvent(ChainedEvent):
    """An act on a place, with its post; hash-chained within it."""

    chain_field = "place"
    kinds = KINDS
    place = models.ForeignKey(Place, models.PROTECT, related_name="events")

    class Meta(ChainedEvent.Meta):
        constraints = [one_event_per_place("place")]
        verbose_name = verbose_name_plural = "场所记录"
