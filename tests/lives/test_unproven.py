"""A delivery without its proof is owed one, by a clock: nothing lies unwatched (第三十五条、第三十六条第一款)."""

from importlib import import_module
from typing import Any

from django.apps import apps

from cases.models import Alert, PetitionCase, Standing
from cases.procedure.delivery_entry import PROOFS
from cases.states import Move, State
from tests.lives.story import Life, assert_whole, begins
from tests.office import Office

NONE: dict[str, Any] = {paper.field: None for paper in PROOFS} | {"no_proof": "信访人签收后带走了回证"}
_ROAD = (
    (Move.TRIAGE, "2026-08-31"), (Move.REFER, "2026-08-31"), (Move.SIGN_FOR, "2026-09-01"),
    (Move.ACCEPT, "2026-09-02"), (Move.INVESTIGATE, "2026-09-09"), (Move.DRAFT, "2026-09-10"),
    (Move.CHECK, "2026-09-11"), (Move.SIGN, "2026-09-11"),
)  # fmt: skip
# Tue 2026-09-15 and ten working days, Sun 09-20 is one, Fri 09-25 none.
_RUNS = "delivery-proof from 2026-09-15 until 2026-09-29: runs"


def delivered(office: Office, **changes: Any) -> Life:
    life = begins(office, "2026-08-31")
    for move, day in _ROAD:
        life.do(move, day)
    life.do(Move.DELIVER, "2026-09-15", **changes)
    return life


def told(life: Life) -> list[str]:
    return [line for line in life.watch() if "delivery-proof" in line]


def test_the_unit_that_served_it_owes_the_proof_and_hears_of_it_before_and_after_the_last_day(office: Office) -> None:
    life = delivered(office, **NONE)
    assert life.clock("delivery-proof") == _RUNS
    assert life.case.deadlines.get(rule="delivery-proof").unit == office.handler.unit
    life.until("2026-09-29")
    assert told(life) == ["-1 delivery-proof 2026-09-28"]
    life.until("2026-09-30")
    assert told(life)[1:] == ["lapsed delivery-proof 2026-09-30"]
    assert Alert.objects.filter(deadline__rule="delivery-proof", consequence="supervision").count() == 0


def test_with_its_proof_nothing_is_owed(office: Office) -> None:
    assert [clock for clock in delivered(office).clocks() if "delivery-proof" in clock] == []


def test_the_proof_meets_it_and_the_worklist_never_waited_for_it(office: Office) -> None:
    life = delivered(office, **NONE)
    assert life.case.due_rule == "review-request"
    life.do(Move.PROVE_DELIVERY, "2026-09-29", proven_on="2026-09-15")
    assert life.clock("delivery-proof") == "delivery-proof from 2026-09-15 until 2026-09-29: met 2026-09-29"
    assert_whole()


def test_it_is_owed_after_the_closing_and_nothing_is_archived_without_it(office: Office) -> None:
    life = delivered(office, **NONE)
    life.do(Move.CLOSE, "2026-09-16")
    assert life.clock("delivery-proof") == _RUNS
    # The right ends on Thu 2026-10-15.
    life.refused(Move.ARCHIVE, "2026-10-19", "送达没有凭证")
    life.do(Move.PROVE_DELIVERY, "2026-10-19", proven_on="2026-09-15", late_reason="回证邮寄途中")
    life.do(Move.ARCHIVE, "2026-10-19")
    assert_whole()


def test_where_the_proof_is_lost_the_office_gives_its_word_and_no_day_moves(office: Office) -> None:
    life = delivered(office, **NONE)
    right = life.clock("review-request")
    life.refused(Move.CONFIRM_DELIVERY, "2026-09-18", "岗位", by=office.unit_head)
    life.refused(Move.CONFIRM_DELIVERY, "2026-09-18", "期限不变", by=office.head, verdict="refused")
    life.do(Move.CONFIRM_DELIVERY, "2026-09-18", by=office.head, verdict="believed", note="已电话询问信访人")
    assert life.clock("delivery-proof") == "delivery-proof from 2026-09-15 until 2026-09-29: met 2026-09-18"
    assert life.clock("review-request") == right
    assert life.case.deliveries.get().standing == Standing.CONFIRMED
    life.refused(Move.PROVE_DELIVERY, "2026-09-19", "没有待补交", proven_on="2026-09-15")
    assert_whole()


def test_the_body_above_owes_the_proof_of_its_own_opinion_and_brings_it(office: Office) -> None:
    life = delivered(office)
    for move, day in (
        (Move.ASK_REVIEW, "2026-09-21"), (Move.ACCEPT_REVIEW, "2026-09-22"), (Move.DRAFT_REVIEW, "2026-09-23"),
        (Move.SIGN_REVIEW, "2026-09-24"),
    ):  # fmt: skip
        life.do(move, day)
    life.do(Move.DELIVER_REVIEW, "2026-09-28", **NONE)
    assert life.case.state == State.REVIEW_DELIVERED
    assert life.case.deadlines.get(rule="delivery-proof").unit == office.reviewer.unit
    life.do(Move.PROVE_DELIVERY, "2026-10-09", by=office.reviewer, proven_on="2026-09-28")
    assert life.clock("delivery-proof").endswith("met 2026-10-09")
    assert_whole()


def test_what_was_entered_before_anybody_owed_it_has_its_clock_from_the_day_of_the_entry(office: Office) -> None:
    life = delivered(office, **NONE)
    life.case.deadlines.filter(rule="delivery-proof").delete()
    left = delivered(office, **NONE)
    left.case.deadlines.filter(rule="delivery-proof").delete()
    PetitionCase.objects.filter(pk=left.case.pk).update(state=State.ARCHIVED, closed_on="2026-10-16")
    import_module("cases.migrations.0033_delivery_proof_owed").owe(apps, None)
    assert life.clock("delivery-proof") == _RUNS
    assert not left.case.deadlines.filter(rule="delivery-proof").exists()
    assert left.reload().is_delivery_unproven is False
