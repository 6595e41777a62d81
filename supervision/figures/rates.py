"""The eight rates of a month (reference §4).

Of the clocks: first-time matters by letter, visit and net, in the month in which their last day lies. 已到期口径 leaves
out what is neither done nor due yet (未到期) and stands first; 全月口径 counts it below the line.

重复信访率 counts arrivals, in the month in which each was registered: what comes again in November is a repeat of
November, and changes nothing in October.

满意率 and 参评率, of the petition offices and of the units each by itself. 已评价 in a month: the petitioner gave the
evaluation on a day of it. 超期未评价 in a month: the last day of the window lies in it, the window has ended, and the
object was never evaluated. So each matter counts once for each object: one that is evaluated in March counts there,
whatever month its window would have ended in, and a window that still runs counts nowhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from binzhou_xinfang.accounts.models import UnitKind
from binzhou_xinfang.statute.periods import Rule
from cases.models import (
    LAPSED_BEFORE_EXTENSION,
    Deadline,
    DeadlineQuerySet,
    Evaluation,
    EvaluationObject,
    Petition,
    PetitionCase,
    Verdict,
    done_in_time,
)
from cases.queries import REPEATS
from cases.vocabulary import Channel, Kind
from supervision.figures.figure import Figure, Item, Period, Reach, Rows

COUNTED = (Channel.LETTER, Channel.VISIT, Channel.WEB, Channel.MESSAGE_BOARD, Channel.LEADER_MAILBOX)
# 责任单位: accepted within 30 days of the registration.
UNIT_DAYS = timedelta(days=30)
Cases = QuerySet[PetitionCase]
# No end is put off further than the longest run of days off.
_LONGEST_ROLL = timedelta(days=31)


def _all(reach: Reach) -> Cases:
    """Leave out 涉法涉诉, which other laws decide."""
    return reach.cases.exclude(kind=Kind.LITIGATION)


def _first(reach: Reach) -> Cases:
    """Select the first-time matters by letter, visit and net."""
    return _all(reach).filter(people__range=(1, 9999), channel__in=COUNTED, follows=None)


def _ends_in(period: Period) -> Q:
    """Select clocks whose last day lies in the period, by the index of the legal day, never the earlier one."""
    near = Q(legal_on__range=(period.since, period.until + _LONGEST_ROLL))
    return near & Q(**{f"{period.mode}_on__range": period.days})


def _not_due(day: str, period: Period) -> Q:
    """Select clocks that run and whose last day has not passed; what stands still (中止) is not due either."""
    waits = Q(**{f"{day}__gte": period.on}) | Q(suspended_on__isnull=False) | Q(waits_since__lte=F(day))
    return Q(met_on=None, cancelled_on=None) & waits & ~LAPSED_BEFORE_EXTENSION


def _by_clock(rule: Rule) -> Callable[[Reach, Period], tuple[Rows, ...]]:
    def rows(reach: Reach, period: Period) -> tuple[Rows, ...]:
        day, in_time = f"{period.mode}_on", done_in_time(period.mode)
        clocks: DeadlineQuerySet = Deadline.objects.counted(period.mode).filter(rule=rule)
        # One of two clocks of a matter in a month was kept: the matter is good.
        kept = clocks.filter(in_time, case=OuterRef("case"), **{
            f"{day}__year": OuterRef(f"{day}__year"), f"{day}__month": OuterRef(f"{day}__month"),
        })  # fmt: skip
        is_open = _not_due(day, period) & ~Q(Exists(kept))
        found = clocks.filter(_ends_in(period), case__in=_first(reach).values("pk"))
        return (Rows(found, "unit", "case", day, good=in_time, is_open=is_open),)

    return rows


def _thirtieth(moment: str) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(TruncDate(moment) + UNIT_DAYS, output_field=DateField())


def _by_unit(reach: Reach, period: Period) -> tuple[Rows, ...]:
    since, until = period.earlier(UNIT_DAYS).moments
    found = _first(reach).filter(registered_at__gte=since, registered_at__lt=until, responsible__isnull=False)
    notices = Deadline.objects.filter(case=OuterRef("pk"), rule__in=(Rule.NOTICE, Rule.SIMPLE_ACCEPTANCE))
    in_time = Q(Exists(notices.filter(met_on__lte=_thirtieth("case__registered_at"))))
    is_open = Q(limit__gte=period.on) & ~in_time
    rows = found.annotate(limit=_thirtieth("registered_at"))
    return (Rows(rows, "responsible", day="limit", good=in_time, is_open=is_open),)


def arrivals(reach: Reach, period: Period) -> QuerySet[Petition]:
    """Select the arrivals that were registered in the period."""
    since, until = period.moments
    return Petition.objects.filter(registered_at__gte=since, registered_at__lt=until, case__in=reach.cases.values("pk"))


def _repeated(reach: Reach, period: Period) -> tuple[Rows, ...]:
    found = arrivals(replace(reach, cases=_all(reach)), period).filter(people__range=(1, 9999), channel__in=COUNTED)
    return (Rows(found, "case__responsible", day="registered_at", good=REPEATS),)


def _said(about: EvaluationObject, reach: Reach, period: Period) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(object=about, given_on__range=period.days, case__in=_first(reach).values("pk"))


# Whether the matter has the object at all (`cases.evaluation.window.objects_of`).
_OF_WINDOW: Mapping[EvaluationObject, Q] = {
    EvaluationObject.OFFICE: Q(case__registered_unit__kind=UnitKind.PETITION_OFFICE),
    EvaluationObject.UNIT: Q(case__responsible__isnull=False),
}
_UNIT_OF: Mapping[EvaluationObject, str] = {
    EvaluationObject.OFFICE: "case__registered_unit",
    EvaluationObject.UNIT: "case__responsible",
}


def _satisfied(about: EvaluationObject) -> Callable[[Reach, Period], tuple[Rows, ...]]:
    def rows(reach: Reach, period: Period) -> tuple[Rows, ...]:
        good = ~Q(verdict=Verdict.UNSATISFIED)
        return (Rows(_said(about, reach, period), "unit", "case", "given_on", good=good),)

    return rows


def _taking_part(about: EvaluationObject) -> Callable[[Reach, Period], tuple[Rows, ...]]:
    def rows(reach: Reach, period: Period) -> tuple[Rows, ...]:
        ever = Evaluation.objects.filter(case=OuterRef("case"), object=about)
        ended = Deadline.objects.filter(
            _OF_WINDOW[about], _ends_in(period), ~Q(Exists(ever)), rule=Rule.EVALUATION, lapsed_at__isnull=False,
            case__in=_first(reach).values("pk"),
        )  # fmt: skip
        return (
            Rows(_said(about, reach, period), "unit", "case", "given_on"),
            Rows(ended, _UNIT_OF[about], "case", f"{period.mode}_on", good=NONE),
        )

    return rows


# Holds for no row.
NONE = Q(pk__in=[])
REPEAT_WORDS = "重复件：并入在办事项的再次来件、就已办结事项再次提出的、并件的"
_S15 = "省级信访信息系统的统计口径，年度考核办法另有规定的从其规定"


def _on_satisfaction(about: EvaluationObject) -> tuple[Figure, Figure]:
    return (
        Figure(
            slug=f"satisfied-{about.value}", label=f"满意率（{about.label}）", item=Item.MATTER, unit="件",
            counts="评价为满意、基本满意的", base="本月作出评价的",
            month="信访人作出评价的日期", source=_S15, rows=_satisfied(about),
        ),
        Figure(
            slug=f"evaluated-{about.value}", label=f"参评率（{about.label}）", item=Item.MATTER, unit="件",
            counts="本月作出评价的", base="本月作出评价的，加上评价期在本月届满而未评价的",
            month="作出评价的日期；未评价的，为评价期届满日", source=_S15, rows=_taking_part(about),
        ),
    )  # fmt: skip


(_OFFICE_SATISFIED, _OFFICE_EVALUATED), (_UNIT_SATISFIED, _UNIT_EVALUATED) = map(_on_satisfaction, EvaluationObject)
_ALL = (
    Figure(
        slug="office", label="及时受理率（信访部门）", item=Item.MATTER, unit="件",
        counts="15日内作出处理（转送、交办、告知等）的", base="15日处理期限在本月届满的",
        month="15日处理期限的届满日", source="《信访工作条例》第二十二条；" + _S15,
        rows=_by_clock(Rule.TRIAGE), has_due=True,
    ),
    Figure(
        slug="unit", label="及时受理率（责任单位）", item=Item.MATTER, unit="件",
        counts="登记后30日内责任单位告知受理的", base="登记满30日在本月、已有责任单位的",
        month="登记后第30日", source="《信访工作条例》第二十二条、第二十三条；" + _S15,
        rows=_by_unit, has_due=True,
    ),
    Figure(
        slug="answered", label="按期答复率", item=Item.MATTER, unit="件",
        counts="在办理期限内作出处理意见的", base="办理期限在本月届满的",
        month="办理期限的届满日", source="《信访工作条例》第三十四条；" + _S15,
        rows=_by_clock(Rule.HANDLING), has_due=True,
    ),
    Figure(
        slug="repeated", label="重复信访率", item=Item.ARRIVAL, unit="件次",
        counts=f"其中的{REPEAT_WORDS}", base="本月登记的信访件",
        month="来件的登记日期（再次来件计入其登记的当月）", source=_S15, rows=_repeated,
    ),
    _OFFICE_SATISFIED, _UNIT_SATISFIED, _OFFICE_EVALUATED, _UNIT_EVALUATED,
)  # fmt: skip
RATES: Mapping[str, Figure] = MappingProxyType({figure.slug: figure for figure in _ALL})
