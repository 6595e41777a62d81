"""A hearing at the recheck that was called and not held, and the days that a hearing needs (第三十六条第二款)."""

from datetime import timedelta

import pytest

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.periods import Rule
from cases.casefile.event_text import tell
from cases.models import PetitionCase
from cases.permissions import moves_now
from cases.states import Move, State
from tests.cases.settings_made import set_from
from tests.office import MONDAY, Office, case_in, step

# The day for which the hearing was called.
LATER = MONDAY + timedelta(days=25)


def due(case: PetitionCase) -> tuple[str, str, bool]:
    clock = case.deadlines.get(rule=Rule.RECHECK)
    return clock.strict_on.isoformat(), clock.legal_on.isoformat(), clock.suspended_on is None


@pytest.mark.parametrize(
    ("ground", "strict", "words"),
    [
        # 03-03 + 30 = 04-02; the 25 days from the notice to the day on which nobody came are not counted.
        ("absent", "2025-04-27", "视为放弃听证"),
        ("waived", "2025-04-27", "书面放弃听证"),
        ("dropped", "2025-04-02", "组织听证的机关取消听证"),
    ],
)
def test_a_hearing_that_did_not_take_place_lets_the_recheck_go_on(
    office: Office, ground: str, strict: str, words: str
) -> None:
    case = case_in(office, State.RECHECK_HEARING)
    assert Move.CANCEL_RECHECK_HEARING in moves_now(office.rechecker, case)
    case = step(office, case, Move.CANCEL_RECHECK_HEARING, at=LATER, ground=ground)
    assert (case.state, case.was_heard, due(case)) == (State.RECHECKING, False, (strict, strict, True))
    assert case.due_rule == Rule.RECHECK
    told = tell(case.events.select_related("unit").order_by("-seq")[0], on=LATER.date())
    assert words in told.text


def test_what_was_not_heard_is_not_published(office: Office) -> None:
    case = step(office, case_in(office, State.RECHECK_HEARING), Move.CANCEL_RECHECK_HEARING, at=MONDAY)
    for move in (Move.DRAFT_RECHECK, Move.SIGN_RECHECK, Move.DELIVER_RECHECK):
        case = step(office, case, move, at=MONDAY)
    with pytest.raises(Refusal, match="只有经过听证"):
        step(office, case, Move.PUBLISH, at=MONDAY)


def test_a_hearing_can_be_called_again(office: Office) -> None:
    case = step(office, case_in(office, State.RECHECK_HEARING), Move.CANCEL_RECHECK_HEARING, at=MONDAY)
    assert step(office, case, Move.CALL_RECHECK_HEARING, at=MONDAY).state == State.RECHECK_HEARING


def test_the_notice_follows_what_the_office_has_set(office: Office) -> None:
    set_from("hearing-notice.length", 15, MONDAY.date())
    case = case_in(office, State.HANDLING, at=LATER)
    soon = (LATER + timedelta(days=15)).date().isoformat()
    with pytest.raises(Refusal, match="听证会举行15个工作日前送达"):
        step(office, case, Move.CALL_HEARING, at=LATER, hearing_on=soon)


def test_without_shandong_s_rules_the_notice_need_only_come_before_the_hearing(office: Office) -> None:
    set_from("shandong", False, MONDAY.date())
    case = case_in(office, State.HANDLING, at=LATER)
    with pytest.raises(Refusal, match="通知送达之后"):
        step(office, case, Move.CALL_HEARING, at=LATER, hearing_on=LATER.date().isoformat())
    soon = (LATER + timedelta(days=3)).date().isoformat()
    assert step(office, case, Move.CALL_HEARING, at=LATER, hearing_on=soon).state == State.HEARING


def test_a_late_objection_is_refused_by_the_days_that_were_set(office: Office) -> None:
    set_from("objection.length", 3, MONDAY.date())
    case = case_in(office, State.REFERRED, at=LATER)
    with pytest.raises(Refusal, match="收到之日起3个工作日内"):
        step(office, case, Move.OBJECT, at=LATER + timedelta(days=9))
