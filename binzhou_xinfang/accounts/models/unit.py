"""Units as a tree with dates."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Length

from binzhou_xinfang.hooks import Hook
from binzhou_xinfang.offers import WordsField


class UnitKind(models.TextChoices):
    """Kinds of units; an area is a place that has units, not an office."""

    AREA = "area", "地区"
    PARTY = "party", "党委"
    GOVERNMENT = "government", "政府"
    PETITION_OFFICE = "petition-office", "信访部门"
    DEPARTMENT = "department", "工作部门"
    VERTICAL = "vertical", "垂直管理机关"
    DISCIPLINE = "discipline", "纪检监察机关"
    REVIEW = "review", "复查复核机构"
    TOWNSHIP = "township", "乡镇街道"
    JUDICIAL = "judicial", "政法机关"
    ORGANISATION = "organisation", "群团企事业单位"


# What a unit still has in hand, as a phrase; "" for nothing. Asked before its end is written down.
STILL_HOLDS: "Hook[[Unit], str]" = Hook("accounts.STILL_HOLDS")

# 条例第二十三条第四款: they tell petitioners by rules of their own, not by the days of the 条例.
OWN_RULES = frozenset({UnitKind.DISCIPLINE, UnitKind.JUDICIAL})
PLACES = frozenset({UnitKind.AREA, UnitKind.TOWNSHIP})


def in_force(on: date, *, begins: str, ends: str) -> Q:
    """Select rows that hold on a day; both ends are included, an empty end is open."""
    return (Q(**{f"{begins}__isnull": True}) | Q(**{f"{begins}__lte": on})) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": on})
    )


def path_below(parent: "Unit | None", code: str) -> str:
    """Compose the path of a unit: the codes from the root down to it, each ended by a slash."""
    return f"{parent.path if parent else ''}{code}/"


class UnitQuerySet(models.QuerySet["Unit"]):
    def current(self, on: date) -> "UnitQuerySet":
        """Select the units that exist on the day."""
        return self.filter(in_force(on, begins="valid_from", ends="valid_to"))

    def under(self, unit: "Unit") -> "UnitQuerySet":
        """Select the unit itself and everything below it; a unit that was moved away is not followed."""
        return self.filter(path__startswith=unit.path)

    def rolled_up(self) -> dict[int, int]:
        """Map the id of each of these units to the id of the unit that carries its figures today."""
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
    aliases = models.CharField(
        "俗称", max_length=200, blank=True, help_text="查找时也能用的叫法，用顿号分开，例如：住建局、房管局"
    )
    words = WordsField(of=("name", "short_name", "aliases"))
    kind = models.CharField("类别", max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    # Beside the government of its place; of a branch its superior is enough (`accounts.hierarchy`).
    guided_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="guides", verbose_name="上级主管机关",
        help_text="例如县级部门填写市级主管部门，与本级政府同为复查复核的上一级机关；党委部门填写本级党委、垂直管理机关填写上级主管机关，政府不是其上一级",
    )  # fmt: skip
    # Unique, so Django adds the varchar_pattern_ops index that `under` reads by prefix.
    path = models.CharField("路径", max_length=255, unique=True, editable=False)
    letter_mark = models.CharField("发文代字", max_length=20, blank=True)
    region_code = models.CharField("行政区划代码", max_length=12, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    # The names of before, the oldest first: [name, short name, last day]. Papers of a day keep the name of that day.
    former_names = models.JSONField("曾用名", default=list, blank=True, editable=False)
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

    def exists_on(self, on: date) -> bool:
        """Check that the unit exists on the day, its first and its last day included."""
        return (self.valid_from is None or self.valid_from <= on) and not self.has_ended(on)

    def has_ended(self, on: date) -> bool:
        return self.valid_to is not None and self.valid_to < on

    def going_on(self, on: date) -> "Unit":
        """Find who goes on with its powers on the day: itself, or after its end the last of its successors."""
        return final_unit(self) if self.has_ended(on) else self

    def name_on(self, on: date) -> str:
        """Name the unit as a paper of the day does: by its name of then; one that is no more is 原…."""
        name = self._former(on, 0) or self.name
        return f"原{name}" if self.has_ended(on) else name

    def short_name_on(self, on: date) -> str:
        """Name the unit shortly by its name of the day."""
        return self._former(on, 1) or self._former(on, 0) or self.short_name or self.name

    def _former(self, on: date, place: int) -> str:
        """Read the name (0) or the short name (1) that it had on the day; "" when it is the one of now."""
        return next((names[place] for names in self.former_names if on.isoformat() <= names[2]), "")

    def clean(self) -> None:
        """Refuse a superior or a successor that would close a circle, and the end of a unit that has work in hand."""
        if self.valid_to is not None and (held := self.held_at_its_end()):
            raise ValidationError({"valid_to": held})
        if self.pk and self.parent and self.parent.path.startswith(self.path):
            raise ValidationError({"parent": "上级不能是本机构或其下级"})
        following = self.moved_to
        while following is not None and following != self:
            following = following.moved_to
        if following is not None:
            raise ValidationError({"moved_to": "职能并入的机构又并回了本机构，请改选"})

    def held_at_its_end(self) -> str:
        """Word why the unit cannot be ended by a date alone; "" when it holds nothing, or has been ended before."""
        if not Unit.objects.filter(pk=self.pk, valid_to=None).exists():
            return ""
        held = [words for words in STILL_HOLDS(self) if words]
        if not held:
            return ""
        return (
            f"{self.name}还有{'、'.join(held)}。机构撤销、合并、分立，由信访部门负责人在“承接移交”中一并办理"
            "（条例第二十四条第二款），最后一日随移交登记；这里不单独填写。"
        )

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

    @property
    def has_own_rules(self) -> bool:
        """True for 政法 and 纪检监察, whom the days of the 条例 do not bind (第二十三条第四款)."""
        return self.kind in OWN_RULES

    @cached_property
    def lineage(self) -> frozenset[int]:
        """The keys of the unit itself and of all units above it."""
        keys, unit = {self.pk}, self
        # The path says how many there are: the last of them is not read to learn that nothing stands above it.
        while len(keys) < self.path.count("/") and unit.parent_id is not None:
            keys.add(unit.parent_id)
            if len(keys) < self.path.count("/") and unit.parent is not None:
                unit = unit.parent
        return frozenset(keys)


def final_unit(unit: Unit) -> Unit:
    """Find the unit that carries this one's figures today: the end of its chain of `moved_to` (itself if none)."""
    while unit.moved_to is not None:
        unit = unit.moved_to
    return unit
