"""复查、复核: one request to the body above, with its opinion (条例第三十五条、第三十六条)."""

from datetime import date

from django.db import models
from django.db.models import Q

from binzhou_xinfang.records.words import KeptField, KeptTextField
from cases.vocabulary import ReviewKind, ReviewRefusal, ReviewResult


class Review(models.Model):
    """One round at the body above. It changes until its opinion is signed, and never afterwards."""

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="reviews")
    kind = models.CharField("级别", max_length=10, choices=ReviewKind)
    body = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="复查复核机关")
    # None: the first petitioner.
    applicant = models.ForeignKey(
        "cases.Petitioner", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="申请人"
    )
    requested_on = models.DateField("收到申请日期")
    posted_on = models.DateField("投邮日期", null=True)
    # The day by itself makes nobody late: what would be late is judged on its proof.
    proof = models.ForeignKey(
        "cases.CaseAttachment", models.PROTECT, null=True, related_name="+", verbose_name="收到申请之日的凭证"
    )
    no_proof = KeptField("没有凭证的原因", max_length=200, blank=True, default="")
    is_late = models.BooleanField("逾期申请", default=False)
    excuse = KeptField("逾期的正当理由", max_length=500, blank=True)
    grounds = KeptTextField("申请事实和理由")
    claim = KeptField("申请请求", max_length=500)
    against = models.CharField("不服的意见文号", max_length=60, blank=True)
    accepted_on = models.DateField("受理日期", null=True)
    declined_on = models.DateField("不予受理日期", null=True)
    refusal = models.CharField("不予受理的理由", max_length=20, choices=ReviewRefusal, blank=True)
    ended_on = models.DateField("随事项结束日期", null=True)
    result = models.CharField("结论", max_length=10, choices=ReviewResult, blank=True)
    facts = KeptTextField("查明的事实", blank=True)
    basis = KeptTextField("依据", blank=True)
    decision = KeptTextField("复查复核意见", blank=True)
    redo_days = models.PositiveSmallIntegerField("重新处理天数", null=True)
    changed_to = KeptTextField("变更后的处理意见", blank=True)
    needs_execution = models.BooleanField("变更后有待执行的诉求", default=False)
    above = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name="复核机关")
    hearing = KeptTextField("听证结论", blank=True)
    was_heard = models.BooleanField("经过听证", default=False)
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="拟稿人")
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="签发人")
    signed_on = models.DateField("签发日期", null=True)
    delivered_on = models.DateField("送达日期", null=True)
    published_on = models.DateField("公示日期", null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "复查复核"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(signed_on=None, declined_on=None, ended_on=None),
                name="one_review_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(redo_days=None) | Q(result=ReviewResult.REVOKE), name="only_a_revocation_orders_a_redo"
            ),
        ]
        indexes = [models.Index(fields=["body", "case"], name="review_of_body")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.requested_on:%Y-%m-%d}"

    @property
    def used_on(self) -> date:
        """The day on which the petitioner asked; what is posted in the period is in time (民事诉讼法第八十八条)."""
        return self.posted_on or self.requested_on

    @property
    def is_proven_late(self) -> bool:
        """True for a request that came after the last day by a day that is proven."""
        return self.is_late and self.proof_id is not None
