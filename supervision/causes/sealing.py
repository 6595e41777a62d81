"""The end of 督办 in a matter that has become 检举控告 (第三十条第三款): no letter goes out, no answer comes in."""

from datetime import datetime

from binzhou_xinfang.accounts.models import Post
from cases.engine import mark_supervised, note
from cases.models import PetitionCase
from supervision.causes.event_kinds import SEALED
from supervision.models import OPEN_STAGES, Stage, SupervisionCase

REASON = "该事项已转为检举控告保密件，不再督办"


def end_causes(case: PetitionCase, by: Post | None, at: datetime) -> None:
    """Drop what is not sent, settle what is; take the matter off the proposals of others that are not sent yet.

    The caller holds the matter.
    """
    still = SupervisionCase.objects.filter(case=case, stage__in=OPEN_STAGES)
    for cause in list(still.select_for_update(of=("self",))):
        ended = Stage.DROPPED if cause.issued_on is None else Stage.SETTLED
        still.filter(pk=cause.pk).update(stage=ended, note=REASON, settled_at=at, handled_by=by.user if by else None)
        said = {"supervision": cause.pk, "document": cause.get_measure_display(), "problem": cause.problem}
        note(case, SEALED, by=by, at=at, detail=said)
    mark_supervised(case.pk, is_supervised=False)
    case.is_supervised = False
    named = SupervisionCase.also.through.objects.filter(petitioncase=case, supervisioncase__issued_on=None)
    named.delete()
