"""委派调解: a matter in 调解和解中 with a point, its sessions, its result, and what a court says of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from binzhou_xinfang.append_only import is_kept
from binzhou_xinfang.records.event_fields import KEPT, EventField, chosen, day, lines
from binzhou_xinfang.records.event_kinds import EventKinds
from binzhou_xinfang.records.events import ChainedEvent, one_event_per_place
from binzhou_xinfang.records.words import KeptField, KeptJSONField, KeptTextField
from hearings.models.booking import Booking
from hearings.models.expert import Expert
from hearings.models.point import MediationPoint


class MediationState(models.TextChoices):
    REFERRED = "referred", "待接收"
    ACCEPTED = "accepted", "调解中"
    AGREEMENT_TOLD = "agreement-told", "已报送协议待登记"
    FAILURE_TOLD = "failure-told", "已报送不成待登记"
    AGREED = "agreed", "达成调解协议"
    APPLIED = "applied", "已申请司法确认"
    CONFIRMED = "confirmed", "已司法确认"
    NOT_CONFIRMED = "not-confirmed", "法院不予确认"
    SETTLED = "settled", "达成和解"
    FAILED = "failed", "调解不成"
    DECLINED = "declined", "不予接收"
    RECALLED = "recalled", "已撤回"
    ENDED = "ended", "已终止"


# The point has it; the matter waits in 调解和解中.
OPEN_MEDIATIONS = (
    MediationState.REFERRED, MediationState.ACCEPTED, MediationState.AGREEMENT_TOLD, MediationState.FAILURE_TOLD,
)  # fmt: skip
AGREED_STATES = (
    MediationState.AGREED, MediationState.APPLIED, MediationState.CONFIRMED, MediationState.NOT_CONFIRMED,
)  # fmt: skip


class Court(models.TextChoices):
    """Decisions on an application for confirmation (人民调解法第三十三条)."""

    CONFIRMED = "confirmed", "裁定确认有效"
    NOT_CONFIRMED = "not-confirmed", "裁定驳回申请"
    WITHDRAWN = "withdrawn", "当事人撤回申请"


class Mediation(models.Model):
    """One reference of a matter to a point.

    `unit` referred it. Who the other side is and that both agreed is said by the move 启动调解和解; `other_party` is
    told from there. `dispute`: what the point has to know. `result`: what the point reports, which the move of the
    matter then proposes. The days: `referred_on`, `answered_on` (accepted or declined), `ended_on` (the result).
    """

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="mediations", verbose_name="信访事项")
    point = models.ForeignKey(MediationPoint, models.PROTECT, related_name="mediations", verbose_name="调解点")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="委派单位")
    referred_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="委派人")
    other_party = KeptField("对方当事人", max_length=100)
    dispute = KeptTextField("纠纷概况")
    mediator = models.ForeignKey(Expert, models.PROTECT, null=True, related_name="mediations", verbose_name="调解员")
    referred_on = models.DateField("委派日期")
    answered_on = models.DateField("答复日期", null=True)
    ended_on = models.DateField("结果日期", null=True)
    result = KeptJSONField("报送的调解结果", default=dict, blank=True)
    court = KeptField("受理法院", max_length=60, blank=True)
    applied_on = models.DateField("申请司法确认日期", null=True)
    decided_on = models.DateField("法院决定日期", null=True)
    state = models.CharField("状态", max_length=20, choices=MediationState, default=MediationState.REFERRED)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "委派调解"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=OPEN_MEDIATIONS), name="mediation_open_once_a_matter"
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("referred_on")), name="answered_after_referral"
            ),
        ]
        indexes = [models.Index(fields=["point", "state"], name="mediation_at_point")]
        triggers = [is_kept()]

    def __str__(self) -> str:
        return f"{self.case.number} {self.point.name}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_MEDIATIONS

    @property
    def subject(self) -> str:
        """The mark that tells its clocks from others of the same matter."""
        return f"mediation:{self.pk}"


class MediationSession(models.Model):
    """One meeting: planned (`starts_at`, with what is booked for it), held (`held_on`, who came, what was said), or
    called off."""

    mediation = models.ForeignKey(Mediation, models.PROTECT, related_name="sessions", verbose_name="委派调解")
    number = models.PositiveSmallIntegerField("次数")
    starts_at = models.DateTimeField("约定时间", null=True)
    place = KeptField("地点", max_length=100)
    # No part of the matter: it names none, and is on the calendar of whoever works there.
    booking = models.ForeignKey(Booking, models.PROTECT, null=True, related_name="+", verbose_name="预订")
    held_on = models.DateField("调解日期", null=True)
    came = KeptJSONField("到场人员", default=list, blank=True)
    excused = KeptJSONField("有正当理由未到场", default=list, blank=True)
    absent = KeptJSONField("无正当理由未到场", default=list, blank=True)
    said = KeptTextField("调解情况", blank=True)
    called_off_at = models.DateTimeField("取消时间", null=True)
    reason = KeptField("取消理由", max_length=200, blank=True)

    class Meta:
        ordering = ["mediation", "number"]
        verbose_name = verbose_name_plural = "调解记录"
        constraints = [
            models.UniqueConstraint(fields=["mediation", "number"], name="session_number_once"),
            models.UniqueConstraint(fields=["booking"], name="session_has_its_booking_alone"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=False) | Q(held_on__isnull=False), name="session_has_its_time"
            ),
        ]
        triggers = [is_kept()]

    def __str__(self) -> str:
        return f"第{self.number}次调解"

    @property
    def is_waiting(self) -> bool:
        """True from the plan to what became of it."""
        return self.held_on is None and self.called_off_at is None


_NOTE = {"reason": EventField("理由：")}
_SESSION = {
    "number": EventField("第几次："), "time": EventField("时间："), "place": EventField("地点："),
    "happened_on": EventField("调解日期：", day), "people": EventField("到场："),
    "changed": EventField("改动的项目：", lines), "before": KEPT, **_NOTE,
}  # fmt: skip
_ANSWER = {
    "mediator": EventField("调解员："),
    "happened_on": EventField("日期：", day),
    "paper": EventField("依据："),
    **_NOTE,
}
_CHANGED = {"before": EventField("原调解员："), "mediator": EventField("调解员："), **_NOTE}
_RESULT = {
    "happened_on": EventField("日期：", day),
    "terms": EventField("协议内容：", lines),
    "note": EventField("说明："),
}
_COURT = {
    "happened_on": EventField("日期：", day), "court": EventField("法院："),
    "decision": EventField("决定：", chosen(Court)), "number": EventField("文书编号："), **_NOTE,
}  # fmt: skip
KINDS = EventKinds()
for _name, _label, _fields in (
    ("refer", "委派", {"point": EventField("调解点："), "letter": EventField("文书：")}),
    ("accept", "接收", _ANSWER), ("decline", "不予接收", _ANSWER),
    ("recall", "撤回委派", _NOTE),
    ("change-mediator", "变更调解员", _CHANGED),
    ("plan", "约定调解", _SESSION), ("call-off", "取消约定", _SESSION), ("hold", "登记调解情况", _SESSION),
    ("amend", "更正调解记录", _SESSION),
    ("tell-agreement", "报送调解协议", _RESULT), ("tell-failure", "报送调解不成", _RESULT),
    ("return", "退回报送", _NOTE),
    ("conclude", "事项登记调解结果", {"result": EventField("结果：", chosen(MediationState))}),
    ("end", "调解终止", _NOTE),
    ("apply", "登记申请司法确认", _COURT), ("decide", "登记法院决定", _COURT), ("take-back", "撤销登记", _COURT),
):  # fmt: skip
    KINDS.declare(_name, _label, _fields)


class MediationEvent(ChainedEvent):
    """An act on a mediation, with its post; hash-chained within it."""

    chain_field = "mediation"
    kinds = KINDS
    mediation = models.ForeignKey(Mediation, models.PROTECT, related_name="events")

    class Meta(ChainedEvent.Meta):
        constraints = [one_event_per_place("mediation")]
        verbose_name = verbose_name_plural = "委派调解记录"
