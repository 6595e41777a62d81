"""Edges of the clocks of moves: the last day itself, a lapse that no watch has seen, rights that a move leaves."""

from datetime import date, datetime

import pytest

from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from cases.clocks.moving import waiting
from cases.models import Deadline, PetitionCase
from cases.procedure.grounds import right_has_ended
from cases.states import Move, State
from tests.cases.settings_made import set_from
from tests.lives.story import begins, hour
from tests.office import Office, case_in, step


def running(case: PetitionCase, rule: Rule) -> Deadline:
    return case.deadlines.running().get(rule=rule)


@pytest.mark.parametrize(("signed_on", "counts_from"), [("2026-09-23", "2026-09-23"), ("2026-09-24", "2026-09-08")])
def test_a_period_counts_anew_from_a_signature_up_to_its_last_day(
    office: Office, signed_on: str, counts_from: str
) -> None:
    set_from(Key.NOTICE_START.value, "signature", date(2026, 9, 1))
    life = begins(office, "2026-09-07")
    life.do(Move.TRIAGE, "2026-09-07")
    # 09-08 + 15 = Wednesday 09-23.
    life.do(Move.REFER, "2026-09-08")
    life.do(Move.SIGN_FOR, signed_on)
    assert running(life.case, Rule.NOTICE).started_on == date.fromisoformat(counts_from)


@pytest.mark.parametrize(("day", "has_lapsed"), [("2026-10-08", False), ("2026-10-09", True)])
def test_an_extension_after_the_last_day_keeps_the_lapse_though_no_watch_went_round(
    office: Office, day: str, has_lapsed: bool
) -> None:
    # 08-07 + 60 = Tuesday 10-06, National Day: legal Thursday 10-08.
    case = case_in(office, State.EXTENSION_ASKED, at=hour("2026-08-07"))
    case = step(office, case, Move.APPROVE_EXTENSION, at=hour(day), late_reason="负责人出差")
    assert (running(case, Rule.HANDLING).lapsed_at is not None) == has_lapsed


def test_a_withdrawal_leaves_the_parties_their_way_to_the_court(office: Office) -> None:
    at: datetime = hour("2026-09-07")
    case = step(office, case_in(office, State.MEDIATING, at=at), Move.REACH_AGREEMENT, at=at)
    case = step(office, case, Move.WITHDRAW, at=at)
    assert running(case, Rule.JUDICIAL_CONFIRMATION).is_running


@pytest.mark.parametrize(("on", "is_saved"), [("2026-09-20", True), ("2026-09-21", True), ("2026-09-22", False)])
def test_what_waits_for_a_body_above_is_put_off_up_to_its_last_day_and_not_once_it_has_lapsed(
    on: str, is_saved: bool
) -> None:
    # Day 09-19 is a Saturday: legal Mon 09-21.
    waits = Deadline(rule=Rule.ASSIGNMENT, strict_on=date(2026, 9, 19), legal_on=date(2026, 9, 21))
    lead = Deadline(rule=Rule.REDO, strict_on=date(2026, 10, 9), legal_on=date(2026, 10, 9))
    assert list(waiting([waits], [lead], on=date.fromisoformat(on))) == ([(waits, 20)] if is_saved else [])


def test_a_lead_that_ends_no_later_moves_nothing() -> None:
    waits = Deadline(rule=Rule.ASSIGNMENT, strict_on=date(2026, 9, 18), legal_on=date(2026, 9, 18))
    lead = Deadline(rule=Rule.REDO, strict_on=date(2026, 9, 18), legal_on=date(2026, 9, 18))
    other = Deadline(rule=Rule.CO_HANDLING, strict_on=date(2026, 9, 30), legal_on=date(2026, 9, 30))
    assert list(waiting([waits], [lead, other], on=date(2026, 9, 1))) == []


def test_the_days_of_the_office_go_on_after_an_objection_as_they_last_began(office: Office) -> None:
    case = case_in(office, State.CLOSED, at=hour("2026-07-06"))
    case = step(office, case, Move.REOPEN, at=hour("2026-09-07"))
    for move, day in (
        (Move.TRIAGE, "2026-09-08"), (Move.REFER, "2026-09-09"), (Move.OBJECT, "2026-09-10"),
        (Move.AGREE_OBJECTION, "2026-09-11"),
    ):  # fmt: skip
        case = step(office, case, move, at=hour(day))
    # From the new beginning: not from the arrival in July, and not from the return.
    assert running(case, Rule.TRIAGE).started_on == date(2026, 9, 7)


def test_a_right_that_was_used_has_not_ended_whatever_was_noticed_of_it(office: Office) -> None:
    case = case_in(office, State.DELIVERED, at=hour("2026-09-07"))
    right = case.deadlines.filter(rule=Rule.REVIEW_REQUEST)
    right.update(lapsed_at=hour("2026-10-20"))
    assert right_has_ended(case)
    right.update(met_on=date(2026, 9, 20))
    assert not right_has_ended(case)
