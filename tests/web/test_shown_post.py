"""Two tabs, two posts: a form is sent by the post that its page was made for."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from cases.models import Petition
from tests.cases.api_client import registration
from tests.factories import PostFactory
from tests.office import MONDAY, Office, office

__all__ = ["office"]
REGISTER = reverse("cases:register")


def typed(office: Office) -> dict[str, str]:
    """An ordinary visit as the window types it."""
    sent = registration(office)
    return {name: str(value) for name, value in sent.items()} | {"requests": "\n".join(sent["requests"])}


@pytest.fixture
def second(office: Office) -> Post:
    """The clerk's other post, at the county's window."""
    return PostFactory(user=office.clerk.user, unit=office.county_office, from_on=date(2021, 1, 1))


@pytest.fixture
def client(office: Office) -> Client:
    """A browser in which the page of the first post is open, and the second one was chosen in another tab."""
    client = Client()
    client.force_login(office.clerk.user)
    return client


def shown_post(client: Client) -> str:
    found = re.search(r'name="as_post" value="(\d+)"', client.get(REGISTER).content.decode())
    assert found is not None
    return found.group(1)


@time_machine.travel(MONDAY, tick=False)
def test_a_form_is_sent_by_the_post_it_was_made_for(office: Office, second: Post, client: Client) -> None:
    shown = shown_post(client)
    client.post(reverse("accounts:use-post"), {"post": second.pk})
    response = client.post(REGISTER, typed(office) | {"as_post": shown})
    petition = Petition.objects.get()
    assert (petition.unit, client.get(response["Location"]).status_code) == (office.bureau, 200)


@time_machine.travel(MONDAY, tick=False)
def test_a_post_that_has_ended_meanwhile_sends_no_form(office: Office, second: Post, client: Client) -> None:
    shown = shown_post(client)
    Post.objects.filter(pk=office.clerk.pk).update(to_on=timezone.localdate() - timedelta(days=1))
    response = client.post(REGISTER, typed(office) | {"as_post": shown})
    assert (response.status_code, Petition.objects.count()) == (403, 0)
    assert "您现在已不再担任" in response.content.decode()


@pytest.mark.parametrize("named", ["", "0", "x", "\x00"])
@time_machine.travel(MONDAY, tick=False)
def test_a_post_that_is_not_held_cannot_be_named(office: Office, client: Client, named: str) -> None:
    response = client.post(REGISTER, typed(office) | {"as_post": named})
    assert (response.status_code, Petition.objects.count()) == (403, 0)


@time_machine.travel(MONDAY, tick=False)
def test_somebody_else_s_post_cannot_be_named(office: Office, client: Client) -> None:
    other = PostFactory(unit=office.county_office, role=Role.WINDOW_CLERK)
    response = client.post(REGISTER, typed(office) | {"as_post": other.pk})
    assert (response.status_code, Petition.objects.count()) == (403, 0)
