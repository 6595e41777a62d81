"""调解的每一次: planned on the calendar, held, corrected, called off."""

from datetime import timedelta

import pytest

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.words import in_full
from cases.models import PetitionCase
from hearings.mediation import referring, sessions
from hearings.models import Booking, BookingState, Claim, Mediation, MediationPoint
from tests.hearings.calendar.conftest import NINE
from tests.hearings.calendar.conftest import opened as room_opened
from tests.hearings.mediation.conftest import accepted, held, referred
from tests.office import MONDAY, Office

pytestmark = pytest.mark.usefixtures("on_monday")
DAY = MONDAY.date()


@pytest.fixture
def mediation(office: Office, case: PetitionCase, point: MediationPoint) -> Mediation:
    return accepted(office, referred(office, case, point))


def planned(office: Office, mediation: Mediation, place: str = "") -> Mediation:
    given = {"starts_at": NINE, "ends_at": NINE + timedelta(hours=2), "place": place, "where": ""}
    return sessions.plan(mediation, **given, by=office.water_handler, at=MONDAY)


def test_a_plan_takes_the_place_and_the_mediator_and_names_nobody(office: Office, mediation: Mediation) -> None:
    room = room_opened(office, "调解室", kind="mediation-room")
    planned(office, mediation, room.code)
    booking = Booking.objects.get()
    assert (booking.kind, str(booking.title), booking.place) == ("mediation", "访调对接调解", room)
    assert [claim.expert for claim in booking.claims.exclude(expert=None)] == [mediation.mediator]
    assert mediation.sessions.get().place == "调解室"


def test_a_mediator_is_not_planned_twice_at_a_time(office: Office, mediation: Mediation) -> None:
    first = planned(office, mediation)
    with pytest.raises(Refusal, match="已由市水利局"):
        planned(office, first)


def test_a_plan_that_is_called_off_gives_back_what_was_booked(office: Office, mediation: Mediation) -> None:
    taken = planned(office, mediation)
    given = {"session": "1", "reason": "一方外出"}
    after = sessions.call_off(taken, **given, by=office.water_handler, at=MONDAY)
    assert (Booking.objects.get().state, Claim.objects.filter(is_open=True).exists()) == (BookingState.CANCELLED, False)
    with pytest.raises(Refusal, match="已经举行或者取消"):
        sessions.call_off(after, **given, by=office.water_handler, at=MONDAY)


def test_a_meeting_keeps_who_came_and_who_stayed_away(office: Office, mediation: Mediation) -> None:
    held(office, mediation, excused=["赵某：住院"], absent=["钱某"])
    kept = mediation.sessions.get()
    assert (kept.number, kept.came, kept.excused, kept.absent) == (
        1, ["刘某（信访人）", "赵某（物业公司负责人）"], ["赵某：住院"], ["钱某"],
    )  # fmt: skip


def test_the_meeting_that_was_planned_is_the_one_that_is_written_down(office: Office, mediation: Mediation) -> None:
    held(office, planned(office, mediation), session="1")
    assert mediation.sessions.get().held_on == DAY


@pytest.mark.parametrize("days", [-1, 1])
def test_no_meeting_is_before_the_answer_or_to_come(office: Office, mediation: Mediation, days: int) -> None:
    with pytest.raises(Refusal, match="至今天之间"):
        held(office, mediation, DAY + timedelta(days=days))


def test_numbers_of_persons_in_what_was_said_are_masked(office: Office, mediation: Mediation) -> None:
    held(office, mediation, said="赵某电话13812345678")
    said = mediation.sessions.get().said
    assert (str(said), in_full(said)) == ("赵某电话138****5678", "赵某电话13812345678")


def test_a_correction_keeps_the_words_before_in_the_chain(office: Office, mediation: Mediation) -> None:
    before = held(office, mediation)
    given = {
        "session": "1", "held_on": DAY, "where": "", "came": ["刘某（信访人）"], "excused": [], "absent": [],
        "said": "只有一方到场。", "reason": "登记有误",
    }  # fmt: skip
    after = sessions.amend(before, **given, by=office.water_handler, at=MONDAY)
    told = after.events.latest("seq").detail
    assert told["before"]["said"] == "双方同意先修复，费用各半。"
    assert told["changed"] == ["到场人员", "调解情况"]
    with pytest.raises(Refusal, match="没有改动"):
        sessions.amend(after, **given, by=office.water_handler, at=MONDAY)


def test_what_is_planned_falls_with_the_mediation(office: Office, mediation: Mediation) -> None:
    referring.recall(planned(office, mediation), reason="另行委派", by=office.handler, at=MONDAY)
    assert Booking.objects.get().state == BookingState.CANCELLED
    assert mediation.sessions.get().called_off_at == MONDAY
