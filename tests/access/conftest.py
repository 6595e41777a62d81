"""The county of the matrix, made once for a file of tests and taken back whole."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.db import connection, transaction
from rest_framework.throttling import SimpleRateThrottle

from binzhou_xinfang.accounts import middleware
from binzhou_xinfang.accounts.middleware import posts_of
from binzhou_xinfang.accounts.models import Post, User
from tests.access.rows import furnish
from tests.access.world import World, make_world


def _known(users: dict[int, User], pk: int) -> User | None:
    user = users.get(pk) or users.setdefault(pk, User.objects.get(pk=pk))
    return user if user.is_active else None


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        # pytest-django makes the test database for tests that are marked; without a mark this would be the real one.
        assert str(connection.settings_dict["NAME"]).startswith("test_"), "mark the tests with django_db"
        patch.setattr(SimpleRateThrottle, "get_rate", lambda _: None)
        # Nobody changes posts and users here, and they would be read thousands of times.
        known: dict[int, list[Post]] = {}
        patch.setattr(
            middleware, "posts_of", lambda user, on: known.get(user.pk) or known.setdefault(user.pk, posts_of(user, on))
        )
        users: dict[int, User] = {}
        patch.setattr(ModelBackend, "get_user", lambda _, pk: _known(users, pk))
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def furnished(world: World) -> World:
    """The same with a real row behind every address."""
    furnish(world)
    return world
