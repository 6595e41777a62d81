"""督查记录: one look at a matter by a way of 督查, the setting on the board, or the re-check of what was put right."""

from typing import Any

from django.db import models

from binzhou_xinfang.append_only import AppendOnly, Unchanging
from binzhou_xinfang.records.words import KeptField, KeptJSONField, KeptTextField
from supervision.models.supervision import SupervisionCase
from supervision.models.vocabulary import WAY_CHOICES


class Record(AppendOnly):
    """A look at a matter, with who, when and where. `findings` and `demands`: lists of texts; `is_recheck`: see
    `Answer`."""

    unchanging = Unchanging(
        once_plain=(
            "place",
            "people",
            "text",
            "findings",
            "demands",
        )
    )
    supervision = models.ForeignKey(SupervisionCase, models.PROTECT, related_name="records")
    is_recheck = models.BooleanField("复核整改", default=False)
    way = models.CharField("方式", max_length=20, choices=WAY_CHOICES, blank=True)
    held_on = models.DateField("日期")
    place = KeptField("地点", max_length=200, blank=True)
    people = KeptField("参加人员", max_length=500, blank=True)
    text = KeptTextField("情况")
    findings = KeptJSONField("发现的问题", default=list)
    demands = KeptJSONField("整改要求", default=list)
    due_on = models.DateField("整改期限", null=True)
    by_user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="记录人")
    at = models.DateTimeField("记录时间")

    class Meta(AppendOnly.Meta):
        ordering = ["id"]
        verbose_name = verbose_name_plural = "督查记录"

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d} {self.get_way_display()}"

    @property
    def attachments(self) -> list[Any]:
        """Its photos and papers."""
        return [link.attachment for link in self.files.all()]


class RecordFile(AppendOnly):
    """A photo or paper of a record; the file itself is one of the matter's."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="files")
    attachment = models.ForeignKey("cases.CaseAttachment", models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        ordering = ["id"]
        verbose_name = verbose_name_plural = "督查记录的材料"
