"""Input that nobody sane would type: each answer is a sentence at its field, and nothing half stored."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from cases.models import Petition, PetitionCase, Petitioner
from cases.states import Move, State
from cases.vocabulary import Purpose
from cases.window.identity import read_resident_id
from cases.window.registration import register as register_arrival
from cases.window.registration import register_repeat
from tests.cases.api_client import program, registration
from tests.cases.pages import move_url, signed_in
from tests.office import MONDAY, Office, arrival, case_in, matter, register

REGISTER = reverse("cases:register")
TODAY = MONDAY.date()


def refused_at(office: Office, **changes: object) -> list[str]:
    """The fields at which the API refuses an ordinary visit with these changes."""
    sent = json.dumps(registration(office, **changes))
    response = program(office.clerk).post("/api/petitions/", sent, content_type="application/json")
    assert (response.status_code, Petition.objects.count()) in {(400, 0), (409, 0)}
    answer = response.json()
    return [answer["field"]] if "detail" in answer else list(answer)


@pytest.mark.parametrize("name", ["topic", "region", "accused_unit", "address_region"])
@pytest.mark.parametrize("code", ["a\x00b", "\ud800x", "\x00\u200b0"])
def test_a_code_that_no_database_takes_is_refused_at_its_field(
    office: Office, on_monday: None, name: str, code: str
) -> None:
    assert refused_at(office, **{name: code}) == [name]


@pytest.mark.parametrize("code", ["\x00", "\ud800", "\u200b"])
def test_a_code_that_nobody_sees_is_none(office: Office, on_monday: None, code: str) -> None:
    assert refused_at(office, topic=code, region=code, accused_unit=code, address_region=code) == ["topic", "region"]


@pytest.mark.parametrize("name", ["case", "join"])
def test_a_number_to_join_that_no_database_takes_leaves_the_page_standing(office: Office, name: str) -> None:
    assert signed_in(office.clerk).post(REGISTER, {name: "a\x00b"}).status_code in (200, 422)


def test_a_version_of_five_thousand_digits_is_no_version(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    response = signed_in(office.handler).post(move_url(case, Move.SIGN_FOR), {"version": "9" * 5000})
    assert (response.status_code, PetitionCase.objects.get().state) == (422, State.REFERRED)


@pytest.mark.parametrize("day", ["0001-01-01", "1948-12-31", "2025-03-04", "9999-12-31"])
def test_an_arrival_outside_the_years_of_the_calendar_or_after_today_is_refused(
    office: Office, on_monday: None, day: str
) -> None:
    assert refused_at(office, arrived_on=day) == ["arrived_on"]


def test_a_repeat_of_an_absurd_day_is_refused_too(office: Office) -> None:
    case = register(office).case
    with pytest.raises(Refusal, match="信访日期不能早于1949年") as refusal:
        register_repeat(arrival(date(1, 1, 1)), case, by=office.clerk, at=MONDAY)
    assert (refusal.value.field, Petition.objects.count()) == ("arrived_on", 1)


@pytest.mark.parametrize("day", ["0001-01-01", "2025-03-04", "9999-12-31"])
def test_a_letter_is_not_posted_after_it_arrived_nor_in_an_absurd_year(
    office: Office, on_monday: None, day: str
) -> None:
    assert refused_at(office, channel="letter", postmarked_on=day) == ["postmarked_on"]


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2025-03-04", "9999-12-31"])
def test_nobody_is_born_before_1900_or_in_the_future(office: Office, on_monday: None, day: str) -> None:
    assert refused_at(office, born_on=day) == ["born_on"]


def test_nobody_comes_before_being_born(office: Office) -> None:
    lead = Petitioner(name="刘某", phone="13800000000", born_on=TODAY - timedelta(days=100))
    with pytest.raises(Refusal) as refusal:
        register_arrival(arrival(TODAY - timedelta(days=101), lead=lead), matter(office), by=office.clerk, at=MONDAY)
    said = "信访日期早于信访人的出生日期（2024年11月23日），请核对。"
    assert (refusal.value.field, str(refusal.value), Petition.objects.count()) == ("arrived_on", said, 0)


@pytest.mark.parametrize("days", [100, 99])
def test_somebody_may_come_from_the_day_of_birth_on(office: Office, days: int) -> None:
    lead = Petitioner(name="刘某", phone="13800000000", born_on=TODAY - timedelta(days=100))
    register_arrival(arrival(TODAY - timedelta(days=days), lead=lead), matter(office), by=office.clerk, at=MONDAY)
    assert Petition.objects.count() == 1


def test_an_id_of_somebody_born_in_the_nineteenth_century_is_refused() -> None:
    with pytest.raises(Refusal, match="出生年份早于1900年"):
        read_resident_id("372301189912310010", on=TODAY)


def test_an_arrival_of_years_ago_is_late_from_the_first_moment(office: Office) -> None:
    came = arrival(date(2021, 2, 1))
    case = register_arrival(came, matter(office), by=office.clerk, at=MONDAY).case
    clock = case.deadlines.get()
    assert (clock.started_on, clock.strict_on, clock.legal_on) == (
        date(2021, 2, 1),
        date(2021, 2, 16),
        date(2021, 2, 18),
    )
    assert (case.due_on, case.days_left(TODAY), clock.was_in_time) == (date(2021, 2, 18), -1474, None)


def from_outside(office: Office, by: Post, **case: Any) -> Petition:
    return register_arrival(
        arrival(TODAY, petition={"external_id": "X-777"}), matter(office, **case), by=by, at=MONDAY
    )  # fmt: skip


@pytest.mark.parametrize("who", ["county_clerk", "registrar"])
def test_an_outside_number_of_a_report_is_unknown_to_others(office: Office, who: str) -> None:
    from_outside(office, office.clerk, purpose=Purpose.EXPOSE)
    assert from_outside(office, getattr(office, who)).external_id == "X-777"
    with pytest.raises(Refusal, match="已经登记"):
        from_outside(office, office.clerk)


def test_who_is_named_for_the_report_is_told_its_number(office: Office) -> None:
    number = from_outside(office, office.clerk, purpose=Purpose.EXPOSE).number
    with pytest.raises(Refusal) as refusal:
        from_outside(office, office.head)
    assert str(refusal.value) == f"外部编号“X-777”的来件已经登记，编号{number}。"


def test_an_outside_number_is_set_apart_and_compared_again_as_the_seal_goes(office: Office) -> None:
    petition = from_outside(office, office.clerk)
    with pytest.raises(Refusal, match="已经登记"):
        from_outside(office, office.county_clerk)
    PetitionCase.objects.filter(pk=petition.case_id).update(is_sealed=True)
    PetitionCase.objects.filter(pk=petition.case_id).update(is_sealed=False)
    with pytest.raises(Refusal, match="已经登记"):
        from_outside(office, office.county_clerk)
    PetitionCase.objects.filter(pk=petition.case_id).update(is_sealed=True)
    from_outside(office, office.county_clerk)
    # Another bears the number by now: both stand, and the seal goes without a quarrel.
    PetitionCase.objects.filter(pk=petition.case_id).update(is_sealed=False)
    assert list(Petition.objects.order_by("pk").values_list("is_apart", flat=True)) == [True, False]


def test_ten_megabytes_are_refused(office: Office) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(office.clerk.user)
    response = client.post(REGISTER, {"content": "长" * 3_500_000})
    assert (response.status_code, Petition.objects.count()) == (400, 0)


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"a":' * 50_000, b"{", b"\xff\xfe", b'{"people": NaN}', b'{"\x00": 1}']
)
def test_what_is_no_json_is_answered_in_words(office: Office, body: bytes) -> None:
    response = program(office.clerk).post("/api/petitions/", body, content_type="application/json")
    assert (response.status_code, response.json()) == (400, {"detail": "请求内容无法识别，请发送有效的 JSON"})


def test_a_field_whose_name_cannot_be_written_is_refused(office: Office) -> None:
    response = program(office.clerk).post("/api/petitions/", b'{"\\ud800": 1}', content_type="application/json")
    assert (response.status_code, response.json()) == (400, {"?": ["没有这一项，请核对名称"]})


def test_a_program_that_sends_too_much_is_told_so(office: Office) -> None:
    body = json.dumps({"content": "x" * 6_000_000})
    response = program(office.clerk).post("/api/petitions/", body, content_type="application/json")
    assert (response.status_code, response.json()) == (413, {"detail": "请求的内容太大，最多 5 MB"})
