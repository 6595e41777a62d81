"""Figures of deadlines and 督办: what is late or soon due today, and what a 通报 tells of a period.

Late duties and late matters are two figures: a matter of which three duties are late is one late matter.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.db.models import Q, QuerySet

from binzhou_xinfang.reading import among
from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.models import Deadline, DeadlineQuerySet, Evaluation, Verdict
from supervision.figures.figure import TODAY, Figure, Item, Period, Reach, Rows
from supervision.models import Family, Measure, SupervisionCase
from supervision.queries import DUTIES, late_now, soon_now

# The clocks by which 督办 is answered have a figure of their own.
FEEDBACK = (Rule.LETTER_FEEDBACK.value, Rule.RECTIFICATION.value)
# What the office set for its own order is nobody's arrears before others.
_OTHERS = tuple(
    rule
    for rule in DUTIES
    if rule not in (*FEEDBACK, Rule.PROPOSAL_FEEDBACK.value) and not PERIODS[Rule(rule)].is_internal
)
Counting = Callable[[Reach, Period], tuple[Rows, ...]]


def _now(duties: Callable[[Any], DeadlineQuerySet], key: str = "pk") -> Counting:
    def rows(reach: Reach, period: Period) -> tuple[Rows, ...]:
        return (Rows(duties(period.on).filter(_of_seen(duties(period.on), reach)), "unit", key, "legal_on"),)

    return rows


def _of_seen(duties: DeadlineQuerySet, reach: Reach) -> Q:
    # Duties that are due are few beside all matters.
    return Q(case__in=reach.watched.filter(among("pk", duties.order_by().values("case"))).values("pk"))


def _missed(rules: Iterable[str]) -> Counting:
    """Count the duties whose legal day lies in the period and has passed without their having been done."""

    def rows(reach: Reach, period: Period) -> tuple[Rows, ...]:
        late = Deadline.objects.late(period.on).filter(rule__in=rules, legal_on__range=period.days)
        return (Rows(late.filter(case__in=reach.cases.values("pk")), "unit", day="legal_on"),)

    return rows


def _supervisions(measure: Measure, reach: Reach, **where: Any) -> QuerySet[SupervisionCase]:
    return reach.supervisions.filter(measure=measure, case__in=reach.cases.values("pk"), **where)


def _issued(measure: Measure) -> Counting:
    def rows(reach: Reach, period: Period) -> tuple[Rows, ...]:
        return (Rows(_supervisions(measure, reach, issued_on__range=period.days), "unit", day="issued_on"),)

    return rows


def _on_board(reach: Reach, period: Period) -> tuple[Rows, ...]:
    since, _ = period.moments
    listed = _supervisions(Measure.LISTING, reach, issued_on__lte=period.until)
    return (Rows(listed.filter(Q(settled_at=None) | Q(settled_at__gte=since)), "unit", "case", "issued_on"),)


def _unsatisfied(reach: Reach, period: Period) -> tuple[Rows, ...]:
    said = Evaluation.objects.filter(verdict=Verdict.UNSATISFIED, given_on__range=period.days)
    return (Rows(said.filter(case__in=reach.cases.values("pk")), "unit", day="given_on"),)


# Families of measures by what an office does with them.
DONE: Mapping[Family, str] = MappingProxyType({Family.LETTER: "发出", Family.WAY: "开展", Family.LISTING: "列入"})


def slug_of(measure: Measure) -> str:
    """Name the figure of a measure."""
    return "letters" if measure is Measure.SUPERVISION else f"issued-{measure.value}"


def _of_measure(measure: Measure) -> Figure:
    done = DONE[measure.family]
    return Figure(
        slug=slug_of(measure), label=str(measure.label), item=Item.SUPERVISION, unit="件",
        counts=f"统计期内{done}的{measure.label}", month=f"{done}日期", source="《信访工作条例》第三十八条至第四十条",
        rows=_issued(measure),
    )  # fmt: skip


_ALL = (
    Figure(
        slug="overdue-duties", label="逾期未完成期限", item=Item.DUTY, unit="项",
        counts="法定期限已届满、至今没有完成的义务，一件事项有几项逾期的计几项；信访人的权利期限和中止的不计",
        month=TODAY, source="《信访工作条例》第三十八条；期限各按其依据", rows=_now(late_now),
    ),
    Figure(
        slug="overdue-matters", label="逾期未完成事项", item=Item.MATTER, unit="件",
        counts="有逾期未完成期限的事项，一件事项有几项逾期的只计一件",
        month=TODAY, source="《信访工作条例》第三十八条；期限各按其依据", rows=_now(late_now, "case"),
    ),
    Figure(
        slug="soon-duties", label="三日内到期期限", item=Item.DUTY, unit="项",
        counts="今天起三日内法定期限届满、还没有完成的义务",
        month=TODAY, source="《信访工作条例》第三十八条；期限各按其依据", rows=_now(soon_now),
    ),
    Figure(
        slug="late", label="期内逾期期限", item=Item.DUTY, unit="项",
        counts="期限届满日在统计期内而没有按期完成的义务，事后补办的仍计；督办反馈和内部期限不计",
        month="期限的法定届满日", source="《信访工作条例》第三十九条第一款", rows=_missed(_OTHERS),
    ),
    Figure(
        slug="unanswered", label="督办逾期反馈", item=Item.DUTY, unit="项",
        counts="督办反馈、整改期限在统计期内届满而没有按期反馈的，事后反馈的仍计",
        month="反馈期限的届满日", source="《信访工作条例》第三十八条", rows=_missed(FEEDBACK),
    ),
    Figure(
        slug="listed", label="挂牌事项", item=Item.MATTER, unit="件",
        counts="统计期内曾挂牌督办的事项", month="挂牌至摘牌的期间",
        source="《信访工作条例》第三十九条第三款", rows=_on_board,
    ),
    Figure(
        slug="unsatisfied", label="群众不满意", item=Item.EVALUATION, unit="件次",
        counts="统计期内信访人评价为不满意的，信访部门、责任单位分别计", month="作出评价的日期",
        source="信访事项办理群众满意度评价办法（试行，国信发〔2022〕11号）", rows=_unsatisfied,
    ),
)  # fmt: skip
_MEASURES = tuple(_of_measure(measure) for measure in Measure if measure.family in DONE)
STANDING: Mapping[str, Figure] = MappingProxyType({figure.slug: figure for figure in (*_ALL, *_MEASURES)})
