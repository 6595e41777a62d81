"""三项建议 of a year and their figures: issued, adopted, partly, not, unanswered in time (条例第四十一条第三项)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from binzhou_xinfang.accounts.models import Post
from supervision.models import PROPOSALS, Adoption, Answer, Measure, Stage, SupervisionCase
from supervision.queries import proposals

Found = QuerySet[SupervisionCase]


def of_year(post: Post, year: int) -> Found:
    """Select the proposals that went out in the year, within what the post sees; what is not out yet counts as brought
    up.

    Never of what is 检举控告 by now: the figures go into a report.
    """
    within = Q(issued_on__year=year) | Q(issued_on=None, opened_at__year=year)
    return proposals(post).filter(within, case__is_sealed=False).exclude(stage=Stage.DROPPED)


def _adopted(adoption: Adoption) -> Q:
    """Build the condition that the last answer not sent back has one of these adoptions."""
    answers = Answer.objects.filter(supervision=OuterRef("pk"), adoption=adoption).exclude(is_accepted=False)
    return Q(Exists(answers))


@dataclass(frozen=True, slots=True)
class Figure:
    """One column: its slug, its name, and which proposals it counts."""

    slug: str
    label: str
    where: Q


def figures(today: date) -> tuple[Figure, ...]:
    """List the columns, in the order of the road."""
    return (
        Figure("preparing", "拟制中", Q(issued_on=None)),
        Figure("issued", "已发出", Q(issued_on__isnull=False)),
        Figure("adopted", "采纳", _adopted(Adoption.ADOPTED)),
        Figure("partly", "部分采纳", _adopted(Adoption.PARTLY)),
        Figure("refused", "未采纳", _adopted(Adoption.REFUSED)),
        Figure("waiting", "待反馈", Q(stage=Stage.ISSUED)),
        Figure("late", "逾期未反馈", Q(stage=Stage.ISSUED, clock__legal_on__lt=today)),
        Figure("verified", "已核实", Q(stage=Stage.SETTLED)),
    )


def of_figure(rows: Found, slug: str, today: date) -> Found:
    """Select those that a figure counts; all of them for an unknown slug."""
    return next((rows.filter(figure.where) for figure in figures(today) if figure.slug == slug), rows)


def figures_of_year(post: Post, year: int, today: date) -> list[tuple[Measure, list[tuple[Figure, int]]]]:
    """Count one row a kind of proposal, in one query a figure."""
    base, columns = of_year(post, year), figures(today)
    counted = [_by_measure(base.filter(figure.where)) for figure in columns]
    return [
        (measure, [(figure, numbers.get(measure, 0)) for figure, numbers in zip(columns, counted, strict=True)])
        for measure in PROPOSALS
    ]


def _by_measure(rows: Found) -> dict[str, int]:
    return dict(rows.order_by().values_list("measure").annotate(number=Count("pk", distinct=True)))
