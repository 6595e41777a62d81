"""The post in use: found late, in one query, and never another's."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.cache import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from binzhou_xinfang.accounts.middleware import POST_KEY, PostMiddleware
from tests.factories import PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def request_of(user, *, session=None, **headers):
    """A request as a view sees it behind the middleware."""
    request = RequestFactory().get("/", headers=headers)
    request.user, request.session = user, session or {}
    seen: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    PostMiddleware(view)(request)
    return seen[0]


def test_a_request_that_does_not_ask_for_the_post_costs_nothing(clerk, django_assert_num_queries):
    with django_assert_num_queries(0):
        request_of(clerk.user)


def test_the_post_its_unit_its_person_and_its_fellows_cost_one_query(clerk, second_post, django_assert_num_queries):
    request = request_of(clerk.user)
    with django_assert_num_queries(1):
        assert request.post == clerk
        assert request.posts == [clerk, second_post]
        assert request.post.label == "滨州市信访局 · 窗口接待"
        assert request.post.user == clerk.user


def test_nobody_has_no_post_and_costs_nothing(django_assert_num_queries):
    request = request_of(AnonymousUser())
    with django_assert_num_queries(0):
        assert request.post is None


def test_somebody_without_a_post_has_none(db):
    assert request_of(UserFactory()).post is None


def test_the_post_chosen_in_the_session_is_in_use(clerk, second_post):
    assert request_of(clerk.user, session={POST_KEY: second_post.pk}).post == second_post


def test_a_chosen_post_of_somebody_else_is_not_in_use(clerk):
    assert request_of(clerk.user, session={POST_KEY: PostFactory().pk}).post == clerk


def test_the_header_names_a_post_held(clerk, second_post):
    assert request_of(clerk.user, **{"X-Post": str(second_post.pk)}).post == second_post


def test_a_header_that_names_another_s_post_gives_none(clerk):
    assert request_of(clerk.user, **{"X-Post": str(PostFactory().pk)}).post is None


@pytest.mark.parametrize(("day", "is_held"), [(29, True), (30, True), (31, False)])
def test_a_post_is_gone_at_the_first_request_after_its_last_day(clerk, time_machine, day, is_held):
    clerk.to_on = date(2026, 10, 30)
    clerk.save()
    # Midnight of Shanghai, not of Greenwich, ends the day.
    time_machine.move_to(timezone.make_aware(timezone.datetime(2026, 10, day, 0, 30)), tick=False)
    assert request_of(clerk.user).post == (clerk if is_held else None)


def test_a_post_that_has_ended_gives_way_to_the_next(clerk, second_post):
    clerk.to_on = timezone.localdate() - timedelta(days=1)
    clerk.save()
    assert request_of(clerk.user, session={POST_KEY: clerk.pk}).post == second_post


def test_a_session_store_is_read_like_a_dictionary(clerk, second_post):
    session = SessionStore()
    session[POST_KEY] = second_post.pk
    assert request_of(clerk.user, session=session).post == second_post
