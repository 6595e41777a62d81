"""Figures of a 通报: for each unit of an area what is told of it over a period. 检举控告 is never counted.

By units, not by what the drafter may see: a circular tells of the whole area, and names no matter.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.models import Deadline, Evaluation, Petition, Verdict
from cases.states import NOT_COUNTED
from supervision.models import Measure, SupervisionCase
from supervision.queries import DUTIES

# The clocks by which 督办 is answered have a column of their own.
FEEDBACK = (Rule.LETTER_FEEDBACK.value, Rule.RECTIFICATION.value)
# What the office set for its own order is nobody's arrears before others.
_OTHERS = tuple(
    rule
    for rule in DUTIES
    if rule not in (*FEEDBACK, Rule.PROPOSAL_FEEDBACK.value) and not PERIODS[Rule(rule)].is_internal
)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `since` to `until`, both included, as they are known on the day `on`."""

    since: date
    until: date
    on: date

    @property
    def days(self) -> tuple[date, date]:
        return self.since, self.until

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The span from its first moment up to, and without, the first one after it."""
        first, after = (datetime.combine(day, time()) for day in (self.since, self.until + timedelta(days=1)))
        return timezone.make_aware(first), timezone.make_aware(after)


@dataclass(frozen=True, slots=True)
class Column:
    """One figure: the rows that are counted, and by which of their units; `what`: whatever is counted once."""

    slug: str
    label: str
    says: str
    rows: Callable[[Period], QuerySet[Any]]
    unit: str = "unit"
    what: str = "pk"


def _late(rules: Iterable[str], period: Period) -> QuerySet[Deadline]:
    """Select the duties whose legal day lies in the period and has passed without their having been done."""
    return Deadline.objects.late(period.on).filter(rule__in=rules, legal_on__range=period.days, case__is_sealed=False)


def _supervisions(measure: Measure, **where: Any) -> QuerySet[SupervisionCase]:
    return SupervisionCase.objects.filter(measure=measure, case__is_sealed=False, **where)


def _on_board(period: Period) -> QuerySet[SupervisionCase]:
    since, _ = period.moments
    listed = _supervisions(Measure.LISTING, issued_on__lte=period.until)
    return listed.filter(Q(settled_at=None) | Q(settled_at__gte=since))


def _repeated(period: Period) -> QuerySet[Petition]:
    since, until = period.moments
    earlier = Petition.objects.filter(case=OuterRef("case"), pk__lt=OuterRef("pk"))
    again = Q(is_repeat=True) | Q(case__follows__isnull=False) | Exists(earlier)
    came = Petition.objects.filter(again, registered_at__gte=since, registered_at__lt=until, case__is_sealed=False)
    return came.exclude(case__state__in=NOT_COUNTED)


def _unsatisfied(period: Period) -> QuerySet[Evaluation]:
    said = Evaluation.objects.filter(verdict=Verdict.UNSATISFIED, given_on__range=period.days)
    return said.filter(case__is_sealed=False)


COLUMNS: tuple[Column, ...] = (
    Column("late", "逾期期限", "期限届满日在统计期内而未按期完成的", lambda period: _late(_OTHERS, period)),
    Column(
        "letters", "信访督办函", "统计期内向其发出的",
        lambda period: _supervisions(Measure.SUPERVISION, issued_on__range=period.days),
    ),
    Column(
        "unanswered", "督办逾期未反馈", "反馈、整改期限在统计期内届满而未按期反馈的",
        lambda period: _late(FEEDBACK, period),
    ),
    Column("listed", "挂牌事项", "统计期内曾挂牌督办的事项", _on_board, what="case"),
    Column("repeated", "重复信访", "统计期内登记的重复信访件", _repeated, unit="case__responsible"),
    Column("unsatisfied", "群众不满意", "统计期内评价为不满意的", _unsatisfied),
)  # fmt: skip


def figures_of(area: Unit, period: Period) -> dict[str, Any]:
    """Reckon what a circular keeps: its day, its columns, a row for each unit with anything to tell, and the total
    of each.

    A unit that was dissolved has its figures at the one that follows it. One query a column, and three besides.
    """
    inside = Unit.objects.under(area)
    carried = inside.rolled_up()
    counts: dict[int, dict[str, int]] = {}
    for column in COLUMNS:
        for pk, number in _counted(column, period, inside):
            own = counts.setdefault(carried[pk], {})
            own[column.slug] = own.get(column.slug, 0) + number
    units = Unit.objects.in_bulk(counts)
    ranked = sorted(counts.items(), key=lambda one: (*_worst_first(one[1]), units[one[0]].path))
    return {
        "on": period.on.isoformat(),
        "columns": [{"slug": column.slug, "label": column.label, "says": column.says} for column in COLUMNS],
        "rows": [_row(units[pk], own) for pk, own in ranked],
        "total": [sum(own.get(column.slug, 0) for own in counts.values()) for column in COLUMNS],
    }


def _counted(column: Column, period: Period, inside: QuerySet[Unit]) -> Iterable[tuple[int, int]]:
    rows = column.rows(period).filter(**{f"{column.unit}__in": inside}).order_by()
    counts = rows.values_list(column.unit).annotate(number=Count(column.what, distinct=True))
    return [(pk, number) for pk, number in counts]


def _worst_first(own: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(-own.get(column.slug, 0) for column in COLUMNS)


def _row(unit: Unit, own: Mapping[str, int]) -> dict[str, Any]:
    return {"code": unit.code, "name": unit.name, "counts": [own.get(column.slug, 0) for column in COLUMNS]}


def is_same(kept: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Check that two reckonings tell the same, whatever their days."""
    return {**kept, "on": ""} == {**now, "on": ""}
