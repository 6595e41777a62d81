"""三项建议 of a year and their figures: issued, adopted, partly, not, unanswered in time (条例第四十一条第三项)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from binzhou_xinfang.accounts.models import Post
from supervision.figures.figure import Figure, Item, Period, Reach, Rows
from supervision.models import AT_UNIT, PROPOSALS, Adoption, Answer, Measure, Stage, SupervisionCase
from supervision.queries import proposals

Found = QuerySet[SupervisionCase]


def of_year(post: Post, year: int) -> Found:
    """Select the proposals that went out in the year, within what the post sees; what is not out yet counts as brought
    up.

    Never of what is 检举控告 by now: the figures go into a report.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    return _within(proposals(post), Period(first, last, last))


def _within(rows: Found, period: Period) -> Found:
    since, until = period.moments
    brought_up = Q(issued_on=None, opened_at__gte=since, opened_at__lt=until)
    within = Q(issued_on__range=period.days) | brought_up
    return rows.filter(within, measure__in=PROPOSALS, case__is_sealed=False).exclude(stage=Stage.DROPPED)


def _adopted(adoption: Adoption) -> Q:
    """Build the condition that the last answer not sent back has one of these adoptions."""
    answers = Answer.objects.filter(supervision=OuterRef("pk"), adoption=adoption).exclude(is_accepted=False)
    return Q(Exists(answers))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its slug, its name, its definition in words, and which proposals it counts."""

    slug: str
    label: str
    counts: str
    where: Q


def figures(today: date) -> tuple[Column, ...]:
    """List the columns, in the order of the road."""
    return (
        Column("preparing", "拟制中", "已提出、尚未发出的", Q(issued_on=None)),
        Column("issued", "已发出", "已发出的", Q(issued_on__isnull=False)),
        Column("adopted", "采纳", "最近一次未被退回的反馈为采纳的", _adopted(Adoption.ADOPTED)),
        Column("partly", "部分采纳", "最近一次未被退回的反馈为部分采纳的", _adopted(Adoption.PARTLY)),
        Column("refused", "未采纳", "最近一次未被退回的反馈为未采纳的", _adopted(Adoption.REFUSED)),
        Column("waiting", "待反馈", "已发出、尚未反馈的，含已逾期的", Q(stage__in=AT_UNIT)),
        Column(
            "late", "逾期未反馈", "已发出、反馈期限已届满而尚未反馈的",
            Q(stage__in=AT_UNIT, clock__legal_on__lt=today),
        ),
        Column("verified", "已核实", "反馈经审核通过的", Q(stage=Stage.SETTLED)),
    )  # fmt: skip


def of_figure(rows: Found, slug: str, today: date) -> Found:
    """Select those that a figure counts; all of them for an unknown slug."""
    return next((rows.filter(figure.where) for figure in figures(today) if figure.slug == slug), rows)


def figures_of_year(post: Post, year: int, today: date) -> list[tuple[Measure, list[tuple[Column, int]]]]:
    """Count one row a kind of proposal, in one query a figure."""
    base, columns = of_year(post, year), figures(today)
    counted = [_by_measure(base.filter(figure.where)) for figure in columns]
    return [
        (measure, [(figure, numbers.get(measure, 0)) for figure, numbers in zip(columns, counted, strict=True)])
        for measure in PROPOSALS
    ]


def _by_measure(rows: Found) -> dict[str, int]:
    return dict(rows.order_by().values_list("measure").annotate(number=Count("pk", distinct=True)))


def _rows(slug: str) -> Callable[[Reach, Period], tuple[Rows, ...]]:
    return lambda reach, period: (Rows(of_figure(_within(reach.supervisions, period), slug, period.on), "unit"),)


ADOPTIONS: Mapping[str, Figure] = MappingProxyType(
    {
        f"proposals-{each.slug}": Figure(
            slug=f"proposals-{each.slug}", label=f"三项建议：{each.label}", item=Item.SUPERVISION, unit="件",
            counts=f"改进工作、完善政策、追究责任建议中{each.counts}", month="发出日期；尚未发出的，为提出日期",
            source="《信访工作条例》第四十条、第四十一条第三项", rows=_rows(each.slug),
        )
        for each in figures(date.min)
    }
)  # fmt: skip
