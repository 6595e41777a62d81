"""Forms of the moves: their fields are the keyword arguments of the verb. Pages and API are made from MOVE_FORMS."""

from cases.web.procedure.forms import (
    correcting,
    delivery,
    detaching,
    ending,
    handling,
    intake,
    leading,
    reply,
    review,
    urgent,
)
from cases.web.procedure.forms.base import MoveForm
from cases.web.procedure.forms.table import MOVE_FORMS, MoveForms, form_of

# Each module registers its forms.
STEPS = (intake, correcting, detaching, leading, urgent, handling, reply, delivery, review, ending)

__all__ = ["MOVE_FORMS", "STEPS", "MoveForm", "MoveForms", "form_of"]
