"""Users, and the posts that they hold at units."""

from collections.abc import Collection
from datetime import date
from functools import cached_property

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Value
from django.utils import timezone

from binzhou_xinfang.accounts.models.unit import Unit, in_force
from binzhou_xinfang.accounts.roles import KEEPERS, Role
from binzhou_xinfang.append_only import is_kept


class User(AbstractUser):
    """A person who signs in. What the person may do hangs on a post, never on the account."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=50)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    must_change_password = models.BooleanField(
        "须改密码", default=False, help_text="密码由他人设定时勾选：下次登录先改密码"
    )

    password_set_at = models.DateTimeField("密码设置时间", default=timezone.now)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class FormerPassword(models.Model):
    """The hash of a password of before, which its owner does not take again for a while."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords", verbose_name="用户")
    password = models.CharField("散列", max_length=128)
    until = models.DateTimeField("更换时间")

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"

    def __str__(self) -> str:
        return f"{self.user} {self.until}"


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, on: date) -> "PostQuerySet":
        """Select the posts held on the day by people who may still sign in, the oldest first; a unit's posts end with
        it."""
        unit_stands = Q(unit__valid_to=None) | Q(unit__valid_to__gte=on)
        held = self.filter(unit_stands, in_force(on, begins="from_on", ends="to_on"), user__is_active=True)
        return held.order_by("from_on", "pk")

    def with_user_units(self, on: date) -> "PostQuerySet":
        """Read with each post where else its user holds one on the day (`Post.user_units`)."""
        own = Post.objects.held(on).filter(user=OuterRef("user")).order_by().values("unit")
        return self.annotate(units_of_user=ArraySubquery(own))


def _point(expression: models.expressions.Combinable) -> Func:
    # A number as a range of one: ranges can stand in an exclusion constraint without the btree_gist extension.
    return Func(expression, expression, Value("[]"), function="int8range")


_KEEPERS = ", ".join(f"'{role}'" for role in sorted(KEEPERS))


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
        triggers = [
            # A post is ended, never deleted: who held what stays to be seen.
            is_kept(),
            # 三员: whoever writes posts, by whatever door, nobody is two of them at a time.
            pgtrigger.Trigger(
                name="keepers_exclude_each_other",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("user_id", "role", "from_on", "to_on"),  # type: ignore[no-untyped-call]
                func=f"""
                    IF NEW.role IN ({_KEEPERS}) AND EXISTS (
                        SELECT FROM accounts_post other
                        WHERE other.user_id = NEW.user_id AND other.role IN ({_KEEPERS}) AND other.role <> NEW.role
                        AND daterange(other.from_on, other.to_on, '[]') && daterange(NEW.from_on, NEW.to_on, '[]')
                    ) THEN
                        RAISE EXCEPTION 'one person cannot be % beside another keeper', NEW.role
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'keepers_exclude_each_other';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.label}"

    @cached_property
    def user_units(self) -> Collection[int]:
        """The units at which the user holds a post today, this one's among them: one person may sit at two desks. One
        query, unless the posts were read together."""
        if (read := self.__dict__.get("units_of_user")) is not None:
            return set(read)
        return set(Post.objects.held(timezone.localdate()).filter(user=self.user_id).values_list("unit", flat=True))

    @property
    def label(self) -> str:
        """The post as the frame names it: 滨州市信访局 · 窗口接待."""
        return f"{self.unit.name} · {Role(self.role).label}"
