"""信访处理意见书 in the making: one answer for each request (条例第三十二条)."""

from django.db import models

from binzhou_xinfang.records.words import KeptTextField
from cases.vocabulary import Answer


class Opinion(models.Model):
    """The opinion of one round of handling; it changes until it is signed, and never afterwards."""

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="opinions")
    facts = KeptTextField("事实认定情况")
    basis = KeptTextField("法律法规政策依据")
    review_body = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="复查机关")
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="拟稿人")
    drafted_at = models.DateTimeField("拟稿时间")
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="签发人")
    signed_on = models.DateField("签发日期", null=True)
    delivered_on = models.DateField("送达日期", null=True)
    is_simple = models.BooleanField("简易答复", default=False)
    executed_on = models.DateField("执行完毕日期", null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "处理意见书"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(signed_on=None), name="one_opinion_in_the_making"
            )
        ]


class RequestAnswer(models.Model):
    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="answers")
    request = models.ForeignKey("cases.CaseRequest", models.PROTECT, related_name="answers")
    result = models.CharField("处理意见", max_length=10, choices=Answer)
    text = KeptTextField("答复内容")

    class Meta:
        ordering = ["request__order"]
        verbose_name = verbose_name_plural = "诉求答复"
        constraints = [models.UniqueConstraint(fields=["opinion", "request"], name="one_answer_per_request")]
