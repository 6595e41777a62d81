"""期限督办: the day counts, the scope counts, and a right that ended is no arrears."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.states import State
from cases.vocabulary import Purpose
from supervision.queries import arrears_by_unit, overdue_duties
from tests.office import MONDAY, Office, case_in, office, register

__all__ = ["office"]
AFTER = date(2025, 3, 19)


@pytest.mark.parametrize(("day", "number"), [(17, 0), (18, 0), (19, 1)])
def test_a_duty_is_in_arrears_from_the_day_after_its_last(office: Office, day: int, number: int) -> None:
    register(office)
    assert overdue_duties(office.head, date(2025, 3, day)).count() == number


def test_the_end_of_a_right_is_no_arrears(office: Office) -> None:
    case_in(office, State.DELIVERED)
    assert list(overdue_duties(office.head, date(2025, 12, 31))) == []


def test_arrears_stand_under_the_unit_that_owes_the_duty(office: Office) -> None:
    register(office)
    case_in(office, State.REFERRED)
    rows = [(row.unit, row.number, row.days(AFTER)) for row in arrears_by_unit(office.head, AFTER)]
    assert sorted(rows, key=lambda row: str(row[0])) == [(office.housing, 1, 1), (office.bureau, 1, 1)]


def test_another_county_s_head_sees_no_arrears_of_the_city(office: Office) -> None:
    register(office)
    assert list(overdue_duties(office.county_head, AFTER)) == []


def test_a_sealed_report_is_in_nobody_else_s_arrears(office: Office) -> None:
    register(office, purpose=Purpose.EXPOSE)
    seen = {post.user.username for post in office.every_post() if overdue_duties(post, AFTER).exists()}
    assert seen == {"clerk", "head"}


def board(office: Office, who: str) -> Client:
    client = Client()
    client.force_login(getattr(office, who).user)
    return client


@pytest.mark.parametrize(("who", "status"), [("head", 200), ("unit_head", 200), ("clerk", 403), ("administrator", 403)])
def test_the_board_is_for_those_who_answer_for_deadlines(office: Office, who: str, status: int) -> None:
    assert board(office, who).get(reverse("supervision:overdue")).status_code == status


def test_the_board_costs_the_same_for_one_row_and_for_fifty(office: Office) -> None:
    client, counts = board(office, "head"), []
    for more in (1, 49):
        for _ in range(more):
            register(office, at=MONDAY - timedelta(days=60))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("supervision:overdue")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_chosen_unit_shows_its_own_duties_only(office: Office) -> None:
    register(office, at=MONDAY - timedelta(days=60), title="登记未转办的事项")
    case_in(office, State.REFERRED, at=MONDAY - timedelta(days=60), title="单位未告知的事项")
    page = board(office, "head").get(reverse("supervision:overdue"), {"unit": "bzzj"}).content.decode()
    assert ("单位未告知的事项" in page, "登记未转办的事项" in page) == (True, False)


@pytest.mark.parametrize("code", ["\x00", "a\x00b", "nowhere"])
def test_a_unit_that_does_not_exist_is_not_found(office: Office, code: str) -> None:
    client = Client()
    client.force_login(office.head.user)
    assert client.get(reverse("supervision:overdue"), {"unit": code}).status_code in (200, 404)
