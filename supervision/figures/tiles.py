"""督办 that wait, along the road: each figure is a condition, so that tile and list cannot differ."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db.models import F, Q, QuerySet

from cases.states.drafts import DraftState
from supervision.figures.figure import TODAY, Figure, Item, Period, Reach, Rows
from supervision.models import AT_UNIT, PROPOSALS, Stage, SupervisionCase


@dataclass(frozen=True, slots=True)
class Wait:
    """One tile: its slug, its name, its definition in words, and which 督办件 it counts."""

    slug: str
    label: str
    counts: str
    where: Q


def waits(today: date) -> tuple[Wait, ...]:
    """List the tiles in the order of the road: to be taken up, checked, signed, received, answered, judged; proposals
    apart."""
    out = Q(stage__in=AT_UNIT)
    written = Q(stage=Stage.DRAFTED)
    return (
        Wait("pending", "待处理", "系统或者人工提出、还没有拟稿也没有决定不予督办的", Q(stage=Stage.PENDING)),
        Wait("check", "函稿待审核", "函稿已拟、尚未审核的", written & ~Q(draft__state=DraftState.CHECKED)),
        Wait("signature", "函稿待签发", "函稿已审核、尚未签发的", written & Q(draft__state=DraftState.CHECKED)),
        Wait("receipt", "待签收", "已发出、对方尚未签收的", out & Q(received_at=None) & ~Q(unit=F("office"))),
        Wait("answer", "待反馈", "已发出、尚未反馈的，含待签收的和已逾期的", out),
        Wait("late", "逾期未反馈", "已发出、反馈期限已届满而尚未反馈的", out & Q(clock__legal_on__lt=today)),
        Wait("judging", "待审核反馈", "已反馈、督办单位尚未审核的", Q(stage=Stage.ANSWERED)),
        Wait("proposals", "三项建议待反馈", "三项建议中已发出、尚未反馈的", out & Q(measure__in=PROPOSALS)),
    )


def waiting(supervisions: QuerySet[SupervisionCase], slug: str, today: date) -> QuerySet[SupervisionCase]:
    """Select those that a tile counts; all of them for an unknown slug."""
    return next((supervisions.filter(wait.where) for wait in waits(today) if wait.slug == slug), supervisions)


def _rows(slug: str) -> Callable[[Reach, Period], tuple[Rows, ...]]:
    return lambda reach, period: (Rows(waiting(reach.supervisions, slug, period.on), "unit"),)


WAITS: Mapping[str, Figure] = MappingProxyType(
    {
        f"wait-{wait.slug}": Figure(
            slug=f"wait-{wait.slug}", label=wait.label, item=Item.SUPERVISION, unit="件", counts=wait.counts,
            month=TODAY, source="《信访工作条例》第三十八条、第四十条", rows=_rows(wait.slug),
        )
        for wait in waits(date.min)
    }
)  # fmt: skip
