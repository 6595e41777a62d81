"""Declaration of a figure: its words for people, the rows that it counts, and the reach and days that it is told of."""

from calendar import monthrange
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, TypeAlias

from django.db.models import Exists, Model, Q, QuerySet, TextChoices
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit
from cases.models import Deadline, Evaluation, Petition, PetitionCase
from supervision.models import SupervisionCase

Condition: TypeAlias = Q | Exists
# What decides the month of a figure that tells of the moment.
TODAY = "查看的当天"
MODES: Mapping[str, str] = MappingProxyType({"legal": "顺延后届满日（法定）", "strict": "不顺延届满日（考核）"})


class Item(TextChoices):
    """Kinds of things that a figure counts, one line of its list each."""

    MATTER = "matter", "信访事项"
    ARRIVAL = "arrival", "信访件"
    DUTY = "duty", "期限"
    EVALUATION = "evaluation", "满意度评价"
    SUPERVISION = "supervision", "督办件"

    @property
    def model(self) -> type[Model]:
        return _MODELS[self]


_MODELS: Mapping[Item, type[Model]] = MappingProxyType(
    {
        Item.MATTER: PetitionCase,
        Item.ARRIVAL: Petition,
        Item.DUTY: Deadline,
        Item.EVALUATION: Evaluation,
        Item.SUPERVISION: SupervisionCase,
    }
)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `since` to `until`, both included, as they are known on the day `on`. `mode`: the last day of a
    clock that counts, legal or strict."""

    since: date
    until: date
    on: date
    mode: str = "legal"

    @classmethod
    def of_month(cls, day: date, *, on: date, mode: str = "legal") -> "Period":
        """Build the month in which the day lies."""
        return cls(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]), on, mode)

    @classmethod
    def of_year(cls, year: int, *, on: date) -> "Period":
        """Build the year, or of the present one the days up to `on`."""
        return cls(date(year, 1, 1), min(date(year, 12, 31), on), on)

    @property
    def days(self) -> tuple[date, date]:
        return self.since, self.until

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The span from its first moment up to, and without, the first one after it."""
        first, after = (datetime.combine(day, time()) for day in (self.since, self.until + timedelta(days=1)))
        return timezone.make_aware(first), timezone.make_aware(after)

    @property
    def is_of_months(self) -> bool:
        """True for whole months of the calendar."""
        return self.since.day == 1 and (self.until + timedelta(days=1)).day == 1

    @property
    def before(self) -> "Period":
        """The span before it, known on the same day: as many whole months, else as many days."""
        last = self.since - timedelta(days=1)
        if not self.is_of_months:
            return replace(self, since=last - (self.until - self.since), until=last)
        months = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month + 1
        return replace(self, since=months_back(self.since, months), until=last)

    @property
    def year_before(self) -> "Period":
        """The same days a year earlier (同比)."""
        return replace(self, since=_year_back(self.since), until=_year_back(self.until))

    def earlier(self, by: timedelta) -> "Period":
        return replace(self, since=self.since - by, until=self.until - by)

    def last_months(self, number: int) -> "Period":
        """Build the span of so many whole months that ends with its last one."""
        return replace(self, since=months_back(self.until.replace(day=1), number - 1))


def _year_back(day: date) -> date:
    last = monthrange(day.year - 1, day.month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return day.replace(year=day.year - 1, day=last if is_last else min(day.day, last))


def months_back(first: date, number: int) -> date:
    """Find the first day of the month that lies so many months before."""
    place = first.year * 12 + first.month - 1 - number
    return date(place // 12, place % 12 + 1, 1)


def of_anybody(path: str) -> Q:
    """Narrow to no unit: whatever unit it is told of, or none."""
    return Q()


def of_nobody(path: str) -> Q:
    """Narrow to what is told of no unit yet."""
    return Q(**{f"{path}__isnull": True})


def of_units(units: "QuerySet[Unit, Any] | Collection[int]") -> Callable[[str], Q]:
    """Narrow to what is told of these units."""
    return lambda path: Q(**{f"{path}__in": units})


@dataclass(frozen=True, slots=True)
class Reach:
    """The matters and 督办件 within which figures are counted, none of them 检举控告, and the units of which they are
    told (`of`: the condition on the path to a unit). `watched`: the matters whose running duties are counted, with the
    检举控告 that the reader is named for."""

    cases: QuerySet[PetitionCase]
    watched: QuerySet[PetitionCase]
    supervisions: QuerySet[SupervisionCase]
    of: Callable[[str], Q] = of_anybody


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that a figure counts, within its reach and period.

    `key`: the path to what is counted once; `unit`: to the unit of which it is told; `day`: the column by which it
    falls into a month. `good`: those that are counted above the line, of a rate; `is_open`: those below it that are
    neither done nor due (未到期), never one that is good.
    """

    rows: QuerySet[Any]
    unit: str
    key: str = "pk"
    day: str = ""
    good: Condition | None = None
    is_open: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: one word, one definition.

    `slug` is its name in addresses and in the API; `label` its word on every page and paper; `unit` what one of it is
    called (件, 项, 批次, 人次). `counts`: what is counted, of a rate above the line; `base`: below the line, "" of what
    is no rate. `month`: what decides the month (or the days) in which an item counts. `source`: the article or paper
    of the formula. `rows` gives what it counts; more than one only where nothing stands in two of them. `sums`: the
    column of an item that is added up instead of counting items. `has_due`: told by what is due first, then whole.
    """

    slug: str
    label: str
    item: Item
    unit: str
    counts: str
    month: str
    source: str
    rows: Callable[[Reach, Period], tuple[Rows, ...]]
    base: str = ""
    sums: str = ""
    has_due: bool = False

    @property
    def is_rate(self) -> bool:
        return bool(self.base)

    @property
    def is_of_today(self) -> bool:
        """True for what is told of the moment, whatever month is asked for."""
        return self.month == TODAY

    @property
    def formula(self) -> str:
        """Its formula in words, as pages, tooltips and papers tell it."""
        return f"{self.counts} ÷ {self.base}" if self.base else self.counts


@dataclass(frozen=True, slots=True)
class Value:
    """A figure's number: `counted` below the line, `good` above it, `pending` of the counted not due yet (未到期).

    Of what is no rate, `counted` is the number.
    """

    counted: int = 0
    good: int = 0
    pending: int = 0

    def __add__(self, other: "Value") -> "Value":
        return Value(self.counted + other.counted, self.good + other.good, self.pending + other.pending)

    @property
    def due(self) -> int:
        """The denominator of 已到期口径: done, or with its last day behind."""
        return self.counted - self.pending

    @property
    def missing(self) -> int:
        """Those that are due and not good."""
        return self.due - self.good

    @property
    def percent(self) -> str:
        """The rate by 已到期口径; nothing over nothing is no rate."""
        return share(self.good, self.due)

    @property
    def whole_percent(self) -> str:
        """The rate by 全月口径."""
        return share(self.good, self.counted)


def share(part: int, whole: int) -> str:
    """Word a share in percent."""
    return f"{100 * part / whole:.1f}%" if whole else "—"
