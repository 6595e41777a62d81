"""The figures of a leader's morning: each is the length of its list, and a unit with arrears can be called."""

import re
from datetime import date

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from binzhou_xinfang.accounts.models import User
from supervision.figures.figure import Period, Value
from supervision.figures.table import FIGURES
from supervision.web.figures.trends import trend
from tests.cases.pages import signed_in
from tests.office import Office, moment, register
from tests.supervision.causes.late import LATE, opened

URL = "/supervision/morning/"


def told(client: Client) -> str:
    answer = client.get(URL)
    assert answer.status_code == 200
    return answer.content.decode()


@time_machine.travel(LATE, tick=False)
def test_the_home_of_a_leader_asks_for_it_and_nobody_else_s(office: Office) -> None:
    asks = f'hx-get="{URL}"'
    homes = [signed_in(post).get("/").content.decode() for post in (office.leader, office.head, office.handler)]
    assert [asks in html for html in homes] == [True, False, False]


@time_machine.travel(LATE, tick=False)
def test_each_number_is_the_length_of_the_list_it_opens(office: Office) -> None:
    opened(office)
    for _ in range(2):
        register(office, at=LATE)
    client = signed_in(office.leader)
    numbers = re.findall(r'<a href="(/supervision/figures/[^"]+)">(\d+)(?: 项)?</a>', told(client))
    assert {re.search(r"figures/([^/]+)/", url)[1] for url, _ in numbers} >= {"visits", "visitors", "matters"}  # type: ignore[index]
    for url, number in numbers:
        assert f'<b class="num">{number}</b>' in client.get(url.replace("&amp;", "&")).content.decode(), url


@time_machine.travel(LATE, tick=False)
def test_a_unit_with_arrears_is_named_with_its_head_and_telephone(office: Office) -> None:
    opened(office)
    User.objects.filter(pk=office.unit_head.user_id).update(phone="0543-3160001")
    worst = told(signed_in(office.leader)).partition("逾期最多的单位")[2]
    assert (office.unit_head.user.name in worst, 'href="tel:0543-3160001"' in worst) == (True, True)


@time_machine.travel(LATE, tick=False)
def test_the_figures_cost_the_same_however_many_matters_there_are(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(office.leader)
    for number in (1, 49):
        for _ in range(number):
            register(office, at=LATE)
        told(client)
        with django_assert_num_queries(12):
            told(client)


@pytest.mark.parametrize(("before", "now"), [(36, 2), (0, 0)])
def test_a_month_that_has_only_begun_is_no_decline(before: int, now: int) -> None:
    months = {date(2025, 4, 1): Value(before), date(2025, 5, 1): Value(now)}
    may = Period.of_month(date(2025, 5, 1), on=moment(2025, 5, 2).date())
    course = trend(months, FIGURES["visits"], may.last_months(12))
    assert course.change == f"上月全月 {before} 批次"
    assert f"2025年4月{before}批次，2025年5月{now}批次" in course.words
