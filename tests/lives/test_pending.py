"""不予受理「正在办理」: the matter that is under way is named, and is the same claim elsewhere (第十九条第三款)."""

import pytest

from cases.models import Petitioner
from cases.states import Move, State
from tests.lives.story import Life, begins
from tests.office import Office


def under_way(office: Office) -> Life:
    life = begins(office, "2026-08-03")
    for move in (Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT):
        life.do(move, "2026-08-04")
    return life


def test_the_matter_under_way_is_named(office: Office) -> None:
    first, again = under_way(office), begins(office, "2026-08-05")
    again.do(Move.TRIAGE, "2026-08-05")
    again.refused(Move.DECLINE, "2026-08-05", "正在办理的事项编号", ground="pending")
    again.refused(Move.DECLINE, "2026-08-05", "不是本事项", ground="pending", pending=again.case.number)
    again.do(Move.DECLINE, "2026-08-05", ground="pending", pending=first.case.number)
    event = again.case.events.get(kind="decline")
    assert (again.case.state, event.detail["pending"]) == (State.DECLINED, first.case.number)


def test_one_that_is_answered_is_not_under_way(office: Office) -> None:
    first, again = begins(office, "2026-08-03", purpose="other"), begins(office, "2026-08-05")
    first.do(Move.FILE, "2026-08-04")
    again.do(Move.TRIAGE, "2026-08-05")
    again.refused(Move.DECLINE, "2026-08-05", "已经办结", ground="pending", pending=first.case.number)


def test_the_claim_of_somebody_else_for_something_else_is_another_matter(office: Office) -> None:
    first = under_way(office)
    lead = Petitioner(name="王某", phone="13900000000")
    other = begins(office, "2026-08-05", lead=lead, requests=["退还物业费"])
    other.do(Move.TRIAGE, "2026-08-05")
    other.refused(Move.DECLINE, "2026-08-05", "不是同一人", ground="pending", pending=first.case.number)


def test_a_unit_declines_nothing_for_what_lies_with_itself(office: Office) -> None:
    first, again = under_way(office), begins(office, "2026-08-05")
    for move in (Move.TRIAGE, Move.REFER, Move.SIGN_FOR):
        again.do(move, "2026-08-05")
    sent = {"ground": "pending", "pending": first.case.number}
    again.refused(Move.DECLINE, "2026-08-06", "就在本单位", by=office.unit_head, **sent)


@pytest.mark.parametrize("ground", ["not-petition", "litigation"])
def test_other_reasons_name_no_matter(office: Office, ground: str) -> None:
    life = begins(office, "2026-08-03")
    life.do(Move.TRIAGE, "2026-08-03")
    life.do(Move.DECLINE, "2026-08-04", ground=ground)
    assert "pending" not in life.case.events.get(kind="decline").detail
