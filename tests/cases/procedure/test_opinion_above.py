"""Duties of the body above before it signs, and those of it who may not take part (条例第二十八条)."""

from datetime import timedelta

import pytest

from binzhou_xinfang.errors import Refusal
from cases.casefile.event_text import tell
from cases.permissions import moves_now
from cases.queries import visible_to
from cases.states import Move, State
from tests.moves import ROADS
from tests.office import MONDAY, Office, case_in, led, register, step

LATE = MONDAY + timedelta(days=60)
LEVELS = [
    (State.REVIEWING, Move.DRAFT_REVIEW, Move.SIGN_REVIEW),
    (State.RECHECKING, Move.DRAFT_RECHECK, Move.SIGN_RECHECK),
]


@pytest.mark.parametrize(("state", "draft", "sign"), LEVELS)
@pytest.mark.parametrize("field", ["facts", "basis", "decision"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("不服本意见的，可以向人民法院提起行政诉讼。", "不能写提起诉讼"),
        ("当事人身份证号371602199001011234。", "身份证件号码"),
    ],
)
def test_an_opinion_from_above_is_not_signed_with_these_words(
    office: Office, state: State, draft: Move, sign: Move, field: str, text: str, words: str
) -> None:
    case = step(office, case_in(office, state), draft, at=MONDAY, **{field: text})
    with pytest.raises(Refusal, match=words):
        step(office, case, sign, at=MONDAY)


@pytest.mark.parametrize(("state", "draft", "sign"), LEVELS)
def test_a_late_opinion_from_above_says_why(office: Office, state: State, draft: Move, sign: Move) -> None:
    case = step(office, case_in(office, state), draft, at=MONDAY)
    with pytest.raises(Refusal, match="请写明逾期的原因") as refused:
        step(office, case, sign, at=LATE, late_reason=" ")
    assert refused.value.field == "late_reason"
    done = step(office, case, sign, at=LATE, late_reason="鉴定机构出具结论较晚")
    assert "鉴定机构出具结论较晚" in tell(done.events.select_related("unit").order_by("-seq")[0], on=LATE.date()).text


def test_an_opinion_in_time_keeps_no_reason(office: Office) -> None:
    done = step(office, case_in(office, State.REVIEW_DRAFTED), Move.SIGN_REVIEW, at=MONDAY, late_reason="多写的")
    assert "late_reason" not in done.events.order_by("-seq")[0].detail


@pytest.mark.parametrize("state", [State.REVIEW_ASKED, State.REVIEWING, State.REVIEW_DRAFTED])
def test_a_reviewer_withdraws_and_a_colleague_decides(office: Office, state: State) -> None:
    case = case_in(office, state)
    handler = case.assignee
    case = step(office, case, Move.ASK_RECUSAL, at=MONDAY, by=office.reviewer, person="reviewer", is_own_request=True)
    with pytest.raises(Refusal, match="不能决定自己的回避"):
        step(office, case, Move.GRANT_RECUSAL, at=MONDAY, by=office.reviewer, successor="review-head")
    case = step(office, case, Move.GRANT_RECUSAL, at=MONDAY, by=office.review_head, successor="review-head")
    assert case.assignee == handler
    assert not visible_to(office.reviewer).filter(pk=case.pk).exists()
    assert moves_now(office.reviewer, case) == []


@pytest.mark.parametrize(
    ("state", "move"),
    [
        (State.CHECKED, Move.SIGN),
        (State.SIMPLE, Move.ANSWER_SIMPLE),
        (State.UNDERTAKEN, Move.REPLY),
        (State.REVIEW_DRAFTED, Move.SIGN_REVIEW),
        (State.RECHECK_DRAFTED, Move.SIGN_RECHECK),
        (State.REVIEW_ASKED, Move.DECLINE_REVIEW),
        (State.RECHECK_ASKED, Move.DECLINE_RECHECK),
    ],
)
def test_nothing_is_answered_while_a_recusal_waits_for_its_decision(office: Office, state: State, move: Move) -> None:
    case = case_in(office, state)
    by = next(post for post in office.every_post() if Move.ASK_RECUSAL in moves_now(post, case))
    case = step(office, case, Move.ASK_RECUSAL, at=MONDAY, by=by, person=by.user.username)
    with pytest.raises(Refusal, match="有回避申请尚未决定"):
        step(office, case, move, at=MONDAY)


def test_a_ground_is_told_in_the_words_of_its_own_list(office: Office) -> None:
    """Two lists share the code `skipped`: that of a visit, and that of a request to a body above."""
    road = (*ROADS[State.REVIEW_ASKED], (Move.DECLINE_REVIEW, {"ground": "skipped"}))
    case = led(office, register(office).case, road, at=MONDAY)
    text = tell(case.events.select_related("unit").order_by("-seq")[0], on=MONDAY.date()).text
    assert "不是向原办理（复查）机关的上一级机关提出" in text
