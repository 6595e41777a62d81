"""Wants of a form in this matter: a way to tell who can be reached, and the reason where a clock has lapsed."""

from datetime import timedelta

import pytest
import time_machine

from binzhou_xinfang.web.templatetags.xinfang import field
from cases.models import Petitioner
from cases.states import Move, State
from cases.vocabulary import ToldBy
from cases.web.procedure.forms import MOVE_FORMS
from tests.office import MONDAY, Office, case_in

NO_WAY = {"phone": "", "landline": "", "email": "", "address": ""}
TELLING = (Move.MERGE, Move.FILE, Move.VOID)


@pytest.mark.parametrize("move", TELLING)
def test_who_can_be_reached_is_told_in_a_way_that_is_chosen_and_not_proposed(office: Office, move: Move) -> None:
    case = case_in(office, State.REGISTERED)
    told = MOVE_FORMS[move](case=case, post=office.head)["told_by"]
    assert (field(told)["is_required"], told.value(), told.field.choices) == (
        True, None, [("", "请选择"), *ToldBy.choices],
    )  # fmt: skip


@pytest.mark.parametrize("move", TELLING)
@pytest.mark.parametrize("left", [NO_WAY, {"is_anonymous": True}], ids=["no way", "no name"])
def test_who_left_no_way_may_go_untold(office: Office, move: Move, left: dict[str, object]) -> None:
    case = case_in(office, State.REGISTERED)
    Petitioner.objects.filter(pk=case.lead_id).update(**left)
    case.lead.refresh_from_db()
    form = MOVE_FORMS[move]({}, case=case, post=office.head)
    assert ("told_by" in form.errors, field(form["told_by"])["is_required"]) == (False, False)
    assert str(form["told_by"]).count("没有留下联系方式，无法告知") == 1


@pytest.mark.parametrize(("days", "is_wanted"), [(14, False), (16, True)])
def test_the_reason_of_lateness_bears_its_mark_where_it_must_be_written(
    office: Office, days: int, is_wanted: bool
) -> None:
    case = case_in(office, State.REGISTERED)
    with time_machine.travel(MONDAY + timedelta(days=days), tick=False):
        form = MOVE_FORMS[Move.MERGE](case=case, post=office.head)
        assert field(form["late_reason"])["is_required"] == is_wanted
        hint = str(form.fields["late_reason"].help_text)
    assert ("请写明" in hint) == is_wanted
