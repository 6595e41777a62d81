"""A hand-over that was decided for a day to come: mergers are ordered for 1 January (条例第二十四条第二款)."""

from django.db import models
from django.db.models import Q

from binzhou_xinfang.records.words import MaskedField
from cases.models.hand_over import HandOver, HandOverKind


class HandOverPlan(models.Model):
    """One order that waits for its day. It stands until it was carried out (`act`) or cancelled.

    `shares`: who gets what, by keys, as `cases.handover.orders.Share`; `foreseen`: the preview on the day of planning,
    of ordinary matters alone; `failed_why`: why the last attempt of the beat came to nothing.
    """

    kind = models.CharField("情形", max_length=20, choices=HandOverKind)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="移交单位")
    person = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="移交人员")
    last_on = models.DateField("最后一日", null=True)
    effective_on = models.DateField("移交日期")
    basis = models.CharField("依据", max_length=200)
    tells_petitioners = models.BooleanField("制发承办单位变更告知书", default=False)
    shares = models.JSONField("承接")
    foreseen = models.JSONField("登记计划时的预览", default=dict)
    planned_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="登记人")
    planned_post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+", verbose_name="登记岗位")
    planned_unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="登记单位")
    planned_at = models.DateTimeField("登记时间")
    cancelled_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="取消人"
    )
    cancelled_at = models.DateTimeField("取消时间", null=True)
    cancelled_why = MaskedField("取消的理由", max_length=200, blank=True)
    act = models.OneToOneField(HandOver, models.PROTECT, null=True, related_name="plan", verbose_name="移交")
    tried_at = models.DateTimeField("最近一次尝试", null=True)
    failed_why = MaskedField("没有移交的原因", max_length=200, blank=True)

    class Meta:
        ordering = ["effective_on", "id"]
        verbose_name = verbose_name_plural = "承接移交计划"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "person"], condition=Q(act=None, cancelled_at=None), nulls_distinct=False,
                name="one_standing_plan_of_a_hand_over",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["effective_on"], condition=Q(act=None, cancelled_at=None), name="hand_over_plan_standing"
            ),
        ]

    def __str__(self) -> str:
        who = f"{self.unit.name} {self.person.name}" if self.person else self.unit.name
        return f"{who} {self.get_kind_display()}"

    @property
    def stands(self) -> bool:
        return self.act_id is None and self.cancelled_at is None
