"""逾期原因: asked of whatever ends an own duty after its last day, of nothing else, and true for the day believed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.checks import check_tables
from cases.models import Deadline
from cases.states import TRANSITIONS, Move, State
from cases.vocabulary import DeliveryWay
from tests.lives.story import Life, hour
from tests.lives.test_delivery import sent, signed
from tests.moves import ROAD_TO
from tests.office import Office, led, register

LATE: dict[str, Any] = {"late_reason": ""}
BEGAN = "2026-08-03"
ANSWERS = [
    (Move.CLOSE, (Move.TRIAGE, Move.ASSIGN, *ROAD_TO[Move.CLOSE][2:]), Rule.ASSIGNMENT),
    (Move.FINISH_EXECUTION, ROAD_TO[Move.FINISH_EXECUTION], Rule.EXECUTION),
    (Move.FEED_BACK, ROAD_TO[Move.FEED_BACK], Rule.CO_HANDLING),
    (Move.LEAD_OUT, ROAD_TO[Move.LEAD_OUT], Rule.HANDLING),
    (Move.ACCEPT, ROAD_TO[Move.ACCEPT_SIMPLE], Rule.SIMPLE_ACCEPTANCE),
    (Move.DECLINE_REVIEW, ROAD_TO[Move.DECLINE_REVIEW], Rule.REVIEW),
]


@pytest.mark.parametrize(("move", "road", "rule"), ANSWERS, ids=[move.value for move, _, _ in ANSWERS])
@pytest.mark.parametrize("days", [0, 1])
def test_who_ends_an_own_duty_after_its_last_day_says_why(
    office: Office, move: Move, road: Any, rule: Rule, days: int
) -> None:
    at = hour(BEGAN)
    life = Life(office, led(office, register(office, at=at).case, road, at=at), date.fromisoformat(BEGAN))
    # By what is set, others may run beside it: here this one alone is the question.
    life.case.deadlines.running().exclude(rule=rule).delete()
    last = life.case.deadlines.running().get(rule=rule).legal_on
    life.watched = last + timedelta(days=days)
    day = life.watched.isoformat()
    if days:
        life.refused(move, day, "请写明逾期的原因", **LATE)
    life.do(move, day, late_reason="人员轮岗")
    assert life.case.events.get(kind=move).detail.get("late_reason") == ("人员轮岗" if days else None)


def test_nobody_is_asked_for_the_lateness_of_others(office: Office) -> None:
    at = hour(BEGAN)
    life = Life(office, led(office, register(office, at=at).case, ROAD_TO[Move.RELEASE], at=at), date(2026, 8, 3))
    last = life.case.deadlines.running().get(rule=Rule.CO_HANDLING).legal_on
    life.case.deadlines.running().exclude(rule=Rule.CO_HANDLING).delete()
    life.watched = last + timedelta(days=1)
    life.do(Move.RELEASE, life.watched.isoformat(), **LATE)


@pytest.mark.parametrize(("posted", "asked", "kept"), [
    ("2026-09-07", "请写明事后登录的原因", "entered_late"), ("2026-09-08", "请写明事后登录的原因", "entered_late"),
    ("2026-09-09", "请写明逾期的原因", "late_reason"),
])  # fmt: skip
def test_what_was_sent_in_time_and_entered_late_is_asked_for_the_entry(
    office: Office, posted: str, asked: str, kept: str
) -> None:
    # 07-10 + 60 = Tue 09-08; entered on the fourth working day after it.
    life = signed(office)
    # The office's own days for the sending end a day earlier, and are not the question here.
    life.case.deadlines.filter(rule=Rule.DELIVERY).delete()
    sending = sent(DeliveryWay.POST, posted)
    life.refused(Move.SEND, "2026-09-15", asked, **sending, **LATE)
    life.do(Move.SEND, "2026-09-15", **sending, late_reason="登录人员休假")
    detail = life.case.events.get(kind=Move.SEND).detail
    assert {name: detail[name] for name in ("entered_late", "late_reason") if name in detail} == {kept: "登录人员休假"}


def test_every_duty_that_a_row_ends_is_explained_or_its_exemption_says_why() -> None:
    for move, row in TRANSITIONS.items():
        ended = {rule for rule in (*row.meets, *row.cancels) if not PERIODS[rule].gives_right}
        left = ended - {*row.explains, *row.ends}
        assert not left or row.unexplained, move


def test_the_start_up_check_finds_what_is_named_twice_and_an_idle_exemption(monkeypatch: pytest.MonkeyPatch) -> None:
    close, check = TRANSITIONS[Move.CLOSE], TRANSITIONS[Move.CHECK]
    spoilt = {Move.CLOSE: replace(close, late=(Rule.ASSIGNMENT,)), Move.CHECK: replace(check, unexplained="不写")}
    monkeypatch.setattr("cases.checks.TRANSITIONS", {**TRANSITIONS, **spoilt})
    assert sorted(fault.msg[:5] for fault in check_tables(None) if fault.id == "cases.E010") == ["check", "close"]


def test_a_lapse_stays_a_lapse_whatever_the_reason(office: Office) -> None:
    at = hour(BEGAN)
    life = Life(office, led(office, register(office, at=at).case, ROAD_TO[Move.LEAD_OUT], at=at), date(2026, 8, 3))
    life.do(Move.LEAD_OUT, "2026-11-03", late_reason="情况复杂")
    assert Deadline.objects.get(case=life.case, rule=Rule.HANDLING).was_in_time is False
    assert life.case.state == State.ROUTED
