"""抽取听证员: the frozen pool, the promised seed, and who was drawn."""

from django.db import models
from django.db.models import Q

from binzhou_xinfang.append_only import Unchanging, is_kept, stays
from binzhou_xinfang.records.crypto import EncryptedJSONField, EncryptedTextField
from binzhou_xinfang.records.event_fields import KEPT, EventField, chosen, day, lines
from binzhou_xinfang.records.event_kinds import EventKinds
from binzhou_xinfang.records.events import ChainedEvent, one_event_per_place
from binzhou_xinfang.records.words import KeptField
from hearings.models.expert import Expert, Speciality


class DrawState(models.TextChoices):
    COMMITTED = "committed", "已封存待抽取"
    DRAWN = "drawn", "已抽取"
    DISCARDED = "discarded", "已作废"


_PROMISED = ("case_id", "unit_id", "number", "hearing_on", "pool", "left_out", "pool_sha256", "seed_sha256")
# What was promised never changes; who was ranked never changes once the draw was made. The seed itself may be
# encrypted anew, and answers for itself by its hash.
_KEEPS = stays(
    "keeps_its_promise",
    " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in _PROMISED)
    + " OR (OLD.state = 'discarded' AND NEW.state <> 'discarded')"
    " OR (OLD.state <> 'committed' AND (OLD.ranking IS DISTINCT FROM NEW.ranking"
    " OR OLD.word IS DISTINCT FROM NEW.word))",
)


class Draw(models.Model):
    """A draw of members for a hearing of one matter.

    `pool`: the codes from which is drawn; `left_out`: [code, [reasons]] of all others; both are frozen, and the hash of
    the pool and of the seed are made known, before the seed is. `parties` and `party_units`: named beside those that
    the matter knows. `word`: said by those who were there when it was drawn. `ranking`: all codes of the pool in the
    order that `pool.drawing` reckons; the first `number` are members, the next stand in. What was promised and drawn is
    in its chain, too; one that was discarded never changes any more.
    """

    unchanging = Unchanging(final=Q(state="discarded"))

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="draws", verbose_name="信访事项")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="组织单位")
    number = models.PositiveSmallIntegerField("听证员人数")
    hearing_on = models.DateField("拟定听证日期")
    specialities = models.JSONField("专业领域", default=list)
    region = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name="专家所在地区"
    )
    needs_certificate = models.BooleanField("须持有效证书", default=False)
    parties = EncryptedJSONField("其他当事人", default=list)
    party_units = models.JSONField("其他当事单位", default=list)
    pool = models.JSONField("候选名单")
    left_out = models.JSONField("未列入候选的专家", default=list)
    pool_sha256 = models.CharField("候选名单校验值", max_length=64)
    seed = EncryptedTextField("种子")
    seed_sha256 = models.CharField("种子校验值", max_length=64)
    word = models.CharField("现场数字", max_length=40, blank=True)
    ranking = models.JSONField("排序", default=list)
    state = models.CharField("状态", max_length=10, choices=DrawState, default=DrawState.COMMITTED)
    committed_at = models.DateTimeField("封存时间")
    drawn_at = models.DateTimeField("抽取时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "抽取听证员"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="drawn") | Q(drawn_at__isnull=False), name="draw_made_has_its_moment"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state="committed"), name="draw_open_once_a_matter"),
        ]
        triggers = [_KEEPS, is_kept()]

    def __str__(self) -> str:
        return f"{self.case.number} 第{self.pk}号抽取"

    @property
    def is_drawn(self) -> bool:
        return self.state == DrawState.DRAWN

    @property
    def standing(self) -> "list[Member]":
        """The members who were drawn and have not withdrawn, in the order of the draw."""
        return [member for member in self.members.all() if member.withdrawn_at is None]


class Member(models.Model):
    """A person drawn, at a place of the ranking; `replaces`: whose place it is, where somebody withdrew."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="members", verbose_name="抽取")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="seats", verbose_name="专家")
    place = models.PositiveSmallIntegerField("排序")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="替换")
    withdrawn_at = models.DateTimeField("退出时间", null=True)
    reason = KeptField("退出理由", max_length=200, blank=True)

    class Meta:
        ordering = ["draw", "place"]
        verbose_name = verbose_name_plural = "抽取的听证员"
        constraints = [
            models.UniqueConstraint(fields=["draw", "place"], name="member_place_once"),
            models.UniqueConstraint(fields=["draw", "expert"], name="member_once_a_draw"),
        ]
        triggers = [is_kept()]

    def __str__(self) -> str:
        return str(self.expert)


KINDS = EventKinds()
KINDS.declare("commit", "封存候选名单", {
    "hearing_on": EventField("拟定听证日期：", day), "number": EventField("听证员人数："),
    "specialities": EventField("专业领域：", chosen(Speciality)), "region": EventField("专家所在地区："),
    "size": EventField("候选人数："), "pool_sha256": EventField("候选名单校验值："),
    "seed_sha256": EventField("种子校验值："), "pool": KEPT, "left_out": KEPT,
})  # fmt: skip
KINDS.declare("draw", "公开抽取", {
    "word": EventField("现场数字："), "seed": EventField("种子："),
    "members": EventField("抽中：", lines), "ranking": KEPT,
})  # fmt: skip
KINDS.declare("replace", "递补", {
    "leaves": EventField("退出："), "reason": EventField("理由："), "follows": EventField("递补：")
})  # fmt: skip
KINDS.declare("discard", "作废", {"reason": EventField("理由：")})


class DrawEvent(ChainedEvent):
    """An act on a draw, with its post; hash-chained within it."""

    chain_field = "draw"
    kinds = KINDS
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="events")

    class Meta(ChainedEvent.Meta):
        constraints = [one_event_per_place("draw")]
        verbose_name = verbose_name_plural = "抽取记录"
