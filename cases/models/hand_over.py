"""承接移交: the act by which matters go from a body or a person to those who go on with them (条例第二十四条第二款)."""

from django.db import models
from django.db.models import Q

from binzhou_xinfang.records.words import KeptField


class HandOverKind(models.TextChoices):
    """Occasions of a hand-over."""

    MERGED = "merged", "机构合并"
    ENDED = "ended", "机构撤销"
    SPLIT = "split", "机构分立"
    TRANSFERRED = "transferred", "职能划转"
    LEFT = "left", "人员离岗"
    CORRECTED = "corrected", "更正承接移交"


# The body itself exists no longer afterwards.
ENDING_KINDS = frozenset({HandOverKind.MERGED, HandOverKind.ENDED, HandOverKind.SPLIT})


class HandOver(models.Model):
    """One act, with what it is based on. Its matters are its `items`; the act is done when none of them waits.

    `unit`: from which body; `person`: from whom there, where a person leaves. `last_on`: the last day of the body.
    `moved`: rows of no matter that went along, by the key of `cases.handover.belongings`, for a way back.
    `corrects`: the act of which this one sets right where it went wrong.
    """

    kind = models.CharField("情形", max_length=20, choices=HandOverKind)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="移交单位")
    person = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="移交人员")
    last_on = models.DateField("最后一日", null=True)
    basis = models.CharField("依据", max_length=200)
    tells_petitioners = models.BooleanField("制发承办单位变更告知书", default=False)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="corrections", verbose_name="更正的移交"
    )
    moved = models.JSONField("一并移交", default=dict)
    ordered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="办理人")
    ordered_post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+", verbose_name="办理岗位")
    ordered_unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="办理单位")
    at = models.DateTimeField("办理时间")
    done_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "承接移交"
        indexes = [
            models.Index(fields=["unit", "-id"], name="hand_over_of_unit"),
            models.Index(fields=["ordered_unit", "-id"], name="hand_over_by_unit"),
            models.Index(fields=["id"], condition=Q(done_at=None), name="hand_over_unfinished"),
        ]

    def __str__(self) -> str:
        who = f"{self.unit.name} {self.person.name}" if self.person else self.unit.name
        return f"{who} {self.get_kind_display()}"


# Of an item that was done and moved nothing: its reason is kept encrypted, and no database can ask for it.
STAYED = models.Q(done_at__isnull=False, moved={})


class HandOverItem(models.Model):
    """One matter of an act, each once. `moved`: its rows that went over, by the key of their belonging.

    `left_why`: why it stays where it is.
    """

    act = models.ForeignKey(HandOver, models.PROTECT, related_name="items")
    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="hand_overs")
    from_unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="移出单位")
    to_unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="承接单位")
    to_person = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="接办人")
    moved = models.JSONField("移交内容", default=dict)
    left_why = KeptField("没有移交的原因", max_length=200, blank=True)
    done_at = models.DateTimeField("移交时间", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "承接移交的事项"
        constraints = [models.UniqueConstraint(fields=["act", "case"], name="matter_once_in_a_hand_over")]
        indexes = [
            models.Index(fields=["act", "id"], condition=Q(done_at=None), name="hand_over_item_waits"),
            models.Index(fields=["case"], name="hand_over_of_case"),
        ]
