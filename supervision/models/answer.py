"""反馈: the written answer of the unit, or of the body that a proposal went to."""

from django.db import models
from django.db.models import Q

from binzhou_xinfang.records.words import KeptField, KeptTextField
from supervision.models.supervision import SupervisionCase
from supervision.models.vocabulary import Adoption


class Answer(models.Model):
    """One written answer; it is accepted, or sent back with the reason. `adoption`: of a proposal alone.

    `by_user` wrote it, `signed_by` heads the unit and answers for it; None while it is not signed, and of answers from
    before the heads signed them. Until then its days are those of the draft.

    `received_by`: who of the office entered an answer that came on paper from a body outside of the system.
    """

    supervision = models.ForeignKey(SupervisionCase, models.PROTECT, related_name="answers")
    text = KeptTextField("反馈内容")
    adoption = models.CharField("采纳情况", max_length=20, choices=Adoption, blank=True)
    files = models.ManyToManyField("cases.CaseAttachment", related_name="+", verbose_name="证明材料")
    by_user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="反馈人")
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="签发人")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="反馈单位")
    is_received = models.BooleanField("由督办单位登记", default=False)
    given_on = models.DateField("反馈日期")
    at = models.DateTimeField("反馈时间")
    is_late = models.BooleanField("逾期反馈", default=False)
    is_accepted = models.BooleanField("审核通过", null=True)
    verdict = KeptField("审核意见", max_length=500, blank=True)
    judged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    judged_at = models.DateTimeField("审核时间", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "督办反馈"
        constraints = [
            models.UniqueConstraint(
                fields=["supervision"], condition=Q(is_accepted=None), name="one_answer_judged_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.unit}"
