"""People at their desks, for the tests of signing in."""

import pytest
from django.test import Client

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.accounts.roles import Role
from tests.factories import PostFactory, UserFactory

PASSWORD = "a-long-enough-passphrase"


@pytest.fixture
def clerk() -> Post:
    """A window clerk who knows the password."""
    user = UserFactory(username="clerk")
    user.set_password(PASSWORD)
    user.save()
    return PostFactory(user=user, unit__name="滨州市信访局")


@pytest.fixture
def second_post(clerk: Post) -> Post:
    """The same person, also head of another office."""
    return PostFactory(user=clerk.user, role=Role.OFFICE_HEAD)


@pytest.fixture
def administrator() -> Post:
    return PostFactory(role=Role.ADMINISTRATOR)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
