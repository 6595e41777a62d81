"""督办 in a matter that has become 检举控告 (第三十条第三款): no letter goes out, no answer comes in.

Where it proves to be none, what was urged for a lapse is urged again.
"""

from datetime import datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.process import taking
from binzhou_xinfang.process.steps import Step
from cases.engine import mark_supervised
from cases.models import PetitionCase
from supervision.causes.event_kinds import SEALED
from supervision.causes.life import CauseEffect, causes
from supervision.causes.opening import open_cause, overseer_of
from supervision.causes.steps import CauseStep
from supervision.causes.sweeping import is_of_lapse
from supervision.causes.unfounded import has_not_lapsed
from supervision.models import OPEN_STAGES, Measure, Stage, SupervisionCase, Trigger

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


def open_again(case: PetitionCase, by: Post | None, at: datetime) -> None:
    """Bring up anew what the seal has ended of a lapse, for the office to decide on; hangs on `AFTER_UNSEALING`. What
    has proven since to be no lapse stays ended."""
    office, on = overseer_of(case), timezone.localdate(at)
    sealed = [detail.get("supervision") for detail in case.events.filter(kind=SEALED).values_list("detail", flat=True)]
    ended = SupervisionCase.objects.filter(case=case, pk__in=sealed).exclude(stage__in=OPEN_STAGES)
    for cause in ended.select_related("deadline", "unit").order_by("pk"):
        clock = cause.deadline
        if office is None or clock is None or not is_of_lapse(cause) or has_not_lapsed(clock, on):
            continue
        days = cause.key.rpartition(":")[2]
        open_cause(
            case, office=office, unit=cause.unit, measure=Measure(cause.measure), trigger=Trigger(cause.trigger),
            key=f"{cause.measure}:{clock.pk}:unsealed-{cause.pk}:{days}", problem=cause.problem, article=cause.article,
            at=at, deadline=clock,
        )  # fmt: skip
