"""One person at two desks: who acted below, or holds a post there, decides on nothing above (第二十八条第三款)."""

from dataclasses import replace

import pytest
from django.core import checks
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from cases.checks import check_tables
from cases.keeping.stuck import stuck_matters
from cases.models import PetitionCase
from cases.permissions import moves_now
from cases.states import JUDGING, MAY, STEPS, Hand, Move, State
from cases.states import table as table_of_moves
from tests.cases.api_client import program
from tests.factories import PostFactory
from tests.lives.story import Life, begins, hour
from tests.lives.test_not_alone import taken_in_by_itself
from tests.office import Office

_TO_DELIVERY = (
    Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE, Move.DRAFT, Move.CHECK, Move.SIGN,
    Move.DELIVER,
)  # fmt: skip
_REVIEW = (Move.ACCEPT_REVIEW, Move.DRAFT_REVIEW, Move.SIGN_REVIEW, Move.DELIVER_REVIEW)


def second_post(post: Post, unit: object, role: Role) -> Post:
    made: Post = PostFactory(user=post.user, unit=unit, role=role, from_on="2026-01-01")
    return made


def asked_for_review(office: Office) -> Life:
    life = begins(office, "2026-08-03")
    for move in _TO_DELIVERY:
        life.do(move, "2026-08-03")
    life.do(Move.ASK_REVIEW, "2026-08-10")
    return life


def test_who_signed_the_opinion_takes_no_step_of_its_review_though_he_sits_there_too(office: Office) -> None:
    life = asked_for_review(office)
    both = second_post(office.unit_head, office.government, Role.REVIEWER)
    reviewing = {Move.ACCEPT_REVIEW, Move.DECLINE_REVIEW, Move.WITHDRAW_REVIEW}
    assert not reviewing & set(moves_now(both, life.case))
    life.refused(Move.ACCEPT_REVIEW, "2026-08-11", "承办过该事项或者在责任单位任职.*不能“受理复查”", by=both)
    life.do(Move.ACCEPT_REVIEW, "2026-08-11")
    life.do(Move.DRAFT_REVIEW, "2026-08-11")
    life.refused(Move.SIGN_REVIEW, "2026-08-12", "承办过该事项或者在责任单位任职", by=both)
    life.do(Move.SIGN_REVIEW, "2026-08-12")
    assert life.case.state == State.REVIEW_ISSUED


def test_who_moved_from_the_unit_to_the_body_of_review_is_still_the_one_who_handled_it(office: Office) -> None:
    life = asked_for_review(office)
    Post.objects.filter(pk=office.handler.pk).update(to_on="2026-08-09")
    moved = second_post(office.handler, office.government, Role.REVIEWER)
    life.refused(Move.ACCEPT_REVIEW, "2026-08-11", "承办过该事项", by=moved)


def test_who_holds_a_post_at_the_unit_and_never_touched_the_matter_does_not_review_it(office: Office) -> None:
    life = asked_for_review(office)
    stranger = PostFactory(unit=office.housing, role=Role.UNIT_HANDLER)
    life.refused(Move.ACCEPT_REVIEW, "2026-08-11", "在责任单位任职",
                 by=second_post(stranger, office.government, Role.REVIEWER))  # fmt: skip
    # Of another unit: it is nobody's concern.
    of_water = second_post(office.water_head, office.government, Role.REVIEWER)
    life.do(Move.ACCEPT_REVIEW, "2026-08-11", by=of_water)
    assert life.case.state == State.REVIEWING


def test_who_reviewed_does_not_recheck_his_own_review(office: Office) -> None:
    life = asked_for_review(office)
    for move in _REVIEW:
        life.do(move, "2026-08-12")
    life.do(Move.ASK_RECHECK, "2026-08-17")
    for post in (office.reviewer, office.review_head):
        again = second_post(post, office.province, Role.REVIEWER)
        life.refused(Move.ACCEPT_RECHECK, "2026-08-18", "复查过该事项", by=again)
    signer = second_post(office.unit_head, office.province, Role.REVIEWER)
    life.refused(Move.ACCEPT_RECHECK, "2026-08-18", "承办过该事项", by=signer)
    life.do(Move.ACCEPT_RECHECK, "2026-08-18")
    assert life.case.state == State.RECHECKING


def test_a_reviewer_at_both_desks_of_the_office_still_ends_what_was_rechecked(office: Office) -> None:
    # 信访局长 who heads the office of 复查复核 too has judged nothing of his own.
    life = asked_for_review(office)
    second_post(office.head, office.government, Role.REVIEWER)
    life.do(Move.WITHDRAW, "2026-08-12", by=Post.objects.get(pk=office.head.pk))
    assert life.case.state == State.WITHDRAWN


@pytest.mark.parametrize("move", [Move.WITHDRAW, Move.END, Move.SUCCEED])
def test_a_handler_ends_nothing_as_the_head_of_the_office_above(office: Office, move: Move) -> None:
    life = taken_in_by_itself(office)
    two = second_post(office.handler, office.bureau, Role.OFFICE_HEAD)
    assert move not in moves_now(two, life.case)
    life.refused(move, "2026-09-29", "承办过该事项或者在责任单位任职", by=two)
    # Who took it in at the window of that unit, and sits at the office by now.
    Post.objects.filter(pk=office.housing_registrar.pk).update(to_on="2026-09-28")
    taker = second_post(office.housing_registrar, office.bureau, Role.OFFICE_HEAD)
    life.refused(move, "2026-09-29", "承办过该事项或者在责任单位任职", by=taker)


def test_his_own_late_entry_of_a_delivery_is_believed_by_another(office: Office) -> None:
    life = begins(office, "2026-08-03")
    for move in _TO_DELIVERY[:-1]:
        life.do(move, "2026-08-03")
    life.do(Move.DELIVER, "2026-08-25", delivered_on="2026-08-03")
    two = second_post(office.handler, office.bureau, Role.OFFICE_HEAD)
    life.refused(Move.CONFIRM_DELIVERY, "2026-08-26", "承办过该事项", by=two)
    life.do(Move.CONFIRM_DELIVERY, "2026-08-26", by=office.head)


def test_the_extension_that_he_asked_for_is_granted_by_another_at_the_office(office: Office) -> None:
    life = begins(office, "2026-08-03")
    life.do(Move.TRIAGE, "2026-08-03")
    life.do(Move.ASSIGN, "2026-08-03", days=75)
    for move in (Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE, Move.ASK_EXTENSION, Move.AGREE_EXTENSION):
        life.do(move, "2026-08-03")
    two = second_post(office.unit_head, office.bureau, Role.OFFICE_HEAD)
    life.refused(Move.CONFIRM_EXTENSION, "2026-08-04", "承办过该事项", by=two)
    life.do(Move.CONFIRM_EXTENSION, "2026-08-04")


def test_looking_ahead_names_who_has_to_leave_it_to_others(office: Office) -> None:
    life = asked_for_review(office)
    life.do(Move.ACCEPT_REVIEW, "2026-08-11")
    second_post(office.unit_head, office.government, Role.REVIEWER)
    Post.objects.filter(pk=office.review_head.pk).update(to_on="2026-08-01")
    life.refused(
        Move.DRAFT_REVIEW, "2026-08-11", "除拟稿人、承办过该事项或者在责任单位任职的人员外没有可以签发复查意见的人员"
    )
    Post.objects.filter(pk=office.reviewer.pk).update(to_on="2026-08-01")
    piles = stuck_matters(hour("2026-08-11").date())
    assert [(pile.unit, pile.roles) for pile in piles] == [
        (office.government, "除承办过该事项或者在责任单位任职的人员外的复查复核")
    ]


def test_the_page_and_the_api_refuse_him_too(office: Office) -> None:
    life = asked_for_review(office)
    both = second_post(office.unit_head, office.government, Role.REVIEWER)
    url = reverse("cases:case", args=[life.case.number]).replace("/cases/", "/api/cases/") + "moves/accept-review/"
    answer = program(both).post(url, {}, format="json")
    assert answer.status_code == 403
    assert PetitionCase.objects.get().state == State.REVIEW_ASKED


def test_the_start_up_check_finds_a_row_at_a_deciding_desk_that_forgets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_tables(None) == []
    judging = [move for move, duty in MAY.items() if JUDGING.issuperset(duty.desks)]
    assert {Move.WITHDRAW, Move.END, Move.CONFIRM_DELIVERY, Move.ROUTE} <= set(judging)
    for move in (Move.WITHDRAW, Move.SIGN_REVIEW, Move.CONFIRM_EXTENSION, Move.DECIDE_JURISDICTION):
        with monkeypatch.context() as patch:
            patch.setitem(table_of_moves._steps, move, replace(STEPS[move], others_than=()))
            faults: list[checks.CheckMessage] = check_tables(None)
            assert any("HANDLED" in str(fault.msg) for fault in faults), move
    assert Hand.REVIEWED in STEPS[Move.SIGN_RECHECK].others_than


def test_at_its_own_desk_a_lone_office_is_not_shut_out_by_itself(office: Office) -> None:
    # Where no office stands above, the office that handled what it took in decides, as before.
    life = begins(office, "2026-08-03")
    life.case.responsible = office.bureau
    life.case.hands = [[Hand.HANDLED.value, office.bureau.pk, office.head.user_id]]
    assert Move.WITHDRAW in moves_now(office.head, life.case)


def test_nobody_is_shut_out_before_it_has_been_passed_on(office: Office) -> None:
    life = begins(office, "2026-08-03")
    two = second_post(office.handler, office.bureau, Role.OFFICE_HEAD)
    life.do(Move.TRIAGE, "2026-08-03")
    assert Move.WITHDRAW in moves_now(two, life.case)
