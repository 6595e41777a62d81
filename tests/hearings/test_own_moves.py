"""Moves that are the hearings' own: row, verb and form registered from above, one door to one act."""

from datetime import datetime

import pytest

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records.event_fields import EventField
from binzhou_xinfang.web.fields import text
from cases.engine import MATTER, Effect, action
from cases.models import PetitionCase
from cases.states import EVENTS, HEADS, Duty, Group, Move, Place, State, Transition, table
from cases.web.procedure.forms import table as forms
from cases.web.procedure.forms.base import MoveForm
from tests.cases.api_client import on_monday, program
from tests.cases.pages import move_url, signed_in, version_in
from tests.office import Office, case_in, office

__all__ = ["office", "on_monday"]
pytestmark = pytest.mark.usefixtures("on_monday", "nobody_s")
MOVE = Move.CANCEL_HEARING


@pytest.fixture
def nobody_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """A move of the hearing that no room has registered."""
    for rows in ("_transitions", "_steps", "_duties", "_places", "_fields", "_verbs"):
        monkeypatch.delitem(getattr(table, rows), MOVE)
    monkeypatch.delitem(EVENTS._kinds, MOVE.value)
    monkeypatch.setattr(MATTER, "steps", {key: row for key, row in MATTER.steps.items() if key != MOVE})
    monkeypatch.setattr(MATTER, "verbs", {key: verb for key, verb in MATTER.verbs.items() if key != MOVE})
    monkeypatch.setattr(forms, "_by_hand", {move: form for move, form in forms._by_hand.items() if move != MOVE})
    register()


def register() -> None:
    """Do what `hearings/` does when it starts."""

    @action(
        MOVE,
        Transition(frozenset({State.HEARING}), State.HANDLING, "第三十一条第六项"),
        Duty(HEADS),
        Place(Group.SETTLING),
        {"reason": EventField("听证取消：")},
    )
    def cancel(case: PetitionCase, *, grounds: str, by: Post, at: datetime) -> Effect:
        return Effect({"reason": grounds})

    @forms.form_of(MOVE)
    class CancelForm(MoveForm):
        grounds = text("取消的事由")


def test_its_page_is_the_page_of_every_move(office: Office) -> None:
    case, head = case_in(office, State.HEARING), signed_in(office.unit_head)
    form = head.get(move_url(case, MOVE)).content.decode()
    assert "取消的事由" in form
    head.post(move_url(case, MOVE), {"version": version_in(form), "grounds": "申请人撤回听证申请"})
    assert PetitionCase.objects.get(pk=case.pk).state == State.HANDLING
    assert "听证取消：申请人撤回听证申请" in head.get(case.get_absolute_url()).content.decode()


def test_its_program_is_that_of_every_move_too(office: Office) -> None:
    case = case_in(office, State.HEARING)
    offered = program(office.unit_head).get(f"/api/cases/{case.number}/").json()["moves"]
    assert MOVE.value in [each["move"] for each in offered]


def test_a_second_form_or_row_for_it_is_refused(office: Office) -> None:
    with pytest.raises(ValueError, match="twice"):
        register()
    with pytest.raises(ValueError, match="two forms"):
        forms.form_of(MOVE)(MoveForm)
