"""调解点: a committee, an organ, a centre or a room where disputes of matters are mediated."""

from django.db import models
from django.db.models import Q

from binzhou_xinfang.append_only import is_kept
from binzhou_xinfang.records.crypto import EncryptedTextField
from binzhou_xinfang.records.event_fields import EventField, chosen, lines
from binzhou_xinfang.records.event_kinds import EventKinds
from binzhou_xinfang.records.events import ChainedEvent, one_event_per_place
from binzhou_xinfang.records.masking import mask_phone
from hearings.models.expert import Expert, Speciality


class PointKind(models.TextChoices):
    """Kinds of points; 行政调解 (《山东省行政调解办法》) is one beside people's mediation (人民调解法)."""

    COMMITTEE = "committee", "人民调解委员会"
    ADMINISTRATIVE = "administrative", "行政调解机关"
    ONE_STOP = "one-stop", "一站式矛盾调解中心"
    GOVERNANCE = "governance", "综治中心"
    BRAND = "brand", "品牌调解室"
    OTHER = "other", "其他"


class PointState(models.TextChoices):
    OPEN = "open", "开放"
    CLOSED = "closed", "已停用"


class MediationPoint(models.Model):
    """A point that an office keeps. `unit`: whose people work there; None: whoever refers a matter to it writes down
    what it does, by its papers. `mediators`: people of the pool."""

    office = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="管理单位")
    kind = models.CharField("类别", max_length=20, choices=PointKind)
    name = models.CharField("名称", max_length=60)
    region = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="所在地区")
    address = models.CharField("地址", max_length=200)
    hours = models.CharField("开放时间", max_length=100)
    phone = EncryptedTextField("联系电话", max_length=30, blank=True)
    specialities = models.JSONField("擅长领域", default=list)
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name="负责接收委派的单位"
    )
    mediators = models.ManyToManyField(Expert, related_name="points", verbose_name="调解员")
    state = models.CharField("状态", max_length=10, choices=PointState, default=PointState.OPEN)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "调解点"
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], condition=Q(state="open"), name="point_named_once"),
        ]
        triggers = [is_kept()]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """The sign by which a program names the point: TJ0003."""
        return f"TJ{self.pk or 0:04d}"

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    @property
    def fields_said(self) -> str:
        """The specialities in words."""
        words = dict(Speciality.choices)
        return "、".join(str(words.get(code, code)) for code in self.specialities)


_TOLD = {
    "name": EventField("名称："), "kind": EventField("类别：", chosen(PointKind)), "region": EventField("所在地区："),
    "address": EventField("地址："), "hours": EventField("开放时间："),
    "specialities": EventField("擅长领域：", chosen(Speciality)), "unit": EventField("负责接收委派的单位："),
    # The telephone stands in no event.
    "mediators": EventField("调解员：", lines), "changed": EventField("改动的项目：", lines),
    "reason": EventField("理由："),
}  # fmt: skip
KINDS = EventKinds()
for _name, _label in (("open", "登记"), ("correct", "更正"), ("close", "停用"), ("reopen", "恢复使用")):
    KINDS.declare(_name, _label, _TOLD)


class PointEvent(ChainedEvent):
    """An act on a point, with its post; hash-chained within it."""

    chain_field = "point"
    kinds = KINDS
    point = models.ForeignKey(MediationPoint, models.PROTECT, related_name="events")

    class Meta(ChainedEvent.Meta):
        constraints = [one_event_per_place("point")]
        verbose_name = verbose_name_plural = "调解点记录"
