"""Units as a tree with dates, users, the posts they hold, and the tokens of programs."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Length
from django.utils import timezone

from binzhou_xinfang.accounts.roles import RIGHTS, Right, Role


class UnitKind(models.TextChoices):
    """What a unit is; an area is a place that has units, not an office."""

    AREA = "area", "地区"
    PETITION_OFFICE = "petition-office", "信访部门"
    DEPARTMENT = "department", "工作部门"
    DISCIPLINE = "discipline", "纪检监察机关"
    REVIEW = "review", "复查复核机构"
    TOWNSHIP = "township", "乡镇街道"
    JUDICIAL = "judicial", "政法机关"
    ORGANISATION = "organisation", "群团企事业单位"


# The apps an administrator keeps in the admin site; matters and what acts leave behind are not among them.
KEPT_APPS = frozenset({"accounts", "axes", "statute"})
PLACES = frozenset({UnitKind.AREA, UnitKind.TOWNSHIP})


def in_force(on: date, *, begins: str, ends: str) -> Q:
    """Rows that hold on a day; both ends are included, an empty end is open."""
    return (Q(**{f"{begins}__isnull": True}) | Q(**{f"{begins}__lte": on})) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": on})
    )


def path_below(parent: "Unit | None", code: str) -> str:
    """The path of a unit: the codes from the root down to it, each ended by a slash."""
    return f"{parent.path if parent else ''}{code}/"


class UnitQuerySet(models.QuerySet["Unit"]):
    def current(self, on: date) -> "UnitQuerySet":
        """Units that exist on the day."""
        return self.filter(in_force(on, begins="valid_from", ends="valid_to"))

    def under(self, unit: "Unit") -> "UnitQuerySet":
        """The unit itself and everything below it; a unit that was moved away is not followed."""
        return self.filter(path__startswith=unit.path)

    def rolled_up(self) -> dict[int, int]:
        """For each of these units its own id → the id of the unit that carries its figures today."""
        onward = dict(Unit.objects.exclude(moved_to=None).values_list("pk", "moved_to_id"))
        return {pk: _last(pk, onward) for pk in self.values_list("pk", flat=True)}


def _last(pk: int, onward: Mapping[int, int | None]) -> int:
    while (following := onward.get(pk)) is not None:
        pk = following
    return pk


class Unit(models.Model):
    """A place or an office. A re-organisation closes it and names the unit that follows; the old name stays."""

    code = models.CharField(
        "代码",
        max_length=32,
        unique=True,
        validators=[RegexValidator(r"^[0-9A-Za-z-]+$", "代码只能用字母、数字和连字符")],
    )
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=40)
    kind = models.CharField("类别", max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    # Unique, so Django adds the varchar_pattern_ops index that `under` reads by prefix.
    path = models.CharField("路径", max_length=255, unique=True, editable=False)
    letter_mark = models.CharField("发文代字", max_length=20, blank=True)
    region_code = models.CharField("行政区划代码", max_length=12, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_to = models.DateField("撤销前最后一日", null=True, blank=True)
    moved_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", verbose_name="职能并入"
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "机构"
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter_mark"], condition=~Q(letter_mark=""), name="unit_letter_mark_unique"
            ),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9A-Za-z-]+$"), name="unit_code_plain"),
            models.CheckConstraint(
                condition=Q(path__endswith=Concat(F("code"), Value("/"))), name="unit_path_ends_with_its_code"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message="撤销日期不能早于设立日期",
            ),
            models.CheckConstraint(
                condition=Q(moved_to=None) | Q(valid_to__isnull=False),
                name="unit_moved_is_closed",
                violation_error_message="填写了职能并入的机构，请同时填写撤销前最后一日",
            ),
        ]
        triggers = [
            # A circle would make figures roll for ever, and paths have no root.
            pgtrigger.Trigger(
                name="unit_stands_in_no_circle",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("moved_to_id", "parent_id"),  # type: ignore[no-untyped-call]
                func="""
                    IF EXISTS (
                        WITH RECURSIVE onward AS (
                            SELECT NEW.moved_to_id AS id
                            UNION SELECT unit.moved_to_id FROM accounts_unit unit JOIN onward ON unit.id = onward.id
                        ) SELECT FROM onward WHERE id = NEW.id
                    ) OR EXISTS (
                        WITH RECURSIVE upward AS (
                            SELECT NEW.parent_id AS id
                            UNION SELECT unit.parent_id FROM accounts_unit unit JOIN upward ON unit.id = upward.id
                        ) SELECT FROM upward WHERE id = NEW.id
                    ) THEN
                        RAISE EXCEPTION 'unit % stands in a circle', NEW.code
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_stands_in_no_circle';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a superior or a successor that would close a circle."""
        if self.pk and self.parent and self.parent.path.startswith(self.path):
            raise ValidationError({"parent": "上级不能是本机构或其下级"})
        following = self.moved_to
        while following is not None and following != self:
            following = following.moved_to
        if following is not None:
            raise ValidationError({"moved_to": "职能并入的机构又并回了本机构，请改选"})

    @cached_property
    def area(self) -> "Unit":
        """The nearest place (area, township or street) at or above; the root when there is none."""
        if self.kind in PLACES:
            return self
        if self.parent is not None and self.parent.kind in PLACES:
            return self.parent
        above = Unit.objects.filter(code__in=self.path.split("/"))
        place = above.filter(kind__in=PLACES).order_by(Length("path").desc()).first()
        return place or above.order_by(Length("path")).first() or self


def final_unit(unit: Unit) -> Unit:
    """The unit that carries this one's figures today: the end of its chain of `moved_to` (itself if none)."""
    while unit.moved_to is not None:
        unit = unit.moved_to
    return unit


class User(AbstractUser):
    """A person who signs in. What the person may do hangs on a post, never on the account."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=50)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    must_change_password = models.BooleanField(
        "须改密码", default=False, help_text="密码由他人设定时勾选：下次登录先改密码"
    )

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def keeps_system(self) -> bool:
        """Whether the person holds an administrator's post today (the admin site asks which one is in use)."""
        keepers = RIGHTS[Right.MANAGE_USERS]
        return Post.objects.held(timezone.localdate()).filter(user=self.pk, role__in=keepers).exists()

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Django's permissions serve the admin site alone; there an administrator keeps what `KEPT_APPS` names."""
        return self.has_module_perms(perm.partition(".")[0])

    def has_module_perms(self, app_label: str) -> bool:
        if not self.is_active:
            return False
        return self.is_superuser or (app_label in KEPT_APPS and self.keeps_system)

    def get_short_name(self) -> str:
        return self.name


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, on: date) -> "PostQuerySet":
        """Posts held on the day, by people who may still sign in; the oldest first."""
        return self.filter(in_force(on, begins="from_on", ends="to_on"), user__is_active=True).order_by("from_on", "pk")


def _point(expression: models.expressions.Combinable) -> Func:
    # A number as a range of one: ranges can stand in an exclusion constraint without the btree_gist extension.
    return Func(expression, expression, Value("[]"), function="int8range")


class Post(models.Model):
    """A role at a unit, from a day to a day. An act is done by a post."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name="用户")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="机构")
    role = models.CharField("角色", max_length=20, choices=Role)
    from_on = models.DateField("任职之日")
    to_on = models.DateField("任职最后一日", null=True, blank=True)
    reads_sealed = models.BooleanField(
        "可阅检举控告", default=False, help_text="指定阅办检举控告的人员（条例第三十条）"
    )

    is_deputy = models.BooleanField(
        "分管负责人", default=False, help_text="单位负责人中的分管领导：一般意见由其签发，重大的由主要领导签发"
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="post_role_known"),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="post_ends_after_it_begins",
                violation_error_message="任职最后一日不能早于任职之日",
            ),
            ExclusionConstraint(
                name="post_held_once_at_a_time",
                expressions=[
                    (_point(F("user")), RangeOperators.OVERLAPS),
                    (_point(F("unit")), RangeOperators.OVERLAPS),
                    (_point(Func(F("role"), Value(0), function="hashtextextended")), RangeOperators.OVERLAPS),
                    (Func(F("from_on"), F("to_on"), Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="此人在该机构的同一角色在这段时间内已有岗位",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.label}"

    @property
    def label(self) -> str:
        """How the frame names the post: 滨州市信访局 · 窗口接待."""
        return f"{self.unit.name} · {Role(self.role).label}"


class ApiToken(models.Model):
    """A program's way in for a user; of the token itself only the SHA-256 is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name="用户")
    post = models.ForeignKey(
        Post, models.CASCADE, null=True, blank=True, related_name="tokens", verbose_name="限定岗位"
    )
    name = models.CharField("用途", max_length=60)
    digest = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("签发时间")
    expires_at = models.DateTimeField("失效时间")
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_expires_after_it_was_made"),
        ]

    def __str__(self) -> str:
        return self.name
