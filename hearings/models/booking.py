"""预订: a time at which a place, persons and units are taken; none of them is taken twice."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from binzhou_xinfang.append_only import is_kept
from binzhou_xinfang.records.event_fields import EventField, lines
from binzhou_xinfang.records.event_kinds import EventKinds
from binzhou_xinfang.records.events import ChainedEvent, one_event_per_place
from binzhou_xinfang.records.words import KeptField
from hearings.models.place import Place


class BookingKind(models.TextChoices):
    """Occasions for which is booked."""

    HEARING = "hearing", "听证"
    MEDIATION = "mediation", "调解"
    COUNSELLING = "counselling", "心理疏导"
    RECEPTION = "reception", "接访"
    CONFERENCE = "conference", "会商"
    OTHER = "other", "其他"


class BookingState(models.TextChoices):
    BOOKED = "booked", "已预订"
    CANCELLED = "cancelled", "已取消"


class Booking(models.Model):
    """One occasion. `title` names no petitioner: it stands on the calendar of everybody who works there."""

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="预订单位")
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="预订人")
    kind = models.CharField("用途", max_length=20, choices=BookingKind)
    title = KeptField("事由", max_length=60)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="bookings", verbose_name="场所")
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    state = models.CharField("状态", max_length=10, choices=BookingState, default=BookingState.BOOKED)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "场所和人员预订"
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="booking_by_time")]
        triggers = [is_kept()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.title}"


TAKEN = ("place", "expert", "user", "taken_unit")
_WHILE = Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange")


def _once(column: str) -> ExclusionConstraint:
    """Make the constraint that what the column names is taken once at a time.

    A number as a range of one can stand in it without the btree_gist extension.
    """
    same = Func(F(column), F(column), Value("[]"), function="int8range")
    return ExclusionConstraint(
        name=f"claim_{column}_once_at_a_time",
        expressions=[(same, RangeOperators.OVERLAPS), (_WHILE, RangeOperators.OVERLAPS)],
        condition=Q(is_open=True, **{f"{column}__isnull": False}),
    )


class Claim(models.Model):
    """One of those that a booking takes, for its time; it is open until the booking is moved or cancelled."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="claims", verbose_name="预订")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name="场所")
    expert = models.ForeignKey("hearings.Expert", models.PROTECT, null=True, related_name="+", verbose_name="专家")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="人员")
    taken_unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name="单位")
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    is_open = models.BooleanField("占用中", default=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "占用"
        constraints = [
            *(_once(column) for column in TAKEN),
            models.CheckConstraint(
                condition=Q(
                    *(Q(**{f"{other}__isnull": other != column for other in TAKEN}) for column in TAKEN),
                    _connector=Q.OR,
                ),
                name="claim_takes_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.taken)

    @property
    def taken(self) -> models.Model:
        """The place, the person or the unit that is taken."""
        found = (self.place, self.expert, self.user, self.taken_unit)
        return next(one for one in found if one is not None)


_TOLD = {
    "title": EventField("事由："), "place": EventField("场所："), "time": EventField("时间："),
    "taken": EventField("人员和单位：", lines), "reason": EventField("理由："),
}  # fmt: skip
KINDS = EventKinds()
for _name, _label in (("book", "预订"), ("move", "改期"), ("cancel", "取消")):
    KINDS.declare(_name, _label, _TOLD)


class BookingEvent(ChainedEvent):
    """An act on a booking, with its post; hash-chained within it."""

    chain_field = "booking"
    kinds = KINDS
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="events")

    class Meta(ChainedEvent.Meta):
        constraints = [one_event_per_place("booking")]
        verbose_name = verbose_name_plural = "预订记录"


class CalendarKey(models.Model):
    """A secret address under which a person's own entries are read; the secret itself is kept nowhere."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="用户")
    digest = models.BinaryField("校验值", max_length=32, unique=True)
    made_at = models.DateTimeField("生成时间")
    revoked_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "日程订阅地址"
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="calendar_key_once_a_person")
        ]
        triggers = [is_kept()]

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%Y-%m-%d}"
