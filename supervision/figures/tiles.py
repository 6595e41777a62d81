"""督办 that wait, and their readers: each figure is a condition, so that tile and list cannot differ."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from cases.states.drafts import DraftState
from supervision.models import PROPOSALS, Stage, SupervisionCase


@dataclass(frozen=True, slots=True)
class Wait:
    """One tile: its slug, its name, and which 督办件 it counts."""

    slug: str
    label: str
    where: Q


def waits(today: date) -> tuple[Wait, ...]:
    """List the tiles in the order of the road: to be taken up, checked, signed, received, answered, judged; proposals
    apart."""
    out = Q(stage=Stage.ISSUED)
    written = Q(stage=Stage.DRAFTED)
    return (
        Wait("pending", "待处理", Q(stage=Stage.PENDING)),
        Wait("check", "函稿待审核", written & ~Q(draft__state=DraftState.CHECKED)),
        Wait("signature", "函稿待签发", written & Q(draft__state=DraftState.CHECKED)),
        Wait("receipt", "待签收", out & Q(received_at=None) & ~Q(unit=F("office"))),
        Wait("answer", "待反馈", out),
        Wait("late", "逾期未反馈", out & Q(clock__legal_on__lt=today)),
        Wait("judging", "待审核反馈", Q(stage=Stage.ANSWERED)),
        Wait("proposals", "三项建议待反馈", out & Q(measure__in=PROPOSALS)),
    )


def waiting(supervisions: QuerySet[SupervisionCase], slug: str, today: date) -> QuerySet[SupervisionCase]:
    """Select those that a tile counts; all of them for an unknown slug."""
    return next((supervisions.filter(wait.where) for wait in waits(today) if wait.slug == slug), supervisions)
