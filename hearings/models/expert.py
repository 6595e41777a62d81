"""听证专家: a person of the pool, with certificates and declared interests."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from binzhou_xinfang.append_only import is_kept
from binzhou_xinfang.records.crypto import EncryptedJSONField, EncryptedTextField
from binzhou_xinfang.records.event_fields import KEPT, EventField, chosen, day, lines
from binzhou_xinfang.records.event_kinds import EventKinds
from binzhou_xinfang.records.events import ChainedEvent, one_event_per_place
from binzhou_xinfang.records.masking import mask_phone


class ExpertKind(models.TextChoices):
    """Kinds of members of a hearing (《山东省信访条例》第三十九条、鲁政办发〔2006〕31号)."""

    PEOPLE_DEPUTY = "people-deputy", "人大代表"
    CONSULTATIVE = "consultative", "政协委员"
    EXPERT = "expert", "专家"
    SCHOLAR = "scholar", "学者"
    LAWYER = "lawyer", "法律工作者"
    NOTABLE = "notable", "社会知名人士"
    # Of 访调对接, and no member of a hearing.
    MEDIATOR = "mediator", "人民调解员"


class Speciality(models.TextChoices):
    """Fields in which an expert is at home."""

    LAW = "law", "法律"
    LAND = "land", "土地征收与房屋拆迁"
    HOUSING = "housing", "住房与城乡建设"
    LABOUR = "labour", "劳动与社会保障"
    FINANCE = "finance", "财政与金融"
    EDUCATION = "education", "教育"
    HEALTH = "health", "医疗卫生"
    ENVIRONMENT = "environment", "生态环境"
    FARMING = "farming", "农业农村"
    TRAFFIC = "traffic", "交通运输"
    CIVIL = "civil", "民政与退役军人"
    PSYCHOLOGY = "psychology", "心理"
    OTHER = "other", "其他"


class ExpertState(models.TextChoices):
    LISTED = "listed", "在库"
    ENDED = "ended", "已出库"


class Expert(models.Model):
    """A person of the pool, kept by a petition office.

    `former`: [organisation, last day] of earlier workplaces; `interests`: organisations with which there is a declared
    interest; `relatives`: names of relatives and others whose matters the person must keep out of, read by the rule of
    the draw alone and shown on no page.
    """

    office = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="管理单位")
    name = models.CharField("姓名", max_length=40)
    kind = models.CharField("身份", max_length=20, choices=ExpertKind)
    specialities = models.JSONField("专业领域", default=list)
    region = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="所在地区")
    organisation = models.CharField("工作单位", max_length=100)
    title = models.CharField("职务、职称", max_length=60, blank=True)
    former = models.JSONField("曾任职单位", default=list)
    interests = models.JSONField("有利害关系的单位", default=list)
    relatives = EncryptedJSONField("亲属和利害关系人", default=list)
    phone = EncryptedTextField("联系电话", max_length=30, blank=True)
    term_from = models.DateField("聘期起")
    term_to = models.DateField("聘期止")
    state = models.CharField("状态", max_length=10, choices=ExpertState, default=ExpertState.LISTED)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "听证专家"
        constraints = [
            models.CheckConstraint(condition=Q(term_to__gte=F("term_from")), name="expert_term_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["office", "name", "organisation"], condition=Q(state="listed"), name="expert_listed_once"
            ),
        ]
        triggers = [is_kept()]

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"

    @property
    def code(self) -> str:
        """The sign under which the person stands in a draw: ZJ0012."""
        return f"ZJ{self.pk or 0:04d}"

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    @property
    def fields_said(self) -> str:
        """The fields in words."""
        words = dict(Speciality.choices)
        return "、".join(str(words.get(code, code)) for code in self.specialities)

    def serves_on(self, on: date) -> bool:
        """Check that the day lies in the term."""
        return self.term_from <= on <= self.term_to


class Certificate(models.Model):
    """A certificate of an expert; `valid_to` None: without an end; `withdrawn_on`: entered wrongly, or taken away."""

    expert = models.ForeignKey(Expert, models.PROTECT, related_name="certificates", verbose_name="专家")
    name = models.CharField("证书名称", max_length=60)
    number = models.CharField("证书编号", max_length=60)
    valid_to = models.DateField("有效期至", null=True, blank=True)
    withdrawn_on = models.DateField("注销日期", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "专家证书"
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "number"], condition=Q(withdrawn_on=None), name="certificate_number_once"
            )
        ]
        triggers = [is_kept()]

    def __str__(self) -> str:
        until = f"有效期至{self.valid_to:%Y年%-m月%-d日}" if self.valid_to else "长期有效"
        return f"{self.name}（{self.number}，{until}）"

    def holds_on(self, on: date) -> bool:
        """Check that it is valid on the day."""
        is_withdrawn = self.withdrawn_on is not None and self.withdrawn_on <= on
        return not is_withdrawn and (self.valid_to is None or on <= self.valid_to)


_TOLD = {
    "name": EventField("姓名："), "kind": EventField("身份：", chosen(ExpertKind)),
    "specialities": EventField("专业领域：", chosen(Speciality)), "region": EventField("所在地区："),
    "organisation": EventField("工作单位："), "title": EventField("职务、职称："),
    "former": EventField("曾任职单位：", lines), "interests": EventField("有利害关系的单位：", lines),
    "term_from": EventField("聘期起：", day), "term_to": EventField("聘期止：", day),
    # Names of relatives and the telephone stand in no event.
    "changed": EventField("改动的项目：", lines), "reason": EventField("理由："),
}  # fmt: skip
_PAPER = {
    "certificate": EventField("证书："), "number": EventField("编号："), "valid_to": EventField("有效期至：", day),
    "reason": EventField("理由："), "key": KEPT,
}  # fmt: skip
KINDS = EventKinds()
for _name, _label, _fields in (
    ("list", "入库", _TOLD), ("correct", "更正", _TOLD), ("renew", "续聘", _TOLD), ("certify", "登记证书", _PAPER),
    ("decertify", "注销证书", _PAPER), ("end", "出库", {"reason": EventField("理由：")}),
    ("restore", "重新入库", _TOLD),
):  # fmt: skip
    KINDS.declare(_name, _label, _fields)


class ExpertEvent(ChainedEvent):
    """An act on a person of the pool, with its post; hash-chained within the person."""

    chain_field = "expert"
    kinds = KINDS
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="events")

    class Meta(ChainedEvent.Meta):
        constraints = [one_event_per_place("expert")]
        verbose_name = verbose_name_plural = "专家库记录"
