"""Making a move of the demo as a page makes it: what is sent goes through the move's own form."""

from datetime import datetime

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from cases.made_up.demo.words import Sent
from cases.models import PetitionCase
from cases.procedure import perform
from cases.states import Move
from cases.web.procedure.forms import MOVE_FORMS


def send(move: Move, case: PetitionCase, data: Sent, *, by: Post, at: datetime) -> PetitionCase:
    """Make the move with this input. Raises Refusal with what the form refuses, and what the move raises."""
    form = MOVE_FORMS[move](data, case=case, post=by)
    if not form.is_valid():
        raise Refusal(f"演示事项“{move.label}”：{form.errors.as_text()}")
    return perform(move, case, by=by, at=at, **form.cleaned_data)
