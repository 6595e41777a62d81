"""通报 (条例第三十九条第一款、第三款): how the units of an area stand over a period, made known to all of them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from binzhou_xinfang.append_only import Unchanging, is_kept, stays
from binzhou_xinfang.letters.blocks import BLANK, head_lines, head_size
from binzhou_xinfang.records.event_fields import KEPT
from binzhou_xinfang.records.event_kinds import EventKinds
from binzhou_xinfang.records.events import ChainedEvent, canonical, one_event_per_place
from binzhou_xinfang.statute.models import settled
from binzhou_xinfang.statute.parameters import Key


class CircularStage(models.TextChoices):
    DRAFTED = "drafted", "待签发"
    ISSUED = "issued", "已印发"
    DISCARDED = "discarded", "已作废"


_UNISSUED = (CircularStage.DRAFTED.value, CircularStage.DISCARDED.value)


_STAYS_AS_ISSUED = stays("stays_as_issued", "OLD.stage = 'issued'")
_IS_KEPT = is_kept()


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in its table, beside that of the period before; None where that was not reckoned."""

    slug: str
    label: str
    count: int
    before: int | None

    @property
    def change(self) -> str:
        """The change since the period before, signed; "" where that was not reckoned or both are nothing."""
        if self.before is None or (self.count, self.before) == (0, 0):
            return ""
        return f"{self.count - self.before:+d}" if self.count != self.before else "持平"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of its table."""

    code: str
    name: str
    cells: list[Cell]


class Circular(models.Model):
    """A draft that changes until the head signs it; from then on the database itself refuses any change.

    `area`: to whose units it is known. `figures` and `items`: see `circulars.figures.Reckoned`; the numbers
    and what each of them counts. `hands`: ids of the users who have
    written in it, none of whom signs it. `version` counts the changes, so that the head signs what was read.
    """

    unchanging = Unchanging(final=Q(stage="issued"))

    office = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="印发单位")
    area = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="印发范围")
    title = models.CharField("标题", max_length=100)
    since = models.DateField("统计起始日")
    until = models.DateField("统计截止日")
    figures = models.JSONField("统计数据")
    items = models.JSONField("统计明细", default=dict, db_default={}, blank=True)
    good = models.TextField("好的做法", blank=True)
    problems = models.TextField("存在的问题", blank=True)
    demands = models.TextField("工作要求")
    stage = models.CharField("状态", max_length=10, choices=CircularStage, default=CircularStage.DRAFTED)
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="拟稿人")
    drafted_at = models.DateTimeField("拟稿时间")
    hands = models.JSONField("拟稿、修改人员", default=list)
    version = models.PositiveIntegerField("版本", default=1)
    year = models.PositiveSmallIntegerField("年份", null=True)
    serial = models.PositiveIntegerField("序号", null=True)
    number = models.CharField("文号", max_length=60, blank=True)
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="签发人")
    issued_on = models.DateField("印发日期", null=True)
    sha256 = models.CharField("校验值", max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "通报"
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="circular_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(stage__in=_UNISSUED, number="", sha256="", issued_on=None, signed_by=None)
                | (~Q(stage__in=_UNISSUED) & ~Q(number="") & ~Q(sha256="") & Q(issued_on__isnull=False)),
                name="circular_issued_has_its_number",
            ),
            models.UniqueConstraint(
                fields=["office", "year", "serial"], condition=Q(serial__isnull=False), name="circular_number_once"
            ),
        ]
        indexes = [models.Index(fields=["area", "stage", "-id"], name="circular_of_area")]
        triggers = [_STAYS_AS_ISSUED, _IS_KEPT]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def is_on_letterhead(self) -> bool:
        """True where the paper brings the mark of the organ, as the office has set it for the day of issue."""
        return bool(settled(self.issued_on).value(Key.LETTERHEAD))

    @property
    def mark(self) -> str:
        """The mark above a document that goes to all units (GB/T 9704—2012 7.2.4); a blank where the paper brings
        it."""
        return BLANK if self.is_on_letterhead else "\n".join(head_lines(f"{self.office.name}文件"))

    @property
    def mark_points(self) -> int:
        """The size of the mark."""
        return head_size(self.mark)

    @property
    def is_issued(self) -> bool:
        return self.stage == CircularStage.ISSUED

    @property
    def lines(self) -> list[Line]:
        """Its table, a line a unit; the total stands last, with the code ""."""
        total = {"code": "", "name": "合计", "counts": self.figures["total"]}
        if "total_before" in self.figures:
            total["before"] = self.figures["total_before"]
        return [self._line(row) for row in [*self.figures["rows"], total]]

    def _line(self, row: Mapping[str, Any]) -> Line:
        before = row.get("before") or [None] * len(row["counts"])
        cells = zip(self.figures["columns"], row["counts"], before, strict=True)
        return Line(
            row["code"], row["name"], [Cell(column["slug"], column["label"], *numbers) for column, *numbers in cells]
        )

    @property
    def before(self) -> tuple[date, date] | None:
        """The days of the period that stands beside its own; None in one that was reckoned without."""
        told = self.figures.get("before")
        return (date.fromisoformat(told["since"]), date.fromisoformat(told["until"])) if told else None

    def keys(self, code: str, slug: str) -> list[int]:
        """Gather the keys of what a figure counts, of one unit or (code "") of all."""
        units = [code] if code else list(self.items)
        return sorted({key for unit in units for key in self.items.get(unit, {}).get(slug, [])})

    @property
    def chapters(self) -> list[tuple[str, list[str]]]:
        """The text after the figures, by its paragraphs, under numbered headings."""
        written = [("好的做法", self.good), ("存在的问题", self.problems), ("工作要求", self.demands)]
        given = [(heading, text.split("\n")) for heading, text in written if text]
        return [
            (f"{number}、{heading}", [line.strip() for line in lines if line.strip()])
            for number, (heading, lines) in zip("二三四", given, strict=False)
        ]

    @property
    def reckoned_on(self) -> date:
        return date.fromisoformat(self.figures["on"])

    @property
    def content(self) -> dict[str, Any]:
        """All that the paper says."""
        return {
            "number": self.number, "office": self.office.name, "title": self.title, "since": self.since.isoformat(),
            "until": self.until.isoformat(), "figures": self.figures, "good": self.good, "problems": self.problems,
            "demands": self.demands, "issued_on": self.issued_on.isoformat() if self.issued_on else "",
        }  # fmt: skip

    def content_sha256(self) -> str:
        """Compute the hash that the issued paper must carry if nothing in it was changed."""
        return hashlib.sha256(canonical(self.content).encode()).hexdigest()


# What its events tell stands on the circular itself; they keep what it said then.
KINDS = EventKinds()
_KEPT = {"title": KEPT, "since": KEPT, "until": KEPT}
for _name, _label in (("drafted", "拟稿"), ("revised", "修改"), ("recomputed", "重新汇总"), ("discarded", "作废")):
    KINDS.declare(_name, _label, _KEPT)
KINDS.declare("signed", "签发", {**_KEPT, "number": KEPT, "sha256": KEPT})


class CircularEvent(ChainedEvent):
    """An act on a circular, with its post; hash-chained within it."""

    chain_field = "circular"
    kinds = KINDS
    circular = models.ForeignKey(Circular, models.PROTECT, related_name="events")

    class Meta(ChainedEvent.Meta):
        verbose_name = verbose_name_plural = "通报经过"
        constraints = [one_event_per_place("circular")]

    @property
    def word(self) -> str:
        return KINDS[self.kind].label
