"""值班: the turns of a unit's people, who are called first to what is 重大紧急 (条例第二十五条)."""

from django.db import models
from django.db.models import F, Q

from binzhou_xinfang.records.words import MaskedField


class DutyTurn(models.Model):
    """One turn of one person. A turn that was taken off the roster is kept, with by whom and why."""

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="值班人员")
    from_at = models.DateTimeField("自")
    to_at = models.DateTimeField("至")
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")
    removed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="取消人")
    removed_at = models.DateTimeField("取消时间", null=True)
    removed_why = MaskedField("取消的理由", max_length=200, blank=True)

    class Meta:
        ordering = ["from_at", "id"]
        verbose_name = verbose_name_plural = "值班安排"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "user", "from_at"], condition=Q(removed_at=None), name="one_turn_at_a_time"
            ),
            models.CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="turn_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["unit", "to_at"], condition=Q(removed_at=None), name="duty_turn_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.user} {self.from_at:%Y-%m-%d %H:%M}"
