"""Doors that close after too many tries: of one name, from one address, of the pair; each time for twice as long."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from binzhou_xinfang.accounts import locks
from binzhou_xinfang.accounts.models import Door, Purpose
from tests.accounts.conftest import PASSWORD, client_of
from tests.office import moment

pytestmark = pytest.mark.django_db
AT = moment(2026, 10, 9)
MINUTE = timedelta(minutes=1)


def fail(times: int, *, name: str = "clerk", address: str = "10.0.0.1", at=AT):
    return [locks.count(Purpose.SIGN_IN, name=name, address=address, at=at) for _ in range(times)][-1]


def closed(*, name: str = "clerk", address: str = "10.0.0.1", at=AT):
    return locks.closed_until(Purpose.SIGN_IN, name=name, address=address, at=at)


def test_a_pair_is_closed_at_the_fifth_try_and_not_before():
    assert fail(4) is None
    assert fail(1) == AT + 15 * MINUTE
    assert closed() == AT + 15 * MINUTE
    assert closed(at=AT + 15 * MINUTE) is None
    assert (closed(address="10.0.0.2"), closed(name="head")) == (None, None)


def test_each_further_try_doubles_the_wait_up_to_a_day():
    fail(5)
    waits = [(fail(1) - AT) // MINUTE for _ in range(8)]
    assert waits == [30, 60, 120, 240, 480, 960, 1440, 1440]


def test_a_name_is_closed_for_everybody_after_ten_tries_from_anywhere():
    for number in range(9):
        assert fail(1, address=f"10.0.1.{number}") is None
    assert fail(1, address="10.0.1.9") == AT + 15 * MINUTE
    assert closed(address="10.0.9.9") is not None


def test_an_address_is_closed_after_fifty_tries_of_whatever_names():
    for number in range(49):
        assert fail(1, name=f"name{number}") is None
    assert fail(1, name="name49") == AT + 15 * MINUTE
    assert closed(name="nobody-yet") is not None


def test_tries_are_forgotten_after_a_day():
    fail(4)
    assert fail(4, at=AT + timedelta(days=1, seconds=1)) is None


def test_the_owner_s_success_forgets_the_tries_of_the_name_but_not_of_the_address():
    fail(4)
    locks.let_in(Purpose.SIGN_IN, name="clerk", address="10.0.0.1")
    assert list(Door.objects.values_list("name", "address", "tries")) == [("", "10.0.0.1", 4)]


def test_two_hands_open_every_door_of_a_name():
    fail(5)
    fail(5, address="10.0.0.2")
    locks.open_again("clerk")
    assert (closed(address="10.0.0.3"), closed()) == (None, None)


@pytest.mark.parametrize(("minutes", "words"), [(0.5, "1分钟"), (15, "15分钟"), (119, "119分钟"), (120, "2小时")])
def test_the_wait_is_said_in_words(minutes, words):
    assert locks.wait_words(AT + minutes * MINUTE, at=AT) == words


def test_the_page_says_how_long_there_is_to_wait(clerk, client, time_machine):
    time_machine.move_to(AT, tick=False)
    given = {"username": "clerk", "password": "wrong"}
    for _ in range(5):
        answer = client.post(reverse("accounts:sign-in"), given)
    assert (answer.status_code, "请等待15分钟后再试" in answer.content.decode()) == (429, True)
    time_machine.move_to(AT + 15 * MINUTE, tick=False)
    answer = client.post(reverse("accounts:sign-in"), given)
    assert (answer.status_code, "请等待30分钟后再试" in answer.content.decode()) == (429, True)


def test_the_form_of_the_old_password_counts_with_the_sign_in(clerk, client):
    inside = client_of(clerk.user)
    new = {"new_password1": "Another-long-passphrase", "new_password2": "Another-long-passphrase"}
    for _ in range(5):
        answer = inside.post(reverse("accounts:password"), {"old_password": "wrong", **new})
    assert "输错次数过多，请等待15分钟后再试" in answer.content.decode()
    answer = inside.post(reverse("accounts:password"), {"old_password": PASSWORD, **new})
    assert answer.status_code == 200
    assert client.post(reverse("accounts:sign-in"), {"username": "clerk", "password": PASSWORD}).status_code == 429


def test_the_cookie_of_a_session_ends_with_the_browser(clerk):
    client = Client()
    client.post(reverse("accounts:sign-in"), {"username": "clerk", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


@pytest.mark.parametrize("url", ["/", "/cases/", "/api/cases/", "/accounts/sign-in/", "/nowhere/"])
def test_nobody_keeps_what_the_house_answers(clerk, url):
    for client in (Client(), client_of(clerk.user)):
        assert client.get(url).headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("url", ["/api/schema/", "/api/docs/"])
def test_the_description_of_the_api_needs_a_sign_in(clerk, client, url):
    assert client.get(url).status_code in (302, 401)
    assert client_of(clerk.user).get(url).status_code == 200
