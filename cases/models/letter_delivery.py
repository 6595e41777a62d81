"""送达 of a letter that no move of its own delivers: notices, the ways and the limits that they tell of."""

from django.db import models
from django.db.models import Q

from binzhou_xinfang.append_only import AppendOnly
from binzhou_xinfang.records.crypto import EncryptedTextField
from cases.models.delivery import Relation
from cases.vocabulary import DeliveryWay


class LetterDelivery(AppendOnly):
    """One delivery of a letter as it was written down; a later one of the same letter stands beside it, and counts.

    `place`: where, by the way: place, postal or electronic address, where a notice hung. `cause`: why it was left with
    who refused it, or why a notice had to do.
    """

    link = models.ForeignKey("cases.CaseLetter", models.PROTECT, related_name="deliveries", verbose_name="文书")
    way = models.CharField("送达方式", max_length=10, choices=DeliveryWay)
    delivered_on = models.DateField("送达日期")
    recipient = models.CharField("签收人", max_length=60, blank=True)
    relation = models.CharField("与信访人的关系", max_length=12, choices=Relation, blank=True)
    place = EncryptedTextField("送达地点", blank=True)
    posted_on = models.DateField("交邮日期", null=True)
    item_number = models.CharField("邮件号", max_length=40, blank=True)
    notice_on = models.DateField("公告日期", null=True)
    confirmed_by = models.CharField("确认收悉的方式", max_length=100, blank=True)
    cause = models.CharField("拒收或者公告的事由", max_length=200, blank=True)
    witnesses = models.JSONField("见证人", default=list, blank=True)
    proof = models.ForeignKey(
        "cases.CaseAttachment", models.PROTECT, null=True, related_name="+", verbose_name="送达凭证"
    )
    no_proof = models.CharField("没有凭证的原因", max_length=200, blank=True)
    note = models.TextField("备注", blank=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="登录人")
    entered_unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="登录单位")
    entered_at = models.DateTimeField("登录时间")

    class Meta(AppendOnly.Meta):
        ordering = ["id"]
        verbose_name = verbose_name_plural = "文书送达"
        constraints = [
            models.CheckConstraint(
                condition=Q(proof__isnull=False) | ~Q(no_proof=""), name="letter_delivery_proven_or_why_not"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.delivered_on:%Y-%m-%d}"

    @property
    def worth(self) -> str:
        """The proof of it in words, or the reason why there is none."""
        return "有送达凭证" if self.proof_id else f"没有凭证：{self.no_proof}"
