"""附件: a stored file under the name that the office gave it, in one matter."""

from typing import cast

from django.db import models

from binzhou_xinfang.records.words import KeptField
from cases.states.papers import PaperKind


def _kinds() -> list[tuple[str, str]]:
    """List the kinds of papers. A callable: a new word needs no migration."""
    return PaperKind.choices


class CaseAttachment(models.Model):
    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="attachments")
    file = models.ForeignKey("records.StoredFile", models.PROTECT, related_name="+")
    name = KeptField("文件名", max_length=200)
    # Set by the act that it came with; empty for a file that was only added.
    kind = models.CharField("材料种类", max_length=20, choices=_kinds, blank=True, default="", db_default="")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="上传单位")
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "附件"

    def __str__(self) -> str:
        return cast("str", self.name)
