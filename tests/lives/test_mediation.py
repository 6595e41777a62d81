"""访调对接 across National Day 2026: accepted on the last day, agreed, confirmed by the court; and one that fails."""

from collections.abc import Sequence
from datetime import date

import pytest

from binzhou_xinfang.notices.models import Outbox
from cases.models import PetitionCase
from cases.states import Move, State
from hearings.mediation import points, referring, results, sessions
from hearings.mediation.days import days_of
from hearings.models import Mediation, MediationPoint, MediationState
from hearings.pool.experts import list_expert
from tests.lives.story import Life, assert_whole, begins, hour
from tests.office import Office


@pytest.fixture
def point(office: Office) -> MediationPoint:
    at = hour("2026-09-01")
    mediator = list_expert(
        name="高某某", kind="mediator", specialities=["housing"], region=office.county, organisation="某人民调解委员会",
        title="", former=[], interests=[], relatives=[], phone="", term_from=date(2026, 1, 1),
        term_to=date(2027, 12, 31), by=office.registrar, at=at,
    )  # fmt: skip
    return points.open_point(
        name="老高调解室", kind="brand", region=office.county, address="居委会二楼", hours="工作日", phone="",
        specialities=["housing"], unit=office.water, mediators=[mediator.code], by=office.registrar, at=at,
    )  # fmt: skip


def mediated(office: Office) -> Life:
    life = begins(office, "2026-09-07")
    road: Sequence[tuple[Move, str]] = (
        (Move.TRIAGE, "2026-09-08"), (Move.REFER, "2026-09-09"), (Move.SIGN_FOR, "2026-09-10"),
        (Move.ACCEPT, "2026-09-11"), (Move.MEDIATE, "2026-09-28"),
    )  # fmt: skip
    for move, on in road:
        life.do(move, on)
    return life


def referred(life: Life, point: MediationPoint, on: str = "2026-09-29") -> Mediation:
    life.until(on)
    return referring.refer(
        case=life.case.number, point=point.code, dispute="车库渗水", by=life.office.handler, at=hour(on)
    )


def accepted(life: Life, mediation: Mediation, on: str) -> Mediation:
    life.until(on)
    mediation = Mediation.objects.get(pk=mediation.pk)
    return referring.accept(
        mediation, mediator=mediation.point.mediators.get().code, accepted_on=date.fromisoformat(on),
        by=life.office.water_handler, at=hour(on),
    )  # fmt: skip


def test_a_mediation_goes_from_consent_to_the_confirmation_of_the_court(office: Office, point: MediationPoint) -> None:
    life = mediated(office)
    mediation = accepted(life, referred(life, point), "2026-10-09")
    # Wed 09-30, Thu 10-08, Fri 10-09: National Day lies between. Accepted on the last day.
    assert life.clock("mediation-acceptance") == "mediation-acceptance from 2026-09-29 until 2026-10-09: met 2026-10-09"
    assert [line for line in life.watch() if "mediation" in line] == ["-1 mediation-acceptance 2026-10-08"]
    mediation = sessions.hold(
        mediation, session="", held_on=date(2026, 10, 12), where="", came=["双方"], excused=[], absent=[],
        said="同意修复。", by=office.water_handler, at=hour("2026-10-12"),
    )  # fmt: skip
    results.tell_agreement(
        mediation, findings="渗水", disputes="费用", liability="各半", terms=["修复"], performance="施工",
        performance_time="年底前", signed_on=date(2026, 10, 16), by=office.water_handler, at=hour("2026-10-16"),
    )  # fmt: skip
    life.do(Move.REACH_AGREEMENT, "2026-10-19", signed_on="2026-10-16")
    mediation = Mediation.objects.get()
    assert (mediation.state, mediation.ended_on) == (MediationState.AGREED, date(2026, 10, 16))
    # 10-16 + 30 = Sun 11-15: the right ends on Monday.
    life.until("2026-11-16")
    assert life.clock("judicial-confirmation").endswith("from 2026-10-16 until 2026-11-15 (legal 2026-11-16): runs")
    given = {"court": "滨城区人民法院", "applied_on": date(2026, 11, 16), "by": office.handler}
    mediation = results.apply(mediation, **given, at=hour("2026-11-16"))
    life.until("2026-11-20")
    assert life.clock("judicial-confirmation").endswith(": met 2026-11-16")
    results.decide(
        mediation, decision="confirmed", decided_on=date(2026, 11, 20), by=office.handler, at=hour("2026-11-20")
    )
    assert Mediation.objects.get().state == MediationState.CONFIRMED
    assert_whole()


def test_nobody_answers_and_the_point_and_those_above_it_are_told(office: Office, point: MediationPoint) -> None:
    life = mediated(office)
    mediation = referred(life, point)
    life.until("2026-10-10")
    watched = [line for line in life.watch() if "mediation" in line]
    assert watched == ["-1 mediation-acceptance 2026-10-08", "lapsed mediation-acceptance 2026-10-10"]
    assert Outbox.objects.filter(topic="mediation-days").count() == len(watched)
    recalled = referring.recall(
        Mediation.objects.get(pk=mediation.pk), reason="逾期未答复", by=office.handler, at=hour("2026-10-10")
    )
    assert recalled.state == MediationState.RECALLED
    assert referred(life, point, "2026-10-10").state == MediationState.REFERRED


def test_one_that_fails_goes_back_with_its_sixty_days_run_on(office: Office, point: MediationPoint) -> None:
    life = mediated(office)
    mediation = accepted(life, referred(life, point), "2026-09-30")
    # 09-11 + 60 = Tue 11-10; the point hears 15, 7 and 3 days before, and the page says until when.
    life.until("2026-11-08")
    days = days_of(life.case, date(2026, 11, 8))
    assert days is not None
    assert (days.last_on, days.left, days.may_extend) == (date(2026, 11, 10), 2, True)
    assert Outbox.objects.filter(topic="mediation-days").count() == 3
    results.tell_failure(
        mediation, note="分歧较大", failed_on=date(2026, 11, 8), by=office.water_handler, at=hour("2026-11-08")
    )
    life.do(Move.FAIL_MEDIATION, "2026-11-09")
    assert (life.case.state, Mediation.objects.get().state) == (State.HANDLING, MediationState.FAILED)
    assert life.clock("handling") == "handling from 2026-09-11 until 2026-11-10: runs"


def test_a_matter_that_ends_otherwise_ends_its_mediation_with_a_trace(office: Office, point: MediationPoint) -> None:
    life = mediated(office)
    accepted(life, referred(life, point), "2026-09-30")
    life.do(Move.WITHDRAW, "2026-10-12")
    mediation = Mediation.objects.get()
    assert PetitionCase.objects.get().state == State.WITHDRAWN
    assert mediation.state == MediationState.ENDED
    assert mediation.events.latest("seq").detail["reason"].startswith("信访事项")
