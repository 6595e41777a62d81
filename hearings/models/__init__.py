"""听证: the pool of experts, the draws from it; places and bookings; points of mediation."""

from hearings.models.booking import Booking, BookingEvent, BookingKind, BookingState, CalendarKey, Claim
from hearings.models.draw import Draw, DrawEvent, DrawState, Member
from hearings.models.expert import Certificate, Expert, ExpertEvent, ExpertKind, ExpertState, Speciality
from hearings.models.mediation import (
    AGREED_STATES,
    OPEN_MEDIATIONS,
    Court,
    Mediation,
    MediationEvent,
    MediationSession,
    MediationState,
)
from hearings.models.place import Place, PlaceEvent, PlaceKind, PlaceState
from hearings.models.point import MediationPoint, PointEvent, PointKind, PointState
from hearings.models.reasons import Reason

__all__ = [
    "AGREED_STATES",
    "OPEN_MEDIATIONS",
    "Booking",
    "BookingEvent",
    "BookingKind",
    "BookingState",
    "CalendarKey",
    "Certificate",
    "Claim",
    "Court",
    "Draw",
    "DrawEvent",
    "DrawState",
    "Expert",
    "ExpertEvent",
    "ExpertKind",
    "ExpertState",
    "Mediation",
    "MediationEvent",
    "MediationPoint",
    "MediationSession",
    "MediationState",
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
