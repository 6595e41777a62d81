"""The end of 督办 between two bodies that have become one (第二十四条第二款): nobody urges itself."""

from datetime import date, datetime

from django.db.models import F, Q

from binzhou_xinfang.process import taking
from binzhou_xinfang.process.steps import Step
from cases.models import Deadline
from supervision.causes.event_kinds import MERGED
from supervision.causes.life import CauseEffect, causes
from supervision.causes.steps import CauseStep
from supervision.models import OPEN_STAGES, Stage, SupervisionCase

REASON = "被督办单位与督办单位已经合并，不再自行督办，应办的事项由承接单位继续办理"
# The system's own end, wherever the 督办件 stands.
_ENDED = Step[SupervisionCase](
    key=CauseStep.DROP,
    sources=frozenset(OPEN_STAGES),
    targets=(Stage.DROPPED, Stage.SETTLED),
    by_system=True,
    event=MERGED,
)


def urged_by(successor: int) -> Q:
    """Select what the successor itself urges; that somebody answers it on paper (`unit` is the office) stays."""
    return Q(office=successor) & ~Q(unit=F("office"))


def urging(successor: int) -> Q:
    """Select what urges the successor."""
    return Q(unit=successor) & ~Q(unit=F("office"))


def end_cause(cause: SupervisionCase, on: date, at: datetime) -> None:
    """Drop what was not sent, settle what was; its clock ends with it. The caller holds the matter."""
    if cause.clock_id:
        Deadline.objects.running().filter(pk=cause.clock_id).update(cancelled_on=on, suspended_on=None)
    cause.note, cause.settled_at = REASON, at
    ended = Stage.DROPPED if cause.issued_on is None else Stage.SETTLED
    taking.settle(causes, _ENDED, cause, CauseEffect(target=ended), by=None, at=at)
