"""Names of the code lists of hearings in the description of the API."""

from collections.abc import Sequence
from enum import Enum

from hearings.models.booking import BookingKind
from hearings.models.expert import ExpertKind
from hearings.models.mediation import Court
from hearings.models.place import PlaceKind
from hearings.models.point import PointKind

NAMES: dict[str, type[Enum] | Sequence[tuple[str, str]]] = {
    "BookingKind": BookingKind, "ExpertKind": ExpertKind, "HearingPlaceKind": PlaceKind,
    "MediationPointKind": PointKind, "CourtDecision": Court,
}  # fmt: skip
