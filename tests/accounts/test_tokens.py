"""Programs come in by a token: hashed, dated, and in one of the user's own posts."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from binzhou_xinfang.accounts.models import ApiToken
from binzhou_xinfang.accounts.tokens import TokenAuthentication, digest_of, make_token
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db


def token_of(holder, **more):
    return make_token(holder.user, name="测试", days=30, at=timezone.now(), **more)


def request_with(token, **headers):
    return Request(APIRequestFactory().get("/api/", headers={"Authorization": f"Token {token}", **headers}))


def authenticate(request):
    return TokenAuthentication().authenticate(request)


def test_only_the_digest_of_a_token_is_stored(clerk):
    token = token_of(clerk)
    [row] = ApiToken.objects.values()
    assert row["digest"] == digest_of(token)
    assert [name for name, value in row.items() if token in str(value)] == []


def test_a_token_signs_in_its_user_in_the_first_post_with_two_queries_and_one_note(clerk, django_assert_num_queries):
    request = request_with(token_of(clerk))
    with django_assert_num_queries(3):
        user, _ = authenticate(request)
    assert (user, request._request.post, request._request.posts) == (clerk.user, clerk, [clerk])


def test_the_use_of_a_token_is_noted_once_in_ten_minutes(clerk, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    token = token_of(clerk)
    noted = []
    for minutes in (0, 9, 10):
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)
        authenticate(request_with(token))
        noted.append(ApiToken.objects.get().last_used_at - start)
    assert noted == [timedelta(0), timedelta(0), timedelta(minutes=10)]


def test_x_post_chooses_among_the_posts_held(clerk, second_post):
    request = request_with(token_of(clerk), **{"X-Post": str(second_post.pk)})
    authenticate(request)
    assert request._request.post == second_post


@pytest.mark.parametrize("whose", ["another's", "ended", "x"])
def test_x_post_of_another_is_refused(clerk, whose):
    posts = {"another's": PostFactory, "ended": lambda: PostFactory(user=clerk.user, to_on="2020-02-01")}
    named = str(posts[whose]().pk) if whose in posts else whose
    with pytest.raises(PermissionDenied):
        authenticate(request_with(token_of(clerk), **{"X-Post": named}))


def test_a_token_bound_to_a_post_knows_no_other(clerk, second_post):
    token = token_of(clerk, post=second_post)
    request = request_with(token)
    authenticate(request)
    assert request._request.posts == [second_post]
    with pytest.raises(PermissionDenied):
        authenticate(request_with(token, **{"X-Post": str(clerk.pk)}))


def test_a_token_bound_to_a_post_ends_with_it(clerk, second_post):
    token = token_of(clerk, post=second_post)
    second_post.to_on = timezone.localdate() - timedelta(days=1)
    second_post.save()
    with pytest.raises(AuthenticationFailed):
        authenticate(request_with(token))


@pytest.mark.parametrize("given", ["", "wrong", "wrong twice", "\u00ff"])
def test_a_wrong_token_is_refused(clerk, given):
    token_of(clerk)
    with pytest.raises(AuthenticationFailed):
        authenticate(request_with(given))


def test_a_token_of_a_closed_account_is_refused(clerk):
    token = token_of(clerk)
    clerk.user.is_active = False
    clerk.user.save()
    with pytest.raises(AuthenticationFailed):
        authenticate(request_with(token))


@pytest.mark.parametrize(("seconds", "works"), [(-1, True), (0, False), (1, False)])
def test_a_token_works_until_the_moment_it_ends(clerk, time_machine, seconds, works):
    time_machine.move_to("2026-10-09T09:00:00+08:00", tick=False)
    token = token_of(clerk)
    time_machine.move_to(timezone.now() + timedelta(days=30, seconds=seconds), tick=False)
    if works:
        assert authenticate(request_with(token)) is not None
    else:
        with pytest.raises(AuthenticationFailed):
            authenticate(request_with(token))


def test_other_ways_in_are_left_to_others():
    assert authenticate(Request(APIRequestFactory().get("/"))) is None
    assert authenticate(Request(APIRequestFactory().get("/", headers={"Authorization": "Basic abc"}))) is None


def test_the_command_prints_a_token_that_works(clerk):
    out = StringIO()
    call_command("make_token", "clerk", "--days", "7", stdout=out)
    user, token = authenticate(request_with(out.getvalue().strip()))
    assert (user, token.expires_at - token.created_at) == (clerk.user, timedelta(days=7))


def test_the_command_makes_a_token_for_one_post(clerk, second_post):
    call_command("make_token", "clerk", "--post", str(second_post.pk), stdout=StringIO())
    assert ApiToken.objects.get().post == second_post


@pytest.mark.parametrize("arguments", [["nobody"], ["clerk", "--days", "0"], ["clerk", "--post", "0"]])
def test_the_command_refuses_what_makes_no_sense(clerk, arguments):
    with pytest.raises(CommandError):
        call_command("make_token", *arguments)
