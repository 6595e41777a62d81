"""Every opening of the door is written down."""

import pytest
from django.test import Client
from django.urls import reverse

from binzhou_xinfang.records.models import AccessLog
from tests.factories import PostFactory, UserFactory

URL = reverse("accounts:sign-in")


@pytest.fixture
def person(db: None) -> None:
    user = UserFactory(username="wang")
    user.set_password("right-password-1")
    user.save()
    PostFactory(user=user)


def lines() -> list[tuple[str, str, str | None]]:
    rows = AccessLog.objects.order_by("pk").values_list("act", "subject", "user__username")
    return [(act, subject, user) for act, subject, user in rows]


def test_a_sign_in_and_the_sign_out_are_logged(person: None) -> None:
    client = Client()
    client.post(URL, {"username": "wang", "password": "right-password-1"})
    client.post(reverse("accounts:sign-out"))
    assert lines() == [("sign-in", "wang", "wang"), ("sign-out", "wang", "wang")]


def test_a_refused_sign_in_is_logged_with_the_name_typed_and_no_password(person: None) -> None:
    Client().post(URL, {"username": "wang", "password": "wrong"})
    assert lines() == [("sign-in-refused", "wang", None)]


def test_looking_at_the_page_is_not_logged(person: None) -> None:
    Client().get(URL)
    assert lines() == []


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "kept"), [("a\x00b", "ab"), ("x" * 5000, "x" * 150), ("\x00", ""), ("", "")])
def test_a_name_that_no_database_takes_is_refused_and_noted(client: Client, typed: str, kept: str) -> None:
    response = client.post(URL, {"username": typed, "password": "wrong"})
    assert (response.status_code, lines()) == (200, [("sign-in-refused", kept, None)])
