"""办理: the verbs of the office. Each is one transaction with its event, the same for page, API, import and sweep.

Row, duty, place on the screen, fields of the event and verb of a move stand together, in the module of its step of
the procedure; `perform` makes a move by its name.
"""

from datetime import datetime
from typing import Any

from binzhou_xinfang.accounts.models import Post
from cases.models import PetitionCase
from cases.procedure import (
    closing,
    correcting,
    delivery_slips,
    delivery_to_others,
    detaching,
    ending,
    extension,
    handling,
    hearing_request,
    intake,
    joint,
    jurisdiction,
    leading,
    merging,
    objection,
    own_way,
    proving,
    referral,
    reply,
    review,
    sending,
    settling,
    simple,
    taking_back,
    to_discipline,
    turning,
    urgent,
    voiding,
    withdrawing,
)
from cases.states import ACTIONS, Move
from cases.window.registration import register, register_repeat

# Each module puts its moves into the table.
STEPS = (
    intake,
    correcting,
    urgent,
    voiding,
    leading,
    merging,
    detaching,
    referral,
    taking_back,
    objection,
    jurisdiction,
    to_discipline,
    handling,
    hearing_request,
    simple,
    own_way,
    turning,
    joint,
    settling,
    extension,
    reply,
    sending,
    proving,
    delivery_slips,
    delivery_to_others,
    review,
    ending,
    withdrawing,
    closing,
)

__all__ = ["ACTIONS", "STEPS", "perform", "register", "register_repeat"]


def perform(move: Move, case: PetitionCase, *, by: Post | None, at: datetime, **data: Any) -> PetitionCase:
    """Make a move by its name, with the cleaned data of its form. Raises what the verb raises."""
    done: PetitionCase = ACTIONS[move](case, by=by, at=at, **data)
    return done
