"""送达 of a letter that no move of its own delivers: notices, the ways and the limits that they tell of."""

from django.db import models
from django.db.models import Q

from binzhou_xinfang.append_only import AppendOnly, Unchanging
from cases.models.delivery import DeliveryRecord
from cases.vocabulary import DeliveryWay


class LetterDelivery(DeliveryRecord, AppendOnly):
    """One delivery of a letter as it was written down; a later one of the same letter stands beside it, and counts."""

    unchanging = Unchanging(
        once_plain=(
            "recipient",
            "item_number",
            "confirmed_by",
            "cause",
            "witnesses",
            "no_proof",
            "note",
        )
    )
    link = models.ForeignKey("cases.CaseLetter", models.PROTECT, related_name="deliveries", verbose_name="文书")
    way = models.CharField("送达方式", max_length=10, choices=DeliveryWay)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="登录人")
    entered_unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="登录单位")
    entered_at = models.DateTimeField("登录时间")

    class Meta(AppendOnly.Meta):
        ordering = ["id"]
        verbose_name = verbose_name_plural = "文书送达"
        constraints = [
            models.CheckConstraint(
                condition=Q(proof__isnull=False) | Q(no_proof__written=True), name="letter_delivery_proven_or_why_not"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.delivered_on:%Y-%m-%d}"

    @property
    def worth(self) -> str:
        """The proof of it in words, or the reason why there is none."""
        return "有送达凭证" if self.proof_id else f"没有凭证：{self.no_proof}"


class LetterDue(models.Model):
    """Day by which the delivery of an issued letter has to be written down, and by whom; `met_on`: when it was."""

    link = models.OneToOneField("cases.CaseLetter", models.PROTECT, related_name="due", verbose_name="文书")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="送达单位")
    due_on = models.DateField("应当送达之日")
    met_on = models.DateField("登记送达之日", null=True, blank=True)
    # The unit is told when the day has passed, the office over it when nothing has come of that.
    reminded_at = models.DateTimeField("提醒时间", null=True, blank=True)
    risen_at = models.DateTimeField("报上级时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文书送达期限"
        indexes = [
            models.Index(fields=["due_on"], condition=Q(met_on=None, reminded_at=None), name="letter_due_to_remind"),
            models.Index(fields=["due_on"], condition=Q(met_on=None, risen_at=None), name="letter_due_to_rise"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on:%Y-%m-%d}"
