"""来件另立: an arrival that joined the wrong matter stands by itself, with the days that it had (条例第二十二条)."""

from collections.abc import Sequence
from datetime import datetime

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.records.event_fields import KEPT
from binzhou_xinfang.records.masking import mask_numbers
from binzhou_xinfang.typed import shortened
from cases.engine import Effect, action
from cases.models import Correction, Petition, PetitionCase
from cases.outcome import told_units
from cases.procedure.shared_fields import ARRIVAL, REASON
from cases.states import NOT_COUNTED, OWN, TRIAGERS, Duty, Group, Guard, Move, Place, State, Transition
from cases.window.own_office import go_on_leaving, must_leave, organ_for
from cases.window.registration import open_by_itself


@action(
    Move.DETACH,
    # What was merged is split as a whole; an arrival is taken out of the matter that it joined.
    Transition(
        frozenset(State) - NOT_COUNTED - {State.MERGED}, None, "第二十一条、第二十二条", guards=(Guard.CAME_AGAIN,)
    ),
    Duty(TRIAGERS, OWN),
    Place(Group.INTAKE, beside=True),
    {"arrival": ARRIVAL, "reason": REASON, "units": KEPT},
)
def detach(
    case: PetitionCase, *, arrival: Petition, region: Unit, requests: Sequence[str], reason: str, by: Post, at: datetime
) -> Effect:
    """来件另立: the arrival opens a matter of its own under its own number; the office's 15 days count from its day, so
    that the slip is nobody's gain of time. The unit that has the other matter is told."""
    matter = PetitionCase(
        title=shortened(mask_numbers(arrival.content), 40), summary=shortened(arrival.content, 2000),
        purpose=case.purpose, region=region, is_sealed=case.is_sealed,
    )  # fmt: skip
    if case.is_sealed:
        # 第三十条第三款: who is accused reads no part of it.
        matter.accused, matter.accused_unit = case.accused, case.accused_unit
    open_by_itself(arrival, matter, requests, by=by, at=at)
    Correction.objects.filter(petition=arrival).update(case=matter, petition=None)
    case.petition_count -= 1
    if matter.is_sealed and must_leave(matter, by):
        go_on_leaving(organ_for(matter, by), matter, by=by, at=at)
    return Effect({"arrival": arrival.number, "reason": reason} | told_units(case, by))
