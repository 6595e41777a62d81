"""专项记录: entries of the books beside the road of a matter, and the day of the next after-care visit."""

from typing import Any

from django.db import models
from django.db.models import Q

from binzhou_xinfang.append_only import AppendOnly, Unchanging
from binzhou_xinfang.records.words import KeptField, KeptJSONField
from cases.vocabulary_beside import Book


class LogEntry(AppendOnly):
    """One entry. It never changes: a slip is put right by another that `corrects` it, with the reason.

    `data`: what its book asks for, by the names of its fields (`cases.logbook.books`).
    """

    unchanging = Unchanging(
        once_plain=(
            "data",
            "reason",
        )
    )
    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="log_entries")
    book = models.CharField("记录", max_length=20, choices=Book)
    data = KeptJSONField("内容")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="记录单位")
    by_user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="记录人")
    post_label = models.CharField("岗位", max_length=200)
    at = models.DateTimeField("记录时间")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name="更正的记录"
    )
    reason = KeptField("更正理由", max_length=500, blank=True)

    class Meta(AppendOnly.Meta):
        ordering = ["id"]
        verbose_name = verbose_name_plural = "专项记录"
        indexes = [models.Index(fields=["case", "id"], name="log_entry_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects=None) | Q(reason__written=True), name="correction_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_book_display()} {self.at:%Y-%m-%d}"

    def value(self, name: str) -> Any:
        return self.data.get(name, "")


class AfterCare(models.Model):
    """回访帮扶 that a matter is owed after its end (第三十七条第三款): by whom, and the day of the next visit.

    `due_on` None: the last visit has said that no further one is needed.
    """

    case = models.OneToOneField("cases.PetitionCase", models.PROTECT, related_name="after_care")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="回访单位")
    due_on = models.DateField("下次回访", null=True)
    reminded_at = models.DateTimeField("提醒时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "回访帮扶安排"
        indexes = [
            models.Index(fields=["due_on"], condition=Q(reminded_at=None, due_on__isnull=False), name="after_care_due"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on:%Y-%m-%d}" if self.due_on else "不再安排"
