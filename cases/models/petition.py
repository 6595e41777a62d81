"""信访件: one arrival, and the people as they were registered at it."""

from django.db import models

from binzhou_xinfang.records.crypto import EncryptedTextField
from cases.vocabulary import Channel, IdKind, Occupation, PartyRole, Sex, Source


class Petitioner(models.Model):
    """信访人, as registered at one arrival: a later visit with a new address never alters an older file.

    The same person is found again by `id_digest` and `phone_digest`.
    """

    name = models.CharField("姓名（名称）", max_length=100, db_index=True)
    is_organisation = models.BooleanField("法人或其他组织", default=False)
    id_kind = models.CharField("证件类型", max_length=10, choices=IdKind, default=IdKind.NONE, blank=True)
    id_number = EncryptedTextField("证件号码", blank=True)
    id_digest = models.BinaryField(max_length=32, null=True, editable=False)
    is_id_verified = models.BooleanField("证件已核验", default=False)
    sex = models.CharField("性别", max_length=10, choices=Sex, default=Sex.UNKNOWN, blank=True)
    born_on = models.DateField("出生日期", null=True, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    political_status = models.CharField("政治面貌", max_length=20, blank=True)
    occupation = models.CharField("职业", max_length=20, choices=Occupation, blank=True)
    employer = models.CharField("工作单位", max_length=100, blank=True)
    phone = EncryptedTextField("手机号码", blank=True)
    phone_digest = models.BinaryField(max_length=32, null=True, editable=False)
    landline = EncryptedTextField("固定电话", blank=True)
    email = EncryptedTextField("电子邮件", blank=True)
    address = EncryptedTextField("住址", blank=True)
    address_digest = models.BinaryField(max_length=32, null=True, editable=False)
    address_region = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="住址所在地"
    )
    household_region = models.CharField("户籍地", max_length=100, blank=True)
    residence_region = models.CharField("常住地", max_length=100, blank=True)
    is_anonymous = models.BooleanField("匿名", default=False)
    wants_secrecy = models.BooleanField("要求保密", default=False)
    consents_to_publication = models.BooleanField("同意公开", default=False)
    is_key_person = models.BooleanField("重点人员", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "信访人"
        indexes = [
            models.Index(fields=["id_digest"], name="petitioner_by_id"),
            models.Index(fields=["phone_digest"], name="petitioner_by_phone"),
        ]

    def __str__(self) -> str:
        return self.name


class Petition(models.Model):
    """信访件: one letter, visit, message or call. Its matter (信访事项) can have several."""

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="petitions", verbose_name="信访事项")
    number = models.CharField("信访件编号", max_length=40, unique=True)
    query_code = EncryptedTextField("查询码")
    query_digest = models.BinaryField(max_length=32, unique=True, editable=False)
    channel = models.CharField("信访形式", max_length=20, choices=Channel)
    source = models.CharField("信访来源", max_length=20, choices=Source, default=Source.OWN)
    external_id = models.CharField("外部编号", max_length=60, blank=True)
    addressed_to = models.CharField("受信人", max_length=60, blank=True)
    postmarked_on = models.DateField("邮戳日期", null=True, blank=True)
    arrived_on = models.DateField("信访日期")
    registered_at = models.DateTimeField("登记时间")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="登记机构")
    registrar = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    lead = models.ForeignKey(Petitioner, models.PROTECT, related_name="petitions", verbose_name="信访人")
    people = models.PositiveIntegerField("信访人数", default=1)
    is_group = models.BooleanField("集体访", default=False)
    affected_people = models.PositiveIntegerField("涉及人数", null=True, blank=True)
    content = models.TextField("投诉内容")
    is_repeat = models.BooleanField("重复件", default=False)
    window = models.CharField("接待窗口", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "信访件"
        constraints = [
            models.CheckConstraint(condition=models.Q(people__gte=1), name="petition_has_somebody"),
            models.UniqueConstraint(
                fields=["channel", "external_id"],
                condition=~models.Q(external_id=""),
                name="one_petition_per_external_number",
            ),
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="petition_of_window")]

    def __str__(self) -> str:
        return self.number


class Companion(models.Model):
    """A representative, agent or co-signer at one arrival."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="companions")
    petitioner = models.ForeignKey(Petitioner, models.PROTECT, related_name="+")
    role = models.CharField("身份", max_length=20, choices=PartyRole)
    relation = models.CharField("与信访人关系", max_length=40, blank=True)
    has_authorisation = models.BooleanField("有授权委托书", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "同行人员"
        constraints = [models.UniqueConstraint(fields=["petition", "petitioner"], name="companion_once_per_petition")]
