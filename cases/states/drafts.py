"""States of a letter that is written by hand; the table of its steps is made by `cases.drafts.verbs`."""

from django.db.models import TextChoices


class DraftState(TextChoices):
    DRAFTED = "drafted", "待审核"
    RETURNED = "returned", "退回修改"
    CHECKED = "checked", "待签发"
    SIGNED = "signed", "已签发"
    DISCARDED = "discarded", "已作废"


OPEN_DRAFTS = (DraftState.DRAFTED, DraftState.RETURNED, DraftState.CHECKED)
