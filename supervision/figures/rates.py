"""Rates of a month (reference §4): matters, and the condition of the good ones. So a figure opens exactly its list.

First-time matters by letter, visit and net; a matter counts in the month in which its last day lies. A rate over
nothing is no rate.

满意率 and 参评率, of the petition offices and of the units each by itself. 已评价 in a month: the petitioner gave the
evaluation on a day of it. 超期未评价 in a month: the last day of the window lies in it, the window has ended, and the
object was never evaluated. So each matter counts once for each object: one that is evaluated in March counts there,
whatever month its window would have ended in, and a window that still runs counts nowhere.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.statute.periods import Rule
from cases.models import Deadline, Evaluation, EvaluationObject, PetitionCase, Verdict
from cases.queries import SCOPES, Scope, counted, of_area, visible_to
from cases.vocabulary import Channel, Kind

COUNTED = (Channel.LETTER, Channel.VISIT, Channel.WEB, Channel.MESSAGE_BOARD, Channel.LEADER_MAILBOX)
# 责任单位: accepted within 30 days of the registration.
UNIT_DAYS = timedelta(days=30)
MODES: Mapping[str, str] = {"legal": "顺延后届满日（法定）", "strict": "不顺延届满日（考核）"}
Cases = QuerySet[PetitionCase]


@dataclass(frozen=True, slots=True)
class Month:
    """A month as days and as moments."""

    first: date
    last: date

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The first moment of it up to, and without, the first of the next month."""
        return _begin(self.first), _begin(self.last + timedelta(days=1))

    def earlier(self, by: timedelta) -> "Month":
        return Month(self.first - by, self.last - by)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True, slots=True)
class Rate:
    """`counted`: the denominator; `good`: those of it for which `makes` holds."""

    slug: str
    label: str
    says: str
    counted: Cases
    makes: Q | Exists

    @property
    def good(self) -> Cases:
        return self.counted.filter(self.makes)

    @property
    def figures(self) -> tuple[int, int]:
        """Counts of the good, and of all that are counted. One query."""
        counts = self.counted.order_by().aggregate(counted=Count("pk"), good=Count("pk", filter=Q(self.makes)))
        return counts["good"], counts["counted"]


def opens_rates(post: Post) -> bool:
    """Check that the post sees all matters of its field, and so the list behind a figure."""
    return SCOPES[Role(post.role)] not in (Scope.LAPSED, Scope.NOTHING)


def _field(post: Post) -> Cases:
    """Select the matters of the post's rates. Of what has lapsed alone a rate would say nothing: an inspector, who
    reads only that, is told the figures of the area and opens no list (reference §1.7: 督查专员, statistics user)."""
    return visible_to(post) if opens_rates(post) else of_area(post)


def rates(post: Post, month: Month, mode: str) -> list[Rate]:
    """List the rates of the month within the post's field, by the legal or the strict day."""
    base = counted(_field(post)).filter(is_sealed=False, people__range=(1, 9999), channel__in=COUNTED)
    base = base.exclude(kind=Kind.LITIGATION)
    return [_RATES[slug](slug, base, month, mode) for slug in _RATES]


def rate_of(post: Post, month: Month, mode: str, slug: str) -> Rate | None:
    """Find one of them."""
    return next((rate for rate in rates(post, month, mode) if rate.slug == slug), None)


# No end is put off further than the longest run of days off.
_LONGEST_ROLL = timedelta(days=31)


def _ends_in(month: Month, mode: str) -> Q:
    """Select clocks whose last day lies in the month, by the index of the legal day, which is never the earlier one."""
    near = Q(legal_on__range=(month.first, month.last + _LONGEST_ROLL))
    return near & Q(**{f"{mode}_on__range": (month.first, month.last)})


def _by_clock(rule: Rule, label: str, says: str) -> Callable[[str, Cases, Month, str], Rate]:
    def build(slug: str, base: Cases, month: Month, mode: str) -> Rate:
        due = Deadline.objects.counted(mode).filter(_ends_in(month, mode), case=OuterRef("pk"), rule=rule)
        counted = base.filter(Exists(due), follows=None)
        # Who had lapsed before more time was granted has not kept the first one.
        in_time = due.filter(met_on__lte=F(f"{mode}_on")).exclude(lapsed_at__date__lte=F("legal_on"))
        return Rate(slug, label, says, counted, Exists(in_time))

    return build


def _by_unit(slug: str, base: Cases, month: Month, mode: str) -> Rate:
    since, until = month.earlier(UNIT_DAYS).moments
    counted = base.filter(registered_at__gte=since, registered_at__lt=until, responsible__isnull=False, follows=None)
    clocks = Deadline.objects.filter(case=OuterRef("pk"), rule__in=(Rule.NOTICE, Rule.SIMPLE_ACCEPTANCE))
    limit = ExpressionWrapper(TruncDate("case__registered_at") + UNIT_DAYS, output_field=DateField())
    in_time = Exists(clocks.annotate(limit=limit).filter(met_on__lte=F("limit")))
    return Rate(slug, "及时受理率（责任单位）", "登记后30日内责任单位受理的 / 登记满30日落在本月的", counted, in_time)


def _repeated(slug: str, base: Cases, month: Month, mode: str) -> Rate:
    since, until = month.moments
    counted = base.filter(registered_at__gte=since, registered_at__lt=until)
    again = Q(petition_count__gt=1) | Q(follows__isnull=False)
    return Rate(slug, "重复信访率", "有重复来件的 / 本月登记的", counted, again)


def _said(about: EvaluationObject, month: Month) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(object=about, given_on__range=(month.first, month.last))


def _missed(about: EvaluationObject, month: Month, mode: str) -> QuerySet[Deadline]:
    ever = Evaluation.objects.filter(case=OuterRef("case"), object=about)
    ended = Deadline.objects.filter(
        _OF_WINDOW[about], _ends_in(month, mode), rule=Rule.EVALUATION, lapsed_at__isnull=False
    )
    return ended.exclude(Exists(ever))


# Whether the matter has the object at all (`cases.evaluation.window.objects_of`). Who took it in never changes, so it
# is asked of the matters that are left; the unit may be another by the time, and is asked of what was missed alone.
_OF_MATTER: Mapping[EvaluationObject, Q] = {
    EvaluationObject.OFFICE: Q(registered_unit__kind=UnitKind.PETITION_OFFICE),
    EvaluationObject.UNIT: Q(),
}
_OF_WINDOW: Mapping[EvaluationObject, Q] = {
    EvaluationObject.OFFICE: Q(),
    EvaluationObject.UNIT: Q(case__responsible__isnull=False),
}


def _satisfied(about: EvaluationObject) -> Callable[[str, Cases, Month, str], Rate]:
    def build(slug: str, base: Cases, month: Month, mode: str) -> Rate:
        said = _said(about, month)
        counted = base.filter(pk__in=said.values("case"), follows=None)
        satisfied = Q(pk__in=said.exclude(verdict=Verdict.UNSATISFIED).values("case"))
        return Rate(slug, f"满意率（{about.label}）", "满意、基本满意的 / 本月评价的", counted, satisfied)

    return build


def _taking_part(about: EvaluationObject) -> Callable[[str, Cases, Month, str], Rate]:
    def build(slug: str, base: Cases, month: Month, mode: str) -> Rate:
        said, missed = _said(about, month).values("case"), _missed(about, month, mode).values("case")
        counted = base.filter(_OF_MATTER[about], pk__in=said.union(missed), follows=None)
        says = "本月评价的 / 本月评价的和本月届满而未评价的"
        return Rate(slug, f"参评率（{about.label}）", says, counted, Q(pk__in=said))

    return build


_RATES: Mapping[str, Callable[[str, Cases, Month, str], Rate]] = {
    "office": _by_clock(Rule.TRIAGE, "及时受理率（信访部门）", "15日内处理的 / 15日期限落在本月的"),
    "unit": _by_unit,
    "answered": _by_clock(Rule.HANDLING, "按期答复率", "在办理期限内答复的 / 办理期限落在本月的"),
    "repeated": _repeated,
    "satisfied-office": _satisfied(EvaluationObject.OFFICE),
    "satisfied-unit": _satisfied(EvaluationObject.UNIT),
    "evaluated-office": _taking_part(EvaluationObject.OFFICE),
    "evaluated-unit": _taking_part(EvaluationObject.UNIT),
}
