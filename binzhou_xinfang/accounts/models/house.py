"""Decisions about units and powers before they hold: changes for a day to come, powers that wait for a second hand."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from binzhou_xinfang.accounts.models.unit import Unit
from binzhou_xinfang.accounts.models.user import Post, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.append_only import FirmTrigger, Unchanging, is_kept, stays


class ChangeKind(models.TextChoices):
    """Changes of a unit that hold from a day on."""

    RENAME = "rename", "更名"
    MOVE = "move", "调整隶属"
    END = "end", "撤销"
    REOPEN = "reopen", "恢复"


# What a change is, which nobody alters once it is asked for: what was allowed is what is carried out.
_ASKED_FOR = (
    "unit_id", "kind", "effective_on", "name", "short_name", "parent_id", "moved_to_id", "basis", "ordered_by_id",
    "by_one_hand",
)  # fmt: skip
_IS_ALTERED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _ASKED_FOR)


class UnitChange(models.Model):
    """A unit renamed from a day to come by one hand; moved, ended or reopened by two: one asks, another decides.
    Carried out at once or by the beat on its day, or cancelled with a reason. `by_one_hand` is a name, and whatever
    was ordered while a second hand was not asked for."""

    unchanging = Unchanging(final=Q(done_at__isnull=False) | Q(cancelled_at__isnull=False))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes", verbose_name="机构")
    kind = models.CharField("情形", max_length=10, choices=ChangeKind)
    # Of an end the last day.
    effective_on = models.DateField("生效日期")
    name = models.CharField("新名称", max_length=100, blank=True)
    short_name = models.CharField("新简称", max_length=40, blank=True)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="新的上级")
    moved_to = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="职能并入")
    basis = models.CharField("依据", max_length=200)
    ordered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    ordered_post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="经办岗位")
    ordered_at = models.DateTimeField("登记时间")
    by_one_hand = models.BooleanField("由一人办理", default=False)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="审批人")
    decided_at = models.DateTimeField("审批时间", null=True)
    is_given = models.BooleanField("是否同意", null=True)
    decided_why = models.CharField("审批意见", max_length=200, blank=True)
    done_at = models.DateTimeField("执行时间", null=True)
    failed_why = models.CharField("没有执行的原因", max_length=200, blank=True)
    cancelled_at = models.DateTimeField("取消时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "机构变更计划"
        triggers = [
            stays("stays_as_asked", _IS_ALTERED),
            stays("stays_as_ended", "OLD.done_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL"),
            is_kept(),
            FirmTrigger(
                name="wants_two_hands",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.by_one_hand AND NEW.kind <> 'rename' THEN
                        RAISE EXCEPTION 'two hands: % of a unit by one hand is refused', NEW.kind;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind"], condition=Q(done_at=None, cancelled_at=None), name="one_planned_change_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None)
                | Q(by_one_hand=True)
                | Q(is_given=True, decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("ordered_by")),
                name="a_change_has_two_hands",
            ),
            models.CheckConstraint(
                condition=Q(is_given__isnull=True, decided_by=None, decided_at=None)
                | Q(is_given__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="a_change_is_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {ChangeKind(self.kind).label}"

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.cancelled_at is None

    @property
    def waits(self) -> bool:
        """True while the second hand has not decided."""
        return self.is_open and not self.by_one_hand and self.decided_at is None

    @property
    def what(self) -> str:
        """The change in words, as the second hand reads it."""
        day = f"{self.effective_on:%Y-%m-%d}"
        if self.kind == ChangeKind.RENAME:
            return f"{day}起名称改为{self.name}（{self.short_name}）"
        if self.parent is not None:
            return f"{day}起上级改为{self.parent.name}（{self.parent.get_kind_display()}）"
        merged = f"，职能并入{self.moved_to.name}" if self.moved_to else ""
        return f"最后一日{day}{merged}" if self.kind == ChangeKind.END else "恢复为现有机构"


class GrantKind(models.TextChoices):
    """Powers that nobody gives alone."""

    POST = "post", "授予岗位"
    SEALED = "sealed", "指定阅办检举控告"
    PASSWORD = "password", "由本人重设密码"
    UNLOCK = "unlock", "解除登录锁定"
    REOPEN = "reopen", "恢复账号"
    TOKEN = "token", "签发接口令牌"
    FACTOR = "factor", "重置动态口令"


class Grant(models.Model):
    """A power asked for by one hand and given or refused by another (双人授权). Of a post: unit, role and days; of what
    hangs on a post (阅办检举控告, a token): the post."""

    unchanging = Unchanging(moment="decided_at", final=Q(decided_at__isnull=False))
    kind = models.CharField("事项", max_length=10, choices=GrantKind)
    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name="用户")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name="岗位")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="机构")
    role = models.CharField("角色", max_length=20, choices=Role, blank=True)
    from_on = models.DateField("任职之日", null=True)
    to_on = models.DateField("任职最后一日", null=True)
    reads_sealed = models.BooleanField("可阅检举控告", default=False)
    is_deputy = models.BooleanField("分管负责人", default=False)
    purpose = models.CharField("用途", max_length=60, blank=True)
    days = models.PositiveSmallIntegerField("有效天数", null=True)
    reason = models.CharField("理由", max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_post = models.CharField("申请岗位", max_length=200)
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="审批人")
    decided_at = models.DateTimeField("审批时间", null=True)
    is_given = models.BooleanField("是否同意", null=True)
    decided_why = models.CharField("审批意见", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "授权申请"
        triggers = [stays("stays_as_decided", "OLD.decided_at IS NOT NULL"), is_kept()]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(is_given=False) | ~Q(decided_by=F("asked_by")),
                name="a_grant_has_two_hands",
            ),
            models.CheckConstraint(
                condition=Q(is_given__isnull=True, decided_at__isnull=True)
                | Q(is_given__isnull=False, decided_at__isnull=False),
                name="a_grant_is_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{GrantKind(self.kind).label} {self.user}"

    @property
    def waits(self) -> bool:
        return self.decided_at is None

    @property
    def what(self) -> str:
        """The power in words, as the approver reads it."""
        if self.unit is not None:
            until = f"至{self.to_on:%Y-%m-%d}" if self.to_on else "起"
            marks = "，可阅检举控告" * self.reads_sealed + "，分管负责人" * self.is_deputy
            # What a post may see hangs on where its unit stands, and two units may bear one name.
            above = f"，上级{self.unit.parent.name}" if self.unit.parent else ""
            where = f"{self.unit.name}（{self.unit.get_kind_display()}{above}）"
            return f"{where} · {Role(self.role).label}，{self.from_on:%Y-%m-%d}{until}{marks}"
        told = [self.post.label if self.post else "", self.purpose, f"{self.days}天" if self.days else ""]
        return "，".join(word for word in told if word)

    @property
    def concerns_sealed(self) -> bool:
        """True for what opens 检举控告 to somebody: the discipline body's posts, and the naming of readers."""
        return self.reads_sealed or self.kind == GrantKind.SEALED or self.role == Role.DISCIPLINE
