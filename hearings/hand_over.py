"""Belongings of hearings in a hand-over: the experts that an office keeps, and draws that are not made yet."""

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Q

from cases.handover.belongings import Belonging, Moves, Stays
from hearings.models import Expert, ExpertState


def _same_expert(successor: int) -> Q:
    own = Expert.objects.filter(
        office=successor, name=OuterRef("name"), organisation=OuterRef("organisation"), state=ExpertState.LISTED
    )
    return Q(Exists(own))


def _stay(expert: Expert, on: object, at: object) -> None:
    """Leave a person whom the successor keeps already with the office that ended."""


HEARINGS: Mapping[str, Belonging] = {
    "hearings.Expert.office": Moves(
        "管理的听证专家", Q(state=ExpertState.LISTED), case="", clash=_same_expert, give_up=_stay
    ),
    "hearings.Expert.region": Stays("a place, not who has it"),
    "hearings.Draw.region": Stays("a place, not who has it"),
    # The promise names who made it; where it is not drawn yet, the successor makes its own.
    "hearings.Draw.unit": Stays("as it was promised"),
}
