"""群众满意度评价: the petitioner's word on the petition office and on the unit, each by itself (reference §3.4)."""

from django.db import models

from binzhou_xinfang.append_only import AppendOnly, Unchanging
from binzhou_xinfang.records.words import KeptField


class EvaluationObject(models.TextChoices):
    """评价对象."""

    OFFICE = "office", "信访部门"
    UNIT = "unit", "责任单位"


class Verdict(models.TextChoices):
    SATISFIED = "satisfied", "满意"
    FAIRLY = "fairly", "基本满意"
    UNSATISFIED = "unsatisfied", "不满意"


class AnswerChannel(models.TextChoices):
    """Ways in which the petitioner gives an evaluation."""

    CALLED_BACK = "called-back", "电话回访"
    WRITTEN = "written", "书面"
    IN_PERSON = "in-person", "当面"
    TEXT_MESSAGE = "text-message", "短信"
    ONLINE = "online", "网上"


LONGEST_REMARK = 500


class Evaluation(AppendOnly):
    """One verdict on one object, given once and never changed.

    `unit`: who is evaluated. `recorded_by` with `recorded_unit`: the clerk who wrote it down; empty when the
    petitioner gave it in the system.
    """

    unchanging = Unchanging(once_plain=("remark",))
    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="evaluations")
    object = models.CharField("评价对象", max_length=10, choices=EvaluationObject)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="被评价单位")
    verdict = models.CharField("评价", max_length=15, choices=Verdict)
    remark = KeptField("评价意见", max_length=LONGEST_REMARK, blank=True)
    channel = models.CharField("评价方式", max_length=15, choices=AnswerChannel)
    given_on = models.DateField("评价日期")
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    recorded_unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name="登记单位"
    )

    class Meta(AppendOnly.Meta):
        ordering = ["id"]
        verbose_name = verbose_name_plural = "满意度评价"
        constraints = [
            models.UniqueConstraint(fields=["case", "object"], name="one_evaluation_of_an_object"),
            models.CheckConstraint(
                condition=models.Q(recorded_by=None, recorded_unit=None)
                | models.Q(recorded_by__isnull=False, recorded_unit__isnull=False),
                name="evaluation_recorded_by_somebody_of_a_unit",
            ),
        ]
        indexes = [models.Index(fields=["object", "given_on"], name="evaluation_by_day")]

    def __str__(self) -> str:
        return f"{self.get_object_display()} {self.get_verdict_display()}"
