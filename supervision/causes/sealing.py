"""The end of 督办 in a matter that has become 检举控告 (第三十条第三款): no letter goes out, no answer comes in."""

from datetime import datetime

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.process import taking
from binzhou_xinfang.process.steps import Step
from cases.engine import mark_supervised
from cases.models import PetitionCase
from supervision.causes.event_kinds import SEALED
from supervision.causes.life import CauseEffect, causes
from supervision.causes.steps import CauseStep
from supervision.models import OPEN_STAGES, Stage, SupervisionCase

REASON = "该事项已转为检举控告保密件，不再督办"
# The system's own end, wherever the 督办件 stands.
_ENDED = Step[SupervisionCase](
    key=CauseStep.DROP,
    sources=frozenset(OPEN_STAGES),
    targets=(Stage.DROPPED, Stage.SETTLED),
    by_system=True,
    event=SEALED,
)


def end_causes(case: PetitionCase, by: Post | None, at: datetime) -> None:
    """Drop what is not sent, settle what is; take the matter off the proposals of others that are not sent yet.

    The caller holds the matter.
    """
    still = SupervisionCase.objects.filter(case=case, stage__in=OPEN_STAGES)
    for cause in still.select_for_update(of=("self",)):
        cause.case, cause.note, cause.settled_at, cause.handled_by = case, REASON, at, by.user if by else None
        ended = Stage.DROPPED if cause.issued_on is None else Stage.SETTLED
        taking.settle(causes, _ENDED, cause, CauseEffect(target=ended), by=by, at=at)
    mark_supervised(case.pk, is_supervised=False)
    case.is_supervised = False
    named = SupervisionCase.also.through.objects.filter(petitioncase=case, supervisioncase__issued_on=None)
    named.delete()
