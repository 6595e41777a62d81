"""The log of look-ups."""

import pytest
from pytest_django import DjangoAssertNumQueries

from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import AccessLog
from tests.factories import PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_look_up_is_written_with_who_what_and_why(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    post = PostFactory.create()
    with django_assert_num_queries(1):
        access.log(post, AccessAct.UNMASK, "信访人 12", reason="核对身份", ip="10.1.2.3")
    assert list(AccessLog.objects.values_list("user", "post_label", "unit", "act", "subject", "ip", "reason")) == [
        (post.user_id, post.label, post.unit_id, "unmask", "信访人 12", "10.1.2.3", "核对身份")
    ]


def test_a_refused_sign_in_has_no_post() -> None:
    access.log(None, AccessAct.SIGN_IN_REFUSED, "liufang", ip="")
    assert list(AccessLog.objects.values_list("user", "post_label", "unit", "ip")) == [(None, "", None, None)]


def test_a_user_without_a_post_is_named() -> None:
    user = UserFactory.create()
    assert access.log(None, AccessAct.SIGN_IN, user.username, user=user).user == user
