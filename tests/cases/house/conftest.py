"""Administrators of the small city: who asks, who approves, and a second of each."""

import pytest

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from tests.factories import PostFactory
from tests.office import Office


@pytest.fixture
def security(office: Office) -> Post:
    return PostFactory(unit=office.bureau, role=Role.SECURITY, user__username="security", user__name="鲁保密")


@pytest.fixture
def auditor(office: Office) -> Post:
    return PostFactory(unit=office.bureau, role=Role.AUDITOR, user__username="auditor", user__name="沈审计")
