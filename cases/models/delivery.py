"""送达: an answer handed to the petitioner, the proof of it, and the day from which the petitioner's right counts."""

from collections.abc import Mapping
from datetime import date

from django.db import models
from django.db.models import Q

from binzhou_xinfang.records.crypto import EncryptedJSONField, EncryptedTextField
from binzhou_xinfang.records.words import KeptField, KeptTextField
from cases.vocabulary import DeliveryWay, LastAnswer


class Relation(models.TextChoices):
    """Relations of who took the paper to the petitioner (民事诉讼法第八十八条, by analogy)."""

    SELF = "self", "本人"
    FAMILY = "family", "同住的成年家属"
    AGENT = "agent", "代理人"
    DESIGNATED = "designated", "指定的代收人"
    OFFICE = "office", "单位负责收件的人"


class Standing(models.TextChoices):
    """Standing of the day of delivery: only a day that is proven lets the petitioner's right run from it."""

    PROVEN = "proven", "有送达凭证"
    UNPROVEN = "unproven", "没有送达凭证"
    DOUBTED = "doubted", "事后登录，送达日期待核实"
    CONFIRMED = "confirmed", "送达日期已核实"
    REFUSED = "refused", "事后登录，送达日期未予认可"
    SHOWN = "shown", "事后补交送达凭证"
    CORRECTED = "corrected", "送达日期已更正"
    UNKNOWN = "unknown", "以前登录，凭证不详"


class DayVerdict(models.TextChoices):
    """核实 of a day of delivery that was entered long afterwards."""

    BELIEVED = "believed", "认可送达日期"
    REFUSED = "refused", "不予认可，期限仍自登录之日起算"


class DeliveryRecord(models.Model):
    """A delivery as it is on record, of whatever paper.

    `place`: where, by the way: place, postal or electronic address, where a notice hung. `cause`: why it was left with
    who refused it, or why a notice had to do.
    """

    delivered_on = models.DateField("送达日期")
    recipient = EncryptedTextField("签收人", max_length=60, blank=True)
    relation = models.CharField("与信访人的关系", max_length=12, choices=Relation, blank=True)
    place = EncryptedTextField("送达地点", blank=True)
    posted_on = models.DateField("交邮日期", null=True)
    item_number = EncryptedTextField("邮件号", max_length=40, blank=True)
    notice_on = models.DateField("公告日期", null=True)
    confirmed_by = KeptField("确认收悉的方式", max_length=100, blank=True)
    cause = KeptField("拒收或者公告的事由", max_length=200, blank=True)
    witnesses = EncryptedJSONField("见证人", default=list, blank=True)
    proof = models.ForeignKey(
        "cases.CaseAttachment", models.PROTECT, null=True, related_name="+", verbose_name="送达凭证"
    )
    no_proof = KeptField("没有凭证的原因", max_length=200, blank=True)
    note = KeptTextField("备注", blank=True)

    class Meta:
        abstract = True


class Delivery(DeliveryRecord):
    """One delivery, of the opinion of a handling or of a review. What was written down does not change; whether the
    day is believed may (`standing`, `counts_from`).

    `delivered_on`: the day as entered; `counts_from`: the day from which the petitioner's right counts
    (`cases.procedure.delivery`).
    """

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="deliveries")
    answer = models.CharField("送达的意见", max_length=10, choices=LastAnswer)
    opinion = models.ForeignKey("cases.Opinion", models.PROTECT, null=True, related_name="deliveries")
    review = models.ForeignKey("cases.Review", models.PROTECT, null=True, related_name="deliveries")
    # None: the first petitioner.
    party = models.ForeignKey(
        "cases.Petitioner", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="受送达人"
    )
    way = models.CharField("送达方式", max_length=10, choices=DeliveryWay, blank=True)
    counts_from = models.DateField("期限起算日")
    standing = models.CharField("凭证情况", max_length=10, choices=Standing)
    # What a proof says that was brought afterwards, or as which the day was put right.
    proven_on = models.DateField("凭证所载送达日期", null=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="登录人")
    entered_on = models.DateField("登录日期", null=True)
    judged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="核实人")
    judged_on = models.DateField("核实日期", null=True)
    verdict = KeptField("核实情况", max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "送达"
        constraints = [
            models.CheckConstraint(
                condition=Q(opinion__isnull=False, review=None) | Q(opinion=None, review__isnull=False),
                name="delivery_of_one_opinion",
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.UNPROVEN) | Q(no_proof__written=True),
                name="delivery_proven_or_why_not",
            ),
        ]
        indexes = [models.Index(fields=["case"], name="delivery_of_case")]

    def __str__(self) -> str:
        return f"{self.get_answer_display()} {self.delivered_on:%Y-%m-%d}"

    @property
    def received_on(self) -> date:
        """The day of delivery as far as it is known: as a later proof says or as it was put right, else as entered."""
        return self.proven_on or self.delivered_on

    @property
    def is_open_question(self) -> bool:
        return self.standing in (Standing.UNPROVEN, Standing.DOUBTED)

    @property
    def says(self) -> str:
        """The day from which the petitioner's right counts, and why."""
        day = f"{self.counts_from:%Y年%m月%d日}"
        if self.counts_from == self.delivered_on and self.standing == Standing.UNPROVEN:
            return f"当日登录，自{day}起算。"
        if self.standing == Standing.CONFIRMED and self.counts_from > self.received_on:
            return f"送达日期已经核实，办理期限按发出之日计算；信访人已经申请的，申请期限不变，仍自{day}起算。"
        return _SAYS[Standing(self.standing)].format(day=day)


_SAYS: Mapping[Standing, str] = {
    Standing.PROVEN: "有送达凭证，自{day}起算。",
    Standing.UNPROVEN: "没有凭证，送达日期没有得到证明，自登录之日{day}起算。",
    Standing.DOUBTED: "送达后很久才登录，经信访部门负责人核实之前，自登录之日{day}起算。",
    Standing.CONFIRMED: "送达日期已经核实，自送达之日{day}起算；核实后仍为信访人保留提出申请的时间。",
    Standing.REFUSED: "送达日期没有得到认可，自登录之日{day}起算。",
    Standing.SHOWN: "登录时没有凭证、事后补交的，自{day}起算；补交凭证不缩短信访人的期限。",
    Standing.CORRECTED: "送达日期登录有误，已经更正，期限自{day}起算；更正不缩短信访人的期限。",
    Standing.UNKNOWN: "以前登录的送达，凭证不详，按当时登录的{day}起算。",
}
