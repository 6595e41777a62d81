"""重大紧急 (条例第二十五条): the report, who was told of it outside, who was called to it inside."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from binzhou_xinfang.records.words import KeptField, KeptTextField
from cases.vocabulary_beside import Called, Informed, Means


class UrgentReport(models.Model):
    """One report of one matter. It stands until it is taken back, which keeps it, with by whom and why."""

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="urgent_reports")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="报告单位")
    by_user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="报告人")
    content = KeptTextField("报告内容")
    measures = KeptTextField("已采取的措施", blank=True)
    made_at = models.DateTimeField("报告时间")
    taken_back_at = models.DateTimeField("撤回时间", null=True)
    taken_back_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="撤回人"
    )
    taken_back_reason = KeptField("撤回理由", max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "重大紧急报告"
        indexes = [
            models.Index(fields=["case", "-id"], name="urgent_report_of_case"),
            models.Index(fields=["id"], condition=Q(taken_back_at=None), name="urgent_report_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M} {self.unit}"

    @property
    def stands(self) -> bool:
        return self.taken_back_at is None


class UrgentTold(models.Model):
    """One body that must be told; owed until `told_at`. `lapsed_at`: the watch found it untold after `due_at`."""

    report = models.ForeignKey(UrgentReport, models.PROTECT, related_name="told")
    receiver = models.CharField("报告、通报对象", max_length=20, choices=Informed)
    due_at = models.DateTimeField("应在此前报告")
    told_at = models.DateTimeField("报告时间", null=True)
    means = models.CharField("方式", max_length=20, choices=Means, blank=True)
    told_by = KeptField("报告人", max_length=100, blank=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="记录人")
    lapsed_at = models.DateTimeField("逾期登记时间", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "重大紧急报告对象"
        constraints = [
            models.UniqueConstraint(fields=["report", "receiver"], name="receiver_once_of_a_report"),
            models.CheckConstraint(condition=Q(told_at=None) | ~Q(means=""), name="what_was_told_has_its_means"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(told_at=None, lapsed_at=None), name="urgent_told_owed"),
        ]

    def __str__(self) -> str:
        return str(self.get_receiver_display())

    @property
    def is_owed(self) -> bool:
        return self.told_at is None

    def is_late(self, at: datetime) -> bool:
        """True when it was told after the set hours, or has not been told by now and they are over."""
        return (self.told_at or at) > self.due_at


class UrgentCall(models.Model):
    """One person called to the matter at once, whatever the hour. `read_at`: the receipt, when the person opened the
    matter; `climbed_at`: nobody of these had read, and who stands above was called.
    """

    report = models.ForeignKey(UrgentReport, models.PROTECT, related_name="calls")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="被通知人")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    called = models.CharField("通知对象", max_length=20, choices=Called)
    post_label = models.CharField("岗位", max_length=200)
    called_at = models.DateTimeField("通知时间")
    read_at = models.DateTimeField("阅读时间", null=True)
    climbed_at = models.DateTimeField("上报时间", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "重大紧急通知"
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="called_once_to_a_report")]
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at=None), name="urgent_call_unread"),
            models.Index(fields=["called_at"], condition=Q(read_at=None, climbed_at=None), name="urgent_call_to_climb"),
        ]

    def __str__(self) -> str:
        return f"{self.get_called_display()} {self.post_label}"
