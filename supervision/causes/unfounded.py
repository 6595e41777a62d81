"""The end of 督办 for a duty that proves to have been done in time (第四十条第一款): nobody is urged for what he did.

What was not sent is dropped, what was sent is settled and asks for no answer any longer; office and unit are told.
"""

from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.process import taking
from binzhou_xinfang.process.steps import Step
from cases.models import Deadline, PetitionCase
from cases.states import Move
from supervision.causes import notices
from supervision.causes.event_kinds import UNFOUNDED
from supervision.causes.life import CauseEffect, causes
from supervision.causes.steps import CauseStep
from supervision.causes.sweeping import is_of_lapse
from supervision.models import OPEN_STAGES, Stage, SupervisionCase

REASON = "经核实，该期限没有逾期，不再督办"
# The moves whose word can make of a duty that was late one in time.
_HEALING = frozenset({Move.CONFIRM_DELIVERY, Move.CORRECT, Move.AMEND})
# The system's own end, wherever the 督办件 stands.
_ENDED = Step[SupervisionCase](
    key=CauseStep.DROP,
    sources=frozenset(OPEN_STAGES),
    targets=(Stage.DROPPED, Stage.SETTLED),
    by_system=True,
    event=UNFOUNDED,
)


def follow_move(case: PetitionCase, move: Move, by: Post | None, at: datetime) -> None:
    """End what the move has taken the ground from; hangs on `AFTER_MOVE`."""
    if move in _HEALING:
        end_unfounded(case, by, at)


def end_unfounded(case: PetitionCase, by: Post | None, at: datetime) -> None:
    """End each 督办件 of a lapse that was none; hangs on `AFTER_HEALING` besides. The caller holds the matter."""
    on = timezone.localdate(at)
    found = SupervisionCase.objects.filter(case=case, stage__in=OPEN_STAGES, deadline__isnull=False)
    for cause in found.select_related("deadline").select_for_update(of=("self",)).order_by("pk"):
        if cause.deadline is not None and is_of_lapse(cause) and has_not_lapsed(cause.deadline, on):
            _end(cause, by, on=on, at=at)


def has_not_lapsed(clock: Deadline, on: date) -> bool:
    """Check that the duty was done in time, or can be still."""
    if clock.is_running:
        return clock.lapsed_at is None and clock.legal_on >= on
    return clock.was_in_time is True


def _end(cause: SupervisionCase, by: Post | None, *, on: date, at: datetime) -> None:
    if cause.clock_id:
        Deadline.objects.running().filter(pk=cause.clock_id).update(cancelled_on=on, suspended_on=None)
    was_sent = cause.issued_on is not None
    cause.note, cause.settled_at, cause.handled_by = REASON, at, by.user if by else None
    effect = CauseEffect({"note": REASON}, target=Stage.SETTLED if was_sent else Stage.DROPPED)
    taking.settle(causes, _ENDED, cause, effect, by=by, at=at)
    tell(notices.UNFOUNDED, cause.pk, at=at)
