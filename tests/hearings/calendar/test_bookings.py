"""预订: nothing is taken twice, and who comes second is told by whom."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from binzhou_xinfang.errors import NotPermitted, Refusal
from hearings.calendar import bookings, places
from hearings.models import Booking, BookingState, Claim, Place
from tests.hearings.calendar.conftest import NINE, booked, opened
from tests.hearings.pool.conftest import listed
from tests.office import MONDAY, Office, make_office, moment

pytestmark = pytest.mark.usefixtures("on_monday")


def test_who_comes_second_is_told_by_whom_it_was_taken(office: Office, room: Place) -> None:
    booked(office.registrar, room)
    with pytest.raises(Refusal) as refused:
        booked(office.head, room, NINE + timedelta(hours=1))
    by = office.registrar
    assert str(refused.value) == (
        f"第一听证室在2025年3月10日9:00至11:00已由{by.unit.name}（{by.user}）预订，用于听证，请改选。"
    )
    assert refused.value.field == "place"
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(("minutes", "is_free"), [(-120, True), (-119, False), (119, False), (120, True)])
def test_one_begins_when_the_other_ends(office: Office, room: Place, minutes: int, is_free: bool) -> None:
    booked(office.registrar, room)
    start = NINE + timedelta(minutes=minutes)
    if is_free:
        assert booked(office.head, room, start).pk
    else:
        with pytest.raises(Refusal, match="已由"):
            booked(office.head, room, start)


def test_a_person_an_expert_and_a_unit_are_taken_once_at_their_fields(office: Office) -> None:
    expert = listed(office)
    for changes, field in (
        ({"people": [office.clerk.user.username]}, "people"),
        ({"experts": [expert.code]}, "experts"),
        ({"units": [office.water.name]}, "units"),
    ):
        booked(office.registrar, None, **changes)
        with pytest.raises(Refusal, match="已由") as refused:
            booked(office.head, None, **changes)
        assert refused.value.field == field


def test_all_is_taken_or_nothing(office: Office, room: Place) -> None:
    booked(office.registrar, None, people=[office.clerk.user.username])
    with pytest.raises(Refusal):
        booked(office.head, room, people=[office.clerk.user.username])
    assert booked(office.head, room).pk


def test_the_database_refuses_by_itself(office: Office, room: Place) -> None:
    made = booked(office.registrar, room)
    with pytest.raises(IntegrityError, match="claim_place_once_at_a_time"), transaction.atomic():
        Claim.objects.create(booking=made, place=room, starts_at=NINE, ends_at=NINE + timedelta(hours=1))


def test_a_move_frees_the_time_before_and_keeps_its_own(office: Office, room: Place) -> None:
    made = booked(office.registrar, room)
    later = NINE + timedelta(hours=1)
    moved = bookings.move(
        made, starts_at=later, ends_at=later + timedelta(hours=2), place=room.code, experts=[], people=[], units=[],
        reason="当事人请求", by=office.registrar, at=MONDAY,
    )  # fmt: skip
    assert booked(office.head, room, NINE - timedelta(hours=1)).pk
    bookings.cancel(moved, reason="撤回申请", by=office.registrar, at=MONDAY)
    assert booked(office.head, room, later + timedelta(hours=1), hours=1).pk


def test_what_has_passed_is_changed_no_more(office: Office, room: Place) -> None:
    made = booked(office.registrar, room)
    with pytest.raises(Refusal, match="已经过去"):
        bookings.cancel(made, reason="误订", by=office.registrar, at=NINE + timedelta(hours=2))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"start": moment(2025, 3, 2)}, "starts_at"), ({"start": moment(2026, 4, 1)}, "starts_at"),
        ({"hours": 0}, "ends_at"), ({"hours": 13}, "ends_at"), ({"people": ["无此人"]}, "people"),
        ({"units": ["无此单位"]}, "units"), ({"experts": ["ZJ9999"]}, "experts"),
    ],
)  # fmt: skip
def test_bad_input_is_said_at_its_field(office: Office, room: Place, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        booked(office.registrar, room, **changes)
    assert refused.value.field == field
    assert not Claim.objects.exists()


@pytest.mark.parametrize("code", ["CS99", "²", "", "CS-1"])
def test_a_place_that_is_none_is_refused_and_so_is_a_booking_of_nothing(office: Office, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        bookings.book(
            kind="other", title="培训", starts_at=NINE, ends_at=NINE + timedelta(hours=1), place=code, experts=[],
            people=[], units=[], by=office.registrar, at=MONDAY,
        )  # fmt: skip
    assert refused.value.field == "place"


def test_a_stranger_changes_nothing(office: Office, room: Place) -> None:
    made = booked(office.registrar, room)
    with pytest.raises(NotPermitted):
        bookings.cancel(made, reason="误订", by=office.handler, at=MONDAY)


def test_a_place_that_is_booked_is_not_closed_and_a_closed_one_not_booked(office: Office, room: Place) -> None:
    made = booked(office.registrar, room)
    with pytest.raises(Refusal, match="还有1项预订"):
        places.close(room, reason="装修", by=office.registrar, at=MONDAY)
    bookings.cancel(made, reason="装修", by=office.registrar, at=MONDAY)
    places.close(room, reason="装修", by=office.registrar, at=MONDAY)
    with pytest.raises(Refusal, match="已经停用"):
        booked(office.registrar, room)


def test_a_place_is_named_once_an_office(office: Office, room: Place) -> None:
    with pytest.raises(Refusal, match="同名的场所"):
        opened(office)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["room", "expert"])
def test_of_fifty_at_once_one_wins_and_the_others_are_told_by_whom(what: str) -> None:
    office = make_office()
    room, expert, start = opened(office), listed(office), Barrier(50)
    wanted: dict[str, Any] = {"experts": [expert.code]} if what == "expert" else {}

    def try_it(number: int) -> str:
        start.wait()
        try:
            booked(office.head if number % 2 else office.registrar, room if what == "room" else None, **wanted)
        except Refusal as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(50) as threads:
        told = list(threads.map(try_it, range(50)))
    winner = Booking.objects.get()
    assert (told.count(""), winner.state) == (1, BookingState.BOOKED)
    assert all(f"已由{winner.unit.name}（{winner.booked_by}）预订" in words for words in told if words)
