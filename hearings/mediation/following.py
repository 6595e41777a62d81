"""The mediation follows its matter: a result that the matter has written down, another way, the seal."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from cases.models import PetitionCase
from cases.states import ASIDE, Move, State
from hearings.mediation.results import conclude, end
from hearings.models import OPEN_MEDIATIONS, Mediation, MediationState

_RESULTS: Mapping[Move, MediationState] = {
    Move.REACH_AGREEMENT: MediationState.AGREED, Move.REACH_SETTLEMENT: MediationState.SETTLED,
    Move.FAIL_MEDIATION: MediationState.FAILED,
}  # fmt: skip
_LEFT = frozenset({State.MEDIATING.value, *(state.value for state in ASIDE)})


def is_mediating(case: PetitionCase) -> bool:
    """Check that the matter stands in 调解和解中, or beside it for a while (an extension that is asked for)."""
    return case.state == State.MEDIATING or (case.state in ASIDE and case.previous_state == State.MEDIATING)


def follow_move(case: PetitionCase, move: Move, by: Post | None, at: datetime) -> None:
    """End the open mediation with the result that the move has written down, or because the matter goes another way;
    hangs on `AFTER_MOVE`. The caller holds the matter."""
    if case.previous_state not in _LEFT or is_mediating(case):
        return
    for mediation in _open(case):
        if move in _RESULTS:
            conclude(mediation, result=_RESULTS[move], on=_day_of(case, at), by=None, at=at)
        else:
            end(mediation, reason=f"信访事项{move.label}", by=None, at=at)


def follow_sealing(case: PetitionCase, by: Post | None, at: datetime) -> None:
    """End the open mediation of a matter that has become 检举控告; hangs on `AFTER_SEALING`."""
    for mediation in _open(case):
        end(mediation, reason="该事项不再调解", by=None, at=at)


def _open(case: PetitionCase) -> list[Mediation]:
    return list(Mediation.objects.filter(case=case, state__in=OPEN_MEDIATIONS))


def _day_of(case: PetitionCase, at: datetime) -> date:
    """Read the day of the result from the event of the move: that of the signature counts, not that of the entry."""
    last = case.events.order_by("-seq").first()
    told = last.detail.get("happened_on") if last else None
    return date.fromisoformat(told) if told else timezone.localdate(at)
