"""Survivors of the end of a matter: the petitioner's right, the unit's debt, and the way back of who was late."""

from datetime import timedelta

import pytest

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.periods import Rule
from cases.models import PetitionCase
from cases.permissions import moves_now
from cases.queries import on_desk
from cases.states import Move, State
from cases.vocabulary import EndGround
from cases.watch.sweep import sweep
from tests.moves import ROADS, Bend
from tests.office import MONDAY, Office, case_in, led, ready_for, register, step

LATE = MONDAY + timedelta(days=60)
_ANSWERS = [{"order": order, "result": "support", "text": "三十日内完成维修。"} for order in (1, 2)]
_SUPPORT: Bend = (Move.DRAFT, {"answers": _ANSWERS})
_DELIVERED: tuple[Bend, ...] = (*ROADS[State.HANDLING], _SUPPORT, Move.CHECK, Move.SIGN, Move.DELIVER)
_REVIEWED: tuple[Bend, ...] = (
    Move.ASK_REVIEW, Move.ACCEPT_REVIEW, Move.DRAFT_REVIEW, Move.SIGN_REVIEW, Move.DELIVER_REVIEW,
)  # fmt: skip
_RECHECKED: tuple[Bend, ...] = (
    Move.ASK_RECHECK, Move.ACCEPT_RECHECK, Move.DRAFT_RECHECK, Move.SIGN_RECHECK, Move.DELIVER_RECHECK,
)  # fmt: skip


def walked(office: Office, *road: Bend) -> PetitionCase:
    return led(office, register(office).case, road, at=MONDAY)


def execution(case: PetitionCase) -> tuple[int, bool]:
    """Count the clocks of an execution that the matter has had, and tell if one runs."""
    clocks = case.deadlines.filter(rule=Rule.EXECUTION)
    return clocks.count(), clocks.running().exists()


# 归档


@pytest.mark.parametrize("state", [State.CLOSED, State.RESOLVED])
def test_no_file_goes_into_the_archive_while_the_petitioner_may_ask_for_a_review(office: Office, state: State) -> None:
    case = case_in(office, state)
    assert Move.ARCHIVE not in moves_now(office.registrar, case)
    with pytest.raises(Refusal, match="信访人申请复查、复核等权利尚未届满"):
        step(office, case, Move.ARCHIVE, at=MONDAY)
    assert step(office, case, Move.ASK_REVIEW, at=MONDAY).state == State.REVIEW_ASKED


def test_the_file_goes_into_the_archive_when_the_right_has_run_out(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    sweep(at=LATE)
    case.refresh_from_db()
    assert Move.ARCHIVE in moves_now(office.registrar, case)
    assert step(office, case, Move.ARCHIVE, at=LATE).state == State.ARCHIVED


def test_a_file_in_the_archive_that_proves_wrong_is_opened_again(office: Office) -> None:
    case = step(office, case_in(office, State.ARCHIVED), Move.REOPEN, at=LATE, ground="wrongly-closed")
    assert (case.state, case.closed_on, case.holder) == (State.REGISTERED, None, office.bureau)


# 执行


@pytest.mark.parametrize("ordered", [(), (Move.ORDER_EXECUTION,)], ids=["not ordered yet", "ordered before"])
def test_what_was_supported_is_owed_when_the_recheck_upholds_it(office: Office, ordered: tuple[Bend, ...]) -> None:
    case = walked(office, *_DELIVERED, *ordered, *_REVIEWED, *_RECHECKED)
    assert (case.state, case.previous_state, case.holder) == (State.EXECUTING, State.ENDED, office.housing)
    assert case in on_desk(office.handler)
    assert Move.ASK_RECHECK not in moves_now(office.clerk, case)
    case = step(office, case, Move.ORDER_EXECUTION, at=MONDAY)
    assert execution(case) == (1, True)
    case = step(office, case, Move.FINISH_EXECUTION, at=MONDAY)
    assert (case.state, case.end_ground, execution(case)) == (State.ENDED, EndGround.RECHECKED, (1, False))
    assert step(office, case, Move.CONFIRM_END, at=MONDAY).state == State.END_CONFIRMED


def test_a_recheck_ends_at_once_what_owes_nothing(office: Office) -> None:
    done = walked(
        office, *_DELIVERED, Move.ORDER_EXECUTION, Move.FINISH_EXECUTION, *_REVIEWED, *_RECHECKED
    )  # fmt: skip
    assert (done.state, done.owes_execution) == (State.ENDED, False)


CHANGED = {"result": "change", "decision": "原意见不当。", "changed_to": "由住建局三十日内完成维修。"}


def changed(office: Office, draft: Move, sign: Move, state: State, **said: object) -> PetitionCase:
    """A matter whose opinion supported something, ordered to be done, and was changed by the body above."""
    road = (*_DELIVERED, Move.ORDER_EXECUTION, *_REVIEWED, *_RECHECKED)
    case = walked(office, *road[: road.index(draft)], (draft, CHANGED | said), sign)
    return step(office, case, Move.DELIVER_REVIEW if sign is Move.SIGN_REVIEW else Move.DELIVER_RECHECK, at=MONDAY)


LEVELS = [
    (Move.DRAFT_REVIEW, Move.SIGN_REVIEW, State.REVIEW_DELIVERED),
    (Move.DRAFT_RECHECK, Move.SIGN_RECHECK, State.ENDED),
]


@pytest.mark.parametrize(("draft", "sign", "state"), LEVELS)
def test_what_the_changed_opinion_no_longer_supports_is_not_owed(
    office: Office, draft: Move, sign: Move, state: State
) -> None:
    case = changed(office, draft, sign, state)
    assert (case.state, case.owes_execution, execution(case)) == (state, False, (1, False))


@pytest.mark.parametrize(("draft", "sign", "state"), LEVELS)
def test_what_the_changed_opinion_supports_is_followed_until_it_is_done(
    office: Office, draft: Move, sign: Move, state: State
) -> None:
    case = changed(office, draft, sign, state, needs_execution=True)
    assert case.owes_execution
    case = step(office, case, Move.ORDER_EXECUTION, at=MONDAY)
    case = step(office, case, Move.FINISH_EXECUTION, at=MONDAY)
    assert (case.state, case.owes_execution) == (state, False)


def test_a_rejected_request_that_the_review_grants_is_owed(office: Office) -> None:
    """The unit had only explained."""
    road = (*ROADS[State.REVIEWING], (Move.DRAFT_REVIEW, CHANGED | {"needs_execution": True}), Move.SIGN_REVIEW)
    case = step(office, walked(office, *road), Move.DELIVER_REVIEW, at=MONDAY)
    with pytest.raises(Refusal, match="尚未执行完毕"):
        step(office, case, Move.CLOSE, at=MONDAY)
    assert step(office, case, Move.ORDER_EXECUTION, at=MONDAY).state == State.EXECUTING


@pytest.mark.parametrize("result", ["uphold", "revoke"])
def test_only_a_change_says_what_is_to_be_done(office: Office, result: str) -> None:
    case = case_in(office, State.REVIEWING)
    days = {"redo_days": 30} if result == "revoke" else {}
    with pytest.raises(Refusal, match="只有变更的"):
        step(office, case, Move.DRAFT_REVIEW, at=MONDAY, result=result, needs_execution=True, **days)


@pytest.mark.parametrize("ground", ["other", "rechecked", "no-request"])
def test_a_matter_that_owes_an_execution_is_not_ended_by_hand(office: Office, ground: str) -> None:
    case = case_in(office, State.EXECUTING)
    with pytest.raises(Refusal):
        step(office, case, Move.END, at=MONDAY, ground=ground)


def test_the_debt_ends_with_a_petitioner_without_successor(office: Office) -> None:
    case = step(office, case_in(office, State.EXECUTING), Move.END, at=MONDAY, ground="no-successor")
    assert (case.state, case.owes_execution, execution(case)) == (State.ENDED, False, (1, False))
    assert step(office, case, Move.CONFIRM_END, at=MONDAY).state == State.END_CONFIRMED


def test_the_debt_ends_with_a_withdrawal(office: Office) -> None:
    case = step(office, case_in(office, State.EXECUTING), Move.WITHDRAW, at=MONDAY)
    assert (case.owes_execution, execution(case)) == (False, (1, False))
    with pytest.raises(Refusal, match="权利尚未届满"):  # the right to a review outlives it
        step(office, case, Move.ARCHIVE, at=MONDAY)
    sweep(at=LATE)
    case.refresh_from_db()
    assert step(office, case, Move.ARCHIVE, at=LATE).state == State.ARCHIVED


def test_urging_again_gives_no_new_period(office: Office) -> None:
    case = case_in(office, State.EXECUTING)
    first = case.deadlines.get(rule=Rule.EXECUTION)
    case = step(office, case, Move.ORDER_EXECUTION, at=MONDAY + timedelta(days=10), days=90)
    assert case.deadlines.get(rule=Rule.EXECUTION).legal_on == first.legal_on
    assert step(office, case, Move.FINISH_EXECUTION, at=MONDAY + timedelta(days=11)).state == State.DELIVERED


# 逾期申请复核


def ended_without_a_request(office: Office) -> PetitionCase:
    case = case_in(office, State.REVIEW_DELIVERED)
    sweep(at=LATE)
    case.refresh_from_db()
    assert (case.state, case.end_ground) == (State.ENDED, EndGround.NO_REQUEST)
    return case


def test_who_was_late_with_a_good_reason_is_heard_after_the_end(office: Office) -> None:
    case = step(office, ended_without_a_request(office), Move.ASK_RECHECK, at=LATE, excuse="住院治疗，有病历")
    assert (case.state, case.end_ground, case.holder) == (State.RECHECK_ASKED, "", office.province)
    assert step(office, case, Move.ACCEPT_RECHECK, at=LATE).state == State.RECHECKING


def test_who_was_late_without_a_reason_is_declined_and_the_end_stands(office: Office) -> None:
    case = step(office, ended_without_a_request(office), Move.ASK_RECHECK, at=LATE)
    with pytest.raises(Refusal, match="应当不予受理"):
        step(office, case, Move.ACCEPT_RECHECK, at=LATE)
    case = step(office, case, Move.DECLINE_RECHECK, at=LATE, ground="late")
    assert (case.state, case.end_ground, case.is_open) == (State.ENDED, EndGround.NO_REQUEST, False)


def test_a_matter_that_ended_otherwise_is_not_brought_above(office: Office) -> None:
    case = step(office, case_in(office, State.REVIEW_DELIVERED), Move.END, at=MONDAY)
    with pytest.raises(Refusal, match="不是因逾期未申请复核而终结"):
        step(office, case, Move.ASK_RECHECK, at=MONDAY)


@pytest.mark.parametrize("move", [Move.CLOSE, Move.RESOLVE])
def test_a_declined_recheck_leaves_a_closed_file_closed(office: Office, move: Move) -> None:
    before = step(office, case_in(office, State.REVIEW_DELIVERED), move, at=MONDAY).state
    case = step(office, PetitionCase.objects.get(), Move.ASK_RECHECK, at=MONDAY)
    case = step(office, case, Move.DECLINE_RECHECK, at=MONDAY)
    assert (case.state, case.is_open, case.holder) == (before, False, office.housing)


# 不再受理


@pytest.mark.parametrize(
    "state", [State.FILED, State.DECLINED, State.ROUTED, State.ANSWERED, State.WITHDRAWN, State.MERGED, State.CLOSED]
)
def test_what_has_not_come_to_the_end_of_its_road_bars_nothing(office: Office, state: State) -> None:
    earlier = case_in(office, state)
    case = ready_for(office, Move.REFUSE_AGAIN).case
    with pytest.raises(Refusal, match="没有经过复核终结"):
        step(office, case, Move.REFUSE_AGAIN, at=MONDAY, earlier=earlier.number)


def basis(case: PetitionCase) -> str:
    return str(case.letters.get(letter__kind="no-further-acceptance").letter.facts["basis"])


def test_a_recheck_bars_by_the_national_rule(office: Office) -> None:
    ready = ready_for(office, Move.REFUSE_AGAIN)
    done = step(office, ready.case, Move.REFUSE_AGAIN, at=MONDAY, **ready.sent)
    assert basis(done) == "《信访工作条例》第三十六条第三款"


def test_who_let_the_review_pass_is_barred_by_shandong_s_rule(office: Office) -> None:
    earlier = case_in(office, State.CLOSED)
    sweep(at=LATE)
    case = ready_for(office, Move.REFUSE_AGAIN, at=LATE).case
    done = step(office, case, Move.REFUSE_AGAIN, at=LATE, earlier=earlier.number)
    assert basis(done) == "《山东省信访条例》第三十三条、第四十六条"


# 并件


def test_who_can_be_reached_is_told_where_the_matter_goes_on(office: Office) -> None:
    ready = ready_for(office, Move.MERGE)
    with pytest.raises(Refusal, match="应当告知信访人") as refused:
        step(office, ready.case, Move.MERGE, at=MONDAY, **(ready.sent | {"told_by": ""}))
    assert refused.value.field == "told_by"
    done = step(office, ready.case, Move.MERGE, at=MONDAY, **ready.sent)
    assert done.events.order_by("-seq")[0].detail["told_by"] == "phone"


def test_nobody_is_told_who_left_no_address(office: Office) -> None:
    ready = ready_for(office, Move.MERGE)
    lead = ready.case.lead
    lead.is_anonymous = True
    lead.save()
    done = step(office, ready.case, Move.MERGE, at=MONDAY, **(ready.sent | {"told_by": ""}))
    assert (done.state, "told_by" in done.events.order_by("-seq")[0].detail) == (State.MERGED, False)
