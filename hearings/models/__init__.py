"""听证: the pool of experts, the draws from it."""

from hearings.models.draw import Draw, DrawEvent, DrawState, Member
from hearings.models.expert import Certificate, Expert, ExpertEvent, ExpertKind, ExpertState, Speciality
from hearings.models.reasons import Reason

__all__ = [
    "Certificate", "Draw", "DrawEvent", "DrawState", "Expert", "ExpertEvent", "ExpertKind", "ExpertState", "Member",
    "Reason", "Speciality",
]  # fmt: skip
