"""协办、回避: other hands on a matter, and those who may not touch it."""

from django.db import models
from django.db.models import Q

from binzhou_xinfang.records.words import KeptField, KeptTextField


class CoHandling(models.Model):
    """One unit that helps the lead unit, with its own task, its own day (a clock of the matter) and its own record."""

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="co_handlings")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="协办单位")
    task = KeptField("协办事项", max_length=500)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="提请人")
    asked_on = models.DateField("提请日期")
    feedback = KeptTextField("反馈意见", blank=True)
    fed_back_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="反馈人")
    fed_back_on = models.DateField("反馈日期", null=True)
    released_on = models.DateField("取消日期", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "协办"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit"], condition=Q(fed_back_on=None, released_on=None), name="one_open_task_per_unit"
            )
        ]
        indexes = [
            models.Index(fields=["unit", "case"], name="co_handling_of_unit"),
            models.Index(fields=["unit"], condition=Q(fed_back_on=None, released_on=None), name="co_handling_owed"),
        ]

    @property
    def is_open(self) -> bool:
        """True while the unit still owes its answer."""
        return self.fed_back_on is None and self.released_on is None


class Recusal(models.Model):
    """回避 (条例第二十八条第三款): asked for by the petitioner or the person, decided by the head."""

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="recusals")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="申请回避的人员")
    is_own_request = models.BooleanField("本人申请", default=False)
    reason = KeptField("理由", max_length=500)
    asked_on = models.DateField("申请日期")
    # Keys of the units that are to decide.
    told = models.JSONField("送请决定的单位", default=list)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="决定人")
    decided_on = models.DateField("决定日期", null=True)
    is_granted = models.BooleanField("同意回避", null=True)
    note = KeptField("决定说明", max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "回避"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(decided_on=None), name="one_recusal_at_a_time"),
        ]
