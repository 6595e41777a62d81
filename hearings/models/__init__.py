"""听证: the pool of experts, the draws from it; places and bookings; points of mediation."""

from hearings.models.booking import Booking, BookingEvent, BookingKind, BookingState, CalendarKey, Claim
from hearings.models.draw import Draw, DrawEvent, DrawState, Member
from hearings.models.expert import Certificate, Expert, ExpertEvent, ExpertKind, ExpertState, Speciality
from hearings.models.place import Place, PlaceEvent, PlaceKind, PlaceState
from hearings.models.point import MediationPoint, PointEvent, PointKind, PointState
from hearings.models.reasons import Reason

__all__ = [
    "Booking",
    "BookingEvent",
    "BookingKind",
    "BookingState",
    "CalendarKey",
    "Certificate",
    "Claim",
    "Draw",
    "DrawEvent",
    "DrawState",
    "Expert",
    "ExpertEvent",
    "ExpertKind",
    "ExpertState",
    "MediationPoint",
    "Member",
    "Place",
    "PlaceEvent",
    "PlaceKind",
    "PlaceState",
    "PointEvent",
    "PointKind",
    "PointState",
    "Reason",
    "Speciality",
]  # fmt: skip
