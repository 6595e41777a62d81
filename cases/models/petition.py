"""信访件: one arrival, and the people as they were registered at it."""

from typing import cast

from django.db import models
from django.utils import timezone

from binzhou_xinfang.records.crypto import EncryptedTextField
from binzhou_xinfang.records.keys import NameDigestField
from binzhou_xinfang.records.masking import mask_name
from binzhou_xinfang.records.words import KeptField, KeptTextField
from cases.entries.declaration import Nature, Pick, Row, entered
from cases.models.external_numbers import SET_APART
from cases.vocabulary import Channel, IdKind, Occupation, PartyRole, Sex, Source


class Petitioner(models.Model):
    """信访人, as registered at one arrival: a later visit with a new address never alters an older file.

    The same person is found again by `id_digest` and `phone_digest`, and somebody of the same name by `name_key`.
    """

    name = entered(
        EncryptedTextField("姓名（名称）", max_length=100),
        Row.PERSON, nature=Nature.NAME, required=False, on_receipt=True,
    )  # fmt: skip
    name_key = NameDigestField(of="name", max_length=32, db_index=True)
    id_number = entered(EncryptedTextField("证件号码", blank=True), Row.IDENTITY, nature=Nature.ID_NUMBER, longest=40)
    id_kind = entered(
        models.CharField("证件类型", max_length=10, choices=IdKind, default=IdKind.NONE, blank=True),
        Row.IDENTITY, initial=IdKind.RESIDENT, joins="id_number", is_label=True,
    )  # fmt: skip
    id_digest = models.BinaryField(max_length=32, null=True, editable=False)
    is_id_verified = entered(models.BooleanField("证件已核验", default=False), None, label="已核验", joins="id_number")
    phone = entered(EncryptedTextField("手机号码", blank=True), Row.PERSON, nature=Nature.PHONE, longest=30)
    phone_digest = models.BinaryField(max_length=32, null=True, editable=False)
    landline = entered(EncryptedTextField("固定电话", blank=True), Row.MORE_PERSON, nature=Nature.PHONE, longest=30)
    email = entered(EncryptedTextField("电子邮件", blank=True), Row.MORE_PERSON, nature=Nature.EMAIL)
    sex = entered(models.CharField("性别", max_length=10, choices=Sex, default=Sex.UNKNOWN, blank=True), Row.PERSON)
    born_on = entered(models.DateField("出生日期", null=True, blank=True), Row.PERSON, nature=Nature.BIRTHDAY)
    ethnicity = entered(models.CharField("民族", max_length=20, blank=True), Row.MORE_PERSON)
    political_status = entered(
        models.CharField("政治面貌", max_length=20, blank=True),
        Row.MORE_PERSON,
        examples=("群众", "中共党员", "共青团员"),
    )
    occupation = entered(models.CharField("职业", max_length=20, choices=Occupation, blank=True), Row.MORE_PERSON)
    address_region = entered(
        models.ForeignKey(
            "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="住址所在地"
        ),
        Row.HOME, pick=Pick.PLACE, joins="address",
    )  # fmt: skip
    address = entered(
        EncryptedTextField("住址", blank=True), Row.HOME, nature=Nature.ADDRESS, form_label="详细住址", longest=200
    )
    address_digest = models.BinaryField(max_length=32, null=True, editable=False)
    employer = entered(
        EncryptedTextField("工作单位", max_length=100, blank=True),
        Row.MORE_PERSON, nature=Nature.EMPLOYER, examples=("滨州市第二棉纺厂", "博远机械有限公司", "彭李街道办事处"),
    )  # fmt: skip
    household_region = entered(
        EncryptedTextField("户籍地", max_length=100, blank=True), Row.MORE_PERSON, nature=Nature.ADDRESS
    )
    residence_region = entered(
        EncryptedTextField("常住地", max_length=100, blank=True),
        Row.MORE_PERSON, nature=Nature.ADDRESS, examples=("山东省滨州市滨城区", "山东省滨州市博兴县"),
    )  # fmt: skip
    is_anonymous = entered(models.BooleanField("匿名", default=False), Row.WHO, joins="name")
    is_organisation = entered(models.BooleanField("法人或其他组织", default=False), Row.WHO, joins="name")
    wants_secrecy = entered(
        models.BooleanField("要求保密", default=False), Row.MORE_PERSON, joins="name", is_warning=True
    )
    consents_to_publication = entered(models.BooleanField("同意公开", default=False), Row.MORE_PERSON, joins="name")
    is_key_person = entered(models.BooleanField("重点人员", default=False), Row.MORE_PERSON, joins="name")

    class Meta:
        verbose_name = verbose_name_plural = "信访人"
        indexes = [
            models.Index(fields=["id_digest"], name="petitioner_by_id"),
            models.Index(fields=["phone_digest"], name="petitioner_by_phone"),
        ]

    def __str__(self) -> str:
        return cast("str", self.name)

    @property
    def masked_name(self) -> str:
        """The name as who need not know the person reads it; an organisation is no person."""
        return self.name if self.is_organisation else mask_name(self.name)


class Petition(models.Model):
    """信访件: one letter, visit, message or call. Its matter (信访事项) can have several."""

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="petitions", verbose_name="信访事项")
    number = models.CharField("信访件编号", max_length=40, unique=True)
    query_code = EncryptedTextField("查询码")
    query_digest = models.BinaryField(max_length=32, unique=True, editable=False)
    channel = entered(
        models.CharField("信访形式", max_length=20, choices=Channel),
        Row.COMING, initial=Channel.VISIT, apart=True, on_receipt=True,
    )  # fmt: skip
    source = entered(
        models.CharField("信访来源", max_length=20, choices=Source, default=Source.OWN),
        Row.MORE_ARRIVAL, initial=Source.OWN,
    )  # fmt: skip
    external_id = entered(
        models.CharField("外部编号", max_length=60, blank=True), Row.MORE_ARRIVAL, nature=Nature.NUMBER, on_receipt=True
    )
    addressed_to = entered(
        KeptField("受信人", max_length=60, blank=True), Row.MORE_ARRIVAL, nature=Nature.TEXT, on_receipt=True
    )
    arrived_on = entered(
        models.DateField("信访日期"), Row.COMING, initial=timezone.localdate, apart=True, on_receipt=True
    )
    postmarked_on = entered(models.DateField("邮戳日期", null=True, blank=True), Row.MORE_ARRIVAL, on_receipt=True)
    registered_at = models.DateTimeField("登记时间")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="登记机构")
    window = entered(KeptField("接待窗口", max_length=40, blank=True), Row.MORE_ARRIVAL, apart=True)
    registrar = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    lead = models.ForeignKey(Petitioner, models.PROTECT, related_name="petitions", verbose_name="信访人")
    people = entered(
        models.PositiveIntegerField("信访人数", default=1),
        Row.COMING, required=True, initial=1, most=9999, unit="人", apart=True, on_receipt=True,
    )  # fmt: skip
    is_group = models.BooleanField("集体访", default=False)
    affected_people = entered(
        models.PositiveIntegerField("涉及人数", null=True, blank=True),
        Row.COMING, most=9_999_999, unit="人", examples=(12, 30, 86, 150),
    )  # fmt: skip
    content = entered(
        KeptTextField("投诉内容"), Row.CONTENT, nature=Nature.TEXT, shortest=5, longest=20_000, apart=True
    )
    is_repeat = models.BooleanField("重复件", default=False)
    # Of a report of wrongdoing: its outside number is nobody else's business. The database writes it.
    is_apart = models.BooleanField("外部编号不与他件比对", default=False, db_default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "信访件"
        constraints = [
            models.CheckConstraint(condition=models.Q(people__gte=1), name="petition_has_somebody"),
            models.UniqueConstraint(
                fields=["channel", "external_id"],
                condition=~models.Q(external_id="") & models.Q(is_apart=False),
                name="one_petition_per_external_number",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="petition_of_window"),
            models.Index(fields=["external_id"], condition=models.Q(is_apart=True), name="petition_apart"),
        ]
        triggers = [SET_APART]

    def __str__(self) -> str:
        return self.number

    @property
    def unit_name(self) -> str:
        """The name that the unit had when it took the arrival in: a receipt printed again keeps it."""
        return self.unit.name_on(self.arrived_on)


class Companion(models.Model):
    """A representative, agent or co-signer at one arrival."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="companions")
    petitioner = models.ForeignKey(Petitioner, models.PROTECT, related_name="+")
    role = models.CharField("身份", max_length=20, choices=PartyRole)
    relation = KeptField("与信访人关系", max_length=40, blank=True)
    has_authorisation = models.BooleanField("有授权委托书", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "同行人员"
        constraints = [models.UniqueConstraint(fields=["petition", "petitioner"], name="companion_once_per_petition")]

    @property
    def said(self) -> str:
        """The relation of an agent to the petitioner, and by what he acts; "" for anybody else."""
        if self.role != PartyRole.AGENT:
            return cast("str", self.relation)
        by = "有授权委托书" if self.has_authorisation else "没有授权委托书"
        return "，".join(filter(None, (self.relation, by)))
