"""Belongings of hearings in a hand-over: the experts that an office keeps, and draws that are not made yet."""

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Q

from cases.handover.belongings import Belonging, Moves, Stays
from hearings.models import OPEN_MEDIATIONS, BookingState, Expert, ExpertState, MediationPoint, Place, PointState


def _same_expert(successor: int) -> Q:
    own = Expert.objects.filter(
        office=successor, name=OuterRef("name"), organisation=OuterRef("organisation"), state=ExpertState.LISTED
    )
    return Q(Exists(own))


def _same_place(successor: int) -> Q:
    return Q(Exists(Place.objects.filter(office=successor, name=OuterRef("name"))))


def _same_point(successor: int) -> Q:
    return Q(Exists(MediationPoint.objects.filter(office=successor, name=OuterRef("name"), state=PointState.OPEN)))


def _stay(row: Expert | Place | MediationPoint, on: object, at: object) -> None:
    """Leave a person, a place or a point that the successor keeps already with the office that ended."""


HEARINGS: Mapping[str, Belonging] = {
    "hearings.Expert.office": Moves(
        "管理的听证专家", Q(state=ExpertState.LISTED), case="", clash=_same_expert, give_up=_stay
    ),
    "hearings.Expert.region": Stays("a place, not who has it"),
    "hearings.Draw.region": Stays("a place, not who has it"),
    "hearings.Place.office": Moves("管理的场所", case="", clash=_same_place, give_up=_stay),
    "hearings.Place.region": Stays("a place, not who has it"),
    "hearings.MediationPoint.office": Moves(
        "管理的调解点", Q(state=PointState.OPEN), case="", clash=_same_point, give_up=_stay
    ),
    "hearings.MediationPoint.unit": Moves("接收委派的调解点", Q(state=PointState.OPEN), case=""),
    "hearings.MediationPoint.region": Stays("a place, not who has it"),
    "hearings.Mediation.unit": Moves("没有结果的委派调解", Q(state__in=OPEN_MEDIATIONS)),
    "hearings.Mediation.referred_by": Stays("whose hand it was"),
    "hearings.Booking.unit": Moves("还没有举行的预订", Q(state=BookingState.BOOKED), case=""),
    "hearings.Booking.booked_by": Stays("whose hand it was"),
    "hearings.Claim.user": Stays("a person's own time; who follows is booked anew"),
    "hearings.Claim.taken_unit": Stays("as it was booked; who follows is booked anew"),
    "hearings.CalendarKey.user": Stays("a person's own"),
    # The promise names who made it; where it is not drawn yet, the successor makes its own.
    "hearings.Draw.unit": Stays("as it was promised"),
}
