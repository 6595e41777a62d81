"""Signing in and out, passwords, and the post in use, as pages."""

import pytest
from django.test import Client
from django.urls import reverse

from binzhou_xinfang.accounts.middleware import POST_KEY
from binzhou_xinfang.accounts.sessions import SIGNED_IN_KEY
from binzhou_xinfang.records.models import HouseEvent
from tests.accounts.conftest import PASSWORD, client_of
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/sign-in/"
NEW_PASSWORD = "Another-long-passphrase"
ELSEWHERE = ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "/\\elsewhere.example"]


def sign_in(client: Client, *, password: str = PASSWORD, **more: str):
    return client.post(reverse("accounts:sign-in"), {"username": "clerk", "password": password, **more})


def signed_in_user(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_right_password_opens_the_house_in_a_fresh_session(clerk, client):
    client.session.save()
    client.get(reverse("accounts:sign-in"))
    before = client.session.session_key
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, reverse("cases:home"))
    assert signed_in_user(client) == str(clerk.user.pk)
    assert SIGNED_IN_KEY in client.session
    assert client.session.session_key != before


def test_a_wrong_password_is_refused_in_words_that_do_not_tell_whether_the_name_exists(clerk, client):
    wrong = sign_in(client, password="wrong")
    unknown = client.post(reverse("accounts:sign-in"), {"username": "nobody", "password": "wrong"})
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert "用户名或密码不正确" in wrong.content.decode()
    assert signed_in_user(client) is None


def test_a_closed_account_does_not_sign_in(clerk, client):
    clerk.user.is_active = False
    clerk.user.save()
    sign_in(client)
    assert signed_in_user(client) is None


def test_the_fifth_failure_locks_and_the_right_password_no_longer_opens(clerk, client):
    statuses = [sign_in(client, password="wrong").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    locked = sign_in(client)
    assert locked.status_code == 429
    assert "登录已暂时锁定" in locked.content.decode()


def test_a_locked_door_opens_again_after_a_quarter_of_an_hour(clerk, client, time_machine):
    time_machine.move_to("2026-10-09T09:00:00+08:00", tick=False)
    for _ in range(5):
        sign_in(client, password="wrong")
    time_machine.move_to("2026-10-09T09:15:01+08:00", tick=False)
    assert sign_in(client).status_code == 302


def test_four_failures_do_not_lock(clerk, client):
    for _ in range(4):
        sign_in(client, password="wrong")
    assert sign_in(client).status_code == 302


def test_the_way_leads_on_to_the_page_that_was_asked_for(clerk, client):
    assert sign_in(client, next="/cases/?state=accepted")["Location"] == "/cases/?state=accepted"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_led_out_of_the_house_after_signing_in(clerk, client, address):
    assert sign_in(client, next=address)["Location"] == reverse("cases:home")


def test_signing_out_needs_a_post_and_ends_the_session(clerk):
    client = client_of(clerk.user)
    assert client.get(reverse("accounts:sign-out")).status_code == 405
    assert client.post(reverse("accounts:sign-out"))["Location"] == SIGN_IN
    assert signed_in_user(client) is None


@pytest.fixture
def newcomer(clerk):
    clerk.user.must_change_password = True
    clerk.user.save()
    return clerk.user


def test_a_password_set_by_others_must_be_changed_before_the_house_opens(newcomer, client):
    assert sign_in(client, next="/cases/")["Location"] == reverse("accounts:first-password")
    assert signed_in_user(client) is None
    new = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    assert client.post(reverse("accounts:first-password"), new)["Location"] == "/cases/"
    assert signed_in_user(client) == str(newcomer.pk)
    newcomer.refresh_from_db()
    assert (newcomer.must_change_password, newcomer.check_password(NEW_PASSWORD)) == (False, True)


def test_the_first_password_page_shows_a_form_and_refuses_the_same_password_again(newcomer, client):
    sign_in(client)
    assert "他人设定" in client.get(reverse("accounts:first-password")).content.decode()
    response = client.post(reverse("accounts:first-password"), {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert "不能与最近5个密码相同，请另设一个。" in response.context["form"].errors["new_password2"]


def test_the_first_password_page_is_closed_to_who_has_not_given_the_old_one(newcomer, client):
    new = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    assert client.post(reverse("accounts:first-password"), new)["Location"] == SIGN_IN
    newcomer.refresh_from_db()
    assert newcomer.check_password(PASSWORD)


def test_the_first_password_page_closes_when_the_password_is_changed_meanwhile(newcomer, client):
    sign_in(client)
    newcomer.set_password(NEW_PASSWORD)
    newcomer.save()
    assert client.get(reverse("accounts:first-password"))["Location"] == SIGN_IN


def test_who_is_signed_in_changes_the_password_and_stays(clerk):
    here, there = client_of(clerk.user), client_of(clerk.user)
    passwords = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    assert here.post(reverse("accounts:password"), passwords)["Location"] == reverse("cases:home")
    assert here.get(reverse("accounts:password")).status_code == 200
    assert there.get(reverse("accounts:password")).status_code == 302
    event = HouseEvent.objects.get(kind="password-changed")
    assert (event.actor_name, event.detail["of"]) == (clerk.user.name, f"user:{clerk.user.pk}")
    assert NEW_PASSWORD not in str(event.detail)


def test_a_password_that_is_not_changed_writes_no_event(clerk):
    passwords = {"old_password": "wrong", "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    client_of(clerk.user).post(reverse("accounts:password"), passwords)
    assert not HouseEvent.objects.exists()


def test_the_post_in_use_is_changed_with_one_click(clerk, second_post):
    client = client_of(clerk.user)
    response = client.post(reverse("accounts:use-post"), {"post": second_post.pk, "next": "/cases/"})
    assert (response["Location"], client.session[POST_KEY]) == ("/cases/", second_post.pk)


@pytest.mark.parametrize("address", [*ELSEWHERE, ""])
def test_nobody_is_led_out_of_the_house_after_changing_the_post(clerk, address):
    response = client_of(clerk.user).post(reverse("accounts:use-post"), {"post": clerk.pk, "next": address})
    assert response["Location"] == reverse("cases:home")


@pytest.mark.parametrize("post", ["another's", "ended", "", "x"])
def test_a_post_that_is_not_held_is_refused(clerk, post):
    pks = {"another's": PostFactory, "ended": lambda: PostFactory(user=clerk.user, to_on="2020-02-01")}
    client = client_of(clerk.user)
    response = client.post(reverse("accounts:use-post"), {"post": pks[post]().pk if post in pks else post})
    assert response.status_code == 403
    assert POST_KEY not in client.session


def test_the_post_in_use_is_not_changed_by_a_link_nor_by_nobody(clerk, client):
    assert client_of(clerk.user).get(reverse("accounts:use-post")).status_code == 405
    assert client.post(reverse("accounts:use-post"), {"post": clerk.pk})["Location"].startswith(SIGN_IN)
