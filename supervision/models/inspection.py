"""一案双督三查: one inspection of one matter, kept for good."""

from django.db import models

from binzhou_xinfang.append_only import AppendOnly, Unchanging
from binzhou_xinfang.records.words import KeptJSONField, KeptTextField


class Inspection(AppendOnly):
    """An inspection. `answers`: code of the item (`inspection_items.ITEMS`) → its answer, the finding, of a duty `who`
    answers for it.

    Where something follows from an answer, `body` is the code of the unit to which it goes.
    """

    unchanging = Unchanging(
        once_plain=(
            "answers",
            "conclusion",
        )
    )
    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="inspections")
    office = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="督查单位")
    by_user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="督查人员")
    held_on = models.DateField("督查日期")
    at = models.DateTimeField("登记时间")
    answers = KeptJSONField("逐项结论")
    conclusion = KeptTextField("督查结论")

    class Meta(AppendOnly.Meta):
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "一案双督三查"
        indexes = [models.Index(fields=["case"], name="inspection_of_case")]

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d} {self.case_id}"
