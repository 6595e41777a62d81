"""The rates of a month (reference §4), each as two sets of matters, so that a figure opens exactly its list.

First-time matters by letter, visit and net; a matter counts in the month in which its last day lies. A rate over
nothing is no rate. 满意率 and 参评率 wait for the evaluation by the petitioners.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.statute.periods import Rule
from cases.models import Deadline, PetitionCase
from cases.queries import SCOPES, Scope, visible_to
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
        """From the first moment of it up to, and without, the first of the next month."""
        return _begin(self.first), _begin(self.last + timedelta(days=1))

    def earlier(self, by: timedelta) -> "Month":
        return Month(self.first - by, self.last - by)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True, slots=True)
class Rate:
    """`counted`: the denominator; `good`: those of it that make the rate."""

    slug: str
    label: str
    says: str
    counted: Cases
    good: Cases


def shows_rates(post: Post) -> bool:
    """Whether the post sees all matters of its field: who sees only what lapsed would see a rate of nothing else."""
    return SCOPES[Role(post.role)] not in (Scope.LAPSED, Scope.NOTHING)


def rates(post: Post, month: Month, mode: str) -> list[Rate]:
    """The rates of the month within what the post sees, by the legal or the strict day."""
    base = visible_to(post).filter(is_sealed=False, people__range=(1, 9999), channel__in=COUNTED)
    base = base.exclude(kind=Kind.LITIGATION)
    return [_RATES[slug](slug, base, month, mode) for slug in _RATES]


def rate_of(post: Post, month: Month, mode: str, slug: str) -> Rate | None:
    """One of them."""
    return next((found for found in rates(post, month, mode) if found.slug == slug), None)


def _by_clock(rule: Rule, label: str, says: str) -> Callable[[str, Cases, Month, str], Rate]:
    def build(slug: str, base: Cases, month: Month, mode: str) -> Rate:
        day = f"{mode}_on"
        clocks = Deadline.objects.filter(case=OuterRef("pk"), rule=rule, cancelled_on=None)
        due = clocks.filter(**{f"{day}__range": (month.first, month.last)})
        counted = base.filter(Exists(due), follows=None)
        return Rate(slug, label, says, counted, counted.filter(Exists(due.filter(met_on__lte=F(day)))))

    return build


def _by_unit(slug: str, base: Cases, month: Month, mode: str) -> Rate:
    since, until = month.earlier(UNIT_DAYS).moments
    counted = base.filter(registered_at__gte=since, registered_at__lt=until, responsible__isnull=False, follows=None)
    told = Deadline.objects.filter(case=OuterRef("pk"), rule__in=(Rule.NOTICE, Rule.SIMPLE_ACCEPTANCE))
    limit = ExpressionWrapper(TruncDate("case__registered_at") + UNIT_DAYS, output_field=DateField())
    good = counted.filter(Exists(told.annotate(limit=limit).filter(met_on__lte=F("limit"))))
    return Rate(slug, "及时受理率（责任单位）", "登记后30日内责任单位受理的 / 登记满30日落在本月的", counted, good)


def _repeated(slug: str, base: Cases, month: Month, mode: str) -> Rate:
    since, until = month.moments
    counted = base.filter(registered_at__gte=since, registered_at__lt=until)
    good = counted.filter(Q(petition_count__gt=1) | Q(follows__isnull=False))
    return Rate(slug, "重复信访率", "有重复来件的 / 本月登记的", counted, good)


_RATES: Mapping[str, Callable[[str, Cases, Month, str], Rate]] = {
    "office": _by_clock(Rule.TRIAGE, "及时受理率（信访部门）", "15日内处理的 / 15日期限落在本月的"),
    "unit": _by_unit,
    "answered": _by_clock(Rule.HANDLING, "按期答复率", "在办理期限内答复的 / 办理期限落在本月的"),
    "repeated": _repeated,
}
