"""A house with a writer, a colleague and two heads, and the tables of the made-up life."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from tests.factories import PostFactory, UnitFactory
from tests.process.slips import tables


@dataclass
class House:
    writer: Post
    colleague: Post
    head: Post
    deputy: Post
    stranger: Post


@pytest.fixture
def house(db: None) -> Iterator[House]:
    unit = UnitFactory()

    def post(role: Role) -> Post:
        return PostFactory(unit=unit, role=role)

    with tables():
        yield House(
            post(Role.UNIT_HANDLER), post(Role.UNIT_HANDLER), post(Role.UNIT_HEAD), post(Role.UNIT_HEAD),
            PostFactory(role=Role.UNIT_HEAD),
        )  # fmt: skip
