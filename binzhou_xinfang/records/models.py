"""Counters, stored files, the log of look-ups, the ledger of the house and the daily anchors."""

from django.db import models
from django.db.models.fields.json import KeyTextTransform

from binzhou_xinfang.accounts.models import Unit, User
from binzhou_xinfang.append_only import AppendOnly, Unchanging
from binzhou_xinfang.records.acts import access_acts
from binzhou_xinfang.records.event_kinds import EventKinds
from binzhou_xinfang.records.events import ChainedEvent, one_event_per_place
from binzhou_xinfang.records.words import KeptTextField


class Counter(models.Model):
    """The last number that was taken under a name; only `counters.take` writes here."""

    name = models.CharField(max_length=120, primary_key=True)
    value = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class StoredFile(AppendOnly):
    """The content of an uploaded file, kept once under its SHA-256; its name belongs to the attachment that uses it."""

    unchanging = Unchanging(moment="created_at")
    sha256 = models.CharField("内容摘要", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("字节数")
    content_type = models.CharField("类型", max_length=100)
    created_at = models.DateTimeField("存入时间", auto_now_add=True)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = "文件"

    def __str__(self) -> str:
        return self.sha256[:12]


class AccessLog(AppendOnly):
    """A line of the log: somebody looked at, took out or tried to reach what is not open to all."""

    unchanging = Unchanging(moment="at", once_plain=("reason",))
    at = models.DateTimeField("时间", db_index=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="用户")
    post_label = models.CharField("岗位", max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="机构")
    act = models.CharField("行为", max_length=30, choices=access_acts)
    subject = models.CharField("对象", max_length=200)
    ip = models.GenericIPAddressField("来源地址", null=True)
    reason = KeptTextField("事由", blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = "查阅日志"
        indexes = [models.Index(fields=["subject", "at"], name="access_by_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.subject}"


class Ledger(models.Model):
    """The book of the house, a single row: the lock under which the next event is written."""

    name = models.CharField("名称", max_length=20, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "维护台账"

    def __str__(self) -> str:
        return self.name


# Kinds of events of the house: declared beside the acts (`records.ledger.declare`).
HOUSE_EVENTS = EventKinds()


class HouseEvent(ChainedEvent):
    """One change of what keeps the house: units, people, posts, powers, lists, calendar, settings, templates.

    `detail["of"]` names what was changed (`unit:12`), `detail["people"]` whom it concerns.
    """

    chain_field = "ledger"
    kinds = HOUSE_EVENTS
    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="events", verbose_name="维护台账")
    # Acts of the house are no words of a matter, and the auditor looks for them by what they are about.
    detail = models.JSONField("内容", default=dict)

    class Meta(ChainedEvent.Meta):
        verbose_name = verbose_name_plural = "维护记录"
        constraints = [one_event_per_place("ledger")]
        indexes = [
            models.Index(KeyTextTransform("of", "detail"), "seq", name="house_event_of"),
            models.Index(fields=["actor", "seq"], name="house_event_by"),
        ]


class Anchor(AppendOnly):
    """One closed day over every chained table: how many events it brought, their hash, and how long each chain was;
    and over every other table that only grows the hash of its `Seal`.

    `tables` is {model label: {"count": n, "hash": hex}}, `ends` {model label: {chain key: last seq of the day}}. Of a
    table that was sealed it has "last" and "columns" as well.
    """

    unchanging = Unchanging(is_proof=True)
    day = models.DateField("日期", unique=True)
    tables = models.JSONField("各表")
    ends = models.JSONField("各链末端")
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField("封存时间")

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = "每日封存"

    def __str__(self) -> str:
        return f"{self.day} {self.hash[:12]}"


class Seal(AppendOnly):
    """Keys and marks of the rows of one table that came until a day was closed (`records.proof`)."""

    unchanging = Unchanging(is_proof=True)
    day = models.DateField("日期")
    table = models.CharField("表", max_length=100)
    last = models.BigIntegerField("最后一行")
    rows = models.BinaryField("各行")

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = "逐行封存"
        constraints = [models.UniqueConstraint(fields=["table", "day"], name="one_seal_of_a_table_and_day")]

    def __str__(self) -> str:
        return f"{self.table} {self.day}"
