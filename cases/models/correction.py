"""更正、补充: entries of registration as they stood before, and as they have stood since."""

from django.db import models

from binzhou_xinfang.records.crypto import EncryptedTextField
from binzhou_xinfang.records.words import KeptField


class Correction(models.Model):
    """One entry that was put right, or added later, in full; the event of the act says both masked."""

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="corrections", verbose_name="信访事项")
    # A later arrival; None: the registration that opened the matter.
    petition = models.ForeignKey(
        "cases.Petition", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="信访件"
    )
    entry = models.CharField("登记项", max_length=60)
    old = EncryptedTextField("原登记", blank=True)
    new = EncryptedTextField("更正为", blank=True)
    reason = KeptField("理由", max_length=200)
    corrected_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="更正人")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="更正机构")
    corrected_at = models.DateTimeField("更正时间")

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "登记更正"

    def __str__(self) -> str:
        return self.entry
