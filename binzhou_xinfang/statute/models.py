"""Tables of the office's calendar entries and settings, and the calendar and rulebook in force by them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from binzhou_xinfang.append_only import AppendOnly
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.statute.calendar import DayKind, DayMark, WorkCalendar
from binzhou_xinfang.statute.overlay import Norm
from binzhou_xinfang.statute.parameters import PARAMETERS, Key
from binzhou_xinfang.statute.rulebook import Entry, Regime, Rulebook
from binzhou_xinfang.statute.rules import Period, Rule
from binzhou_xinfang.statute.setting_types import Value
from binzhou_xinfang.statute.wording import weekday


class Holiday(models.Model):
    """One day of a State Council notice that the built-in calendar lacks or has wrong. It wins over the built-in day.

    The year counts as published when every yearly festival has a day off, or when `whole_said_at` of one of its days
    says that its notice was entered whole, and by whom.
    """

    day = models.DateField("日期", unique=True)
    kind = models.CharField("安排", max_length=4, choices=DayKind.choices)
    name = models.CharField("节日", max_length=20, blank=True, help_text="放假的必须填写，例如：春节")
    source = models.CharField("依据", max_length=60, blank=True, help_text="放假安排通知的文号")
    whole_said_at = models.DateTimeField("确认全年录入完整的时间", null=True, editable=False)
    whole_said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="确认人"
    )

    class Meta:
        verbose_name = "节假日安排"
        verbose_name_plural = "节假日安排"
        ordering = ("day",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="holiday_kind_known"),
            models.CheckConstraint(condition=~Q(kind=DayKind.OFF, name=""), name="day_off_has_a_name"),
        )

    def __str__(self) -> str:
        return f"{self.day}({weekday(self.day)}) {self.name}{DayKind(self.kind).label}"

    def clean(self) -> None:
        """Require a name for a day off, which explains it."""
        if self.kind == DayKind.OFF and not self.name.strip():
            raise ValidationError({"name": "放假的日子请填写节日名称。"})


_entries = Prepared(lambda: Holiday.objects.order_by("day").values_list("day", "kind", "name", "whole_said_at"))


def current_calendar() -> WorkCalendar:
    """Read the calendar in force. One query; take it once for an act or a page and hand it on.

    The entries are read each time: a few dozen short rows a year, and the built-in years are not among them. So a
    change counts at once in every process, however it was made, and a transaction sees its own changes until it rolls
    them back.
    """
    rows = _entries()
    marks = {day: DayMark(DayKind(kind), name) for day, kind, name, _ in rows}
    return WorkCalendar(marks, whole={day.year for day, *_, said_at in rows if said_at is not None})


class SettingChange(AppendOnly):
    """One change of one setting, by whom and why. Nothing is overwritten: a later change counts from its own day on.

    `value` is the JSON of what `parameters.PARAMETERS[key].shape` takes.
    """

    key = models.CharField("参数", max_length=60)
    value = models.JSONField("设定值")
    effective_from = models.DateField("生效日期")
    reason = models.CharField("理由", max_length=200)
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="设定人")
    by_post = models.CharField("岗位", max_length=120)
    at = models.DateTimeField("设定时间")

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = "期限与参数的设定"
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="setting_has_a_reason"),)

    def __str__(self) -> str:
        return f"{self.label} {self.said}（{self.effective_from}起）"

    @property
    def label(self) -> str:
        """The name of the setting; one of former times keeps its key."""
        parameter = PARAMETERS.get(self.key)
        return parameter.label if parameter else self.key

    @property
    def said(self) -> str:
        """The value in words."""
        parameter = PARAMETERS.get(self.key)
        return parameter.shape.say(_plain(self.value)) if parameter else str(self.value)


_changes = Prepared(lambda: SettingChange.objects.order_by("pk").values_list("key", "effective_from", "value"))


def current_rulebook() -> Rulebook:
    """Read all settings of the office. One query; take it once for an act or a page and hand it on.

    As with `current_calendar` a change counts at once, and a transaction sees its own.
    """
    # A key that the table no longer has (an older version's) is kept in the history and counts for nothing.
    return Rulebook(Entry(key, since, _plain(value)) for key, since, value in _changes() if key in PARAMETERS)


class Kept:
    """The rulebook as this process read it last, and on which day; `regimes`: what it says of single days."""

    read_on: date | None = None
    book = Rulebook()
    regimes: ClassVar[dict[date, Regime]] = {}


def settled(on: date | None = None) -> Regime:
    """Read the settings that are kept (`Parameter.is_kept`) as they are in force on a day (None: today).

    One query a day in each process: such a setting counts from the day after it was written at the earliest, so that
    whatever is in force today could be read this morning. Numbers and masks are asked for by the row: 33 % of
    本地区在办 第1页 (`python -m tests.bench.plain`).
    """
    today = timezone.localdate()
    if Kept.read_on is None or Kept.read_on < today:
        Kept.book, Kept.regimes = current_rulebook(), {}
        Kept.read_on = today
    day = on or today
    if day not in Kept.regimes:
        Kept.regimes[day] = Kept.book.on(day)
    return Kept.regimes[day]


def periods_on(day: date) -> Mapping[Rule, Period]:
    """Read the rules as a clock follows them that starts on `day`."""
    return current_rulebook().on(day).periods


def parameter(key: Key, *, on: date) -> Value:
    """Read one setting as it is in force on a day."""
    return current_rulebook().on(on).value(key)


def is_in_force(what: Rule | Norm, *, on: date) -> bool:
    """Check that the rule binds on a day: Shandong's rows only while the office applies them."""
    return current_rulebook().on(on).is_in_force(what)


def _plain(value: Any) -> Value:
    """Bring a value to the form in which JSON gives it back, fit to be compared."""
    plain: Value = tuple(value) if isinstance(value, list) else value
    return plain
