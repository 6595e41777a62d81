"""听证: the pool of experts, the draws from it; places and bookings."""

from hearings.models.booking import Booking, BookingEvent, BookingKind, BookingState, CalendarKey, Claim
from hearings.models.draw import Draw, DrawEvent, DrawState, Member
from hearings.models.expert import Certificate, Expert, ExpertEvent, ExpertKind, ExpertState, Speciality
from hearings.models.place import Place, PlaceEvent, PlaceKind, PlaceState
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
    "Member",
    "Place",
    "PlaceEvent",
    "PlaceKind",
    "PlaceState",
    "Reason",
    "Speciality",
]  # fmt: skip
