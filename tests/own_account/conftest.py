"""A head whose post requires the second factor, and a clerk whose post does not."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.own_account import codes, factor
from tests.factories import PostFactory, UserFactory
from tests.office import moment

PASSWORD = "a-long-enough-passphrase"
AT = moment(2026, 10, 12)


def person(username: str, role: Role) -> User:
    user = UserFactory(username=username, name="赵立新")
    user.set_password(PASSWORD)
    user.save()
    PostFactory(user=user, role=role)
    return user


@pytest.fixture
def head(db: None) -> User:
    return person("head", Role.OFFICE_HEAD)


@pytest.fixture
def clerk(db: None) -> User:
    return person("clerk", Role.WINDOW_CLERK)


def set_up(user: User, *, at: datetime = AT) -> tuple[str, list[str]]:
    """Set it up at the moment; the key, and the recovery codes. The code of these 30 seconds is used up."""
    key = factor.key_to_set_up(user)
    return key, factor.confirm(user, codes.code_at(key, at), at=at)


def give_password(client: Client, user: User, **more: str):
    return client.post(reverse("accounts:sign-in"), {"username": user.username, "password": PASSWORD, **more})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def post_of(user: User) -> Post:
    return Post.objects.get(user=user)
