"""One factory a model: what a row looks like when nothing is said about it."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind, User, path_below
from binzhou_xinfang.accounts.roles import Role


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"u{n}")
    name = factory.Sequence(lambda n: f"第{n}测试局")
    short_name = factory.SelfAttribute("name")
    kind = UnitKind.DEPARTMENT
    parent = None
    path = factory.LazyAttribute(lambda unit: path_below(unit.parent, unit.code))
    letter_mark = factory.Sequence(lambda n: f"测{n}")


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"用户{n}")


class PostFactory(DjangoModelFactory[Post]):
    class Meta:
        model = Post

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.WINDOW_CLERK
    from_on = date(2020, 1, 1)
