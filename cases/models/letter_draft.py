"""文书稿: a letter of one matter that is written by hand, until it is signed."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from binzhou_xinfang.letters.fields import LetterKindField
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.records.crypto import EncryptedJSONField
from binzhou_xinfang.records.words import KeptTextField
from cases.states.drafts import OPEN_DRAFTS, DraftState

_OPEN = [state.value for state in OPEN_DRAFTS]


class LetterDraft(models.Model):
    """A letter in the making. It changes until it is signed, by `cases.drafts.verbs` alone; `letter` is what it became.

    `facts`: name of the fact → text, list of texts, or an ISO day. `unit` writes it and signs it.
    """

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="letter_drafts")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="拟制单位")
    kind = LetterKindField("文种")
    facts = EncryptedJSONField("要素")
    state = models.CharField("状态", max_length=20, choices=DraftState, default=DraftState.DRAFTED)
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="拟稿人")
    drafted_at = models.DateTimeField("拟稿时间")
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    checked_at = models.DateTimeField("审核时间", null=True)
    # Why it was returned or discarded, and by whom; the course of the matter does not repeat it.
    note = KeptTextField("退回、作废理由", blank=True)
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="退回人")
    letter = models.OneToOneField("records.Letter", models.PROTECT, null=True, related_name="+", verbose_name="文书")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "文书稿"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit", "kind"], condition=Q(state__in=_OPEN), name="one_open_draft_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(state=DraftState.SIGNED, letter__isnull=False)
                | (~Q(state=DraftState.SIGNED) & Q(letter__isnull=True)),
                name="signed_draft_has_its_letter",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], condition=Q(state__in=_OPEN), name="draft_waits_at_unit")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The kind in words."""
        return str(LetterKind(self.kind).label)

    @property
    def letter_facts(self) -> dict[str, Any]:
        """The facts as the letter wants them: days as days."""
        return {
            name: date.fromisoformat(value) if name.endswith("_on") and value else value
            for name, value in self.facts.items()
        }
