"""Quick reads see what Django's own way sees, and always what stands in the database now."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.db.transaction import TransactionManagementError

from binzhou_xinfang.accounts.models import Unit, path_below
from binzhou_xinfang.reading import Prepared, among, each_in, quick
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


def state_of(row: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def unit(code: str, parent: Unit | None = None) -> Unit:
    return Unit.objects.create(code=code, name=f"{code}单位", kind="area", parent=parent, path=path_below(parent, code))


def test_quick_rows_hold_the_same_columns_and_the_same_relations() -> None:
    plain = Permission.objects.select_related("content_type").order_by("pk")[:5]
    found = list(quick(plain))
    assert [state_of(row) for row in found] == [state_of(row) for row in plain]
    assert [state_of(row.content_type) for row in found] == [state_of(row.content_type) for row in plain]


def test_a_quick_row_can_be_saved_and_knows_that_it_is_stored() -> None:
    Group.objects.create(name="before")
    (group,) = quick(Group.objects.all())
    group.name = "after"
    group.save()
    assert list(Group.objects.values_list("name", flat=True)) == ["after"]


def test_a_column_left_out_is_read_when_it_is_asked_for(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        row = quick(ContentType.objects.only("model").order_by("pk"))[0]
        assert row.app_label


def test_a_relation_that_is_empty_is_none(django_assert_num_queries: Any) -> None:
    root = unit("R")
    unit("C", root)
    with django_assert_num_queries(1):
        found = list(quick(Unit.objects.select_related("parent").order_by("path")))
        assert [row.parent and row.parent.code for row in found] == [None, "R"]


def test_a_prepared_read_takes_new_values_and_sees_new_rows(django_assert_num_queries: Any) -> None:
    named = Prepared(lambda name: Group.objects.filter(name=name))
    assert [named("a"), named("b")] == [[], []]
    group = Group.objects.create(name="b")
    with django_assert_num_queries(2):
        assert [named("a"), named("b")] == [[], [group]]


def test_a_prepared_read_gives_values_as_they_are_listed() -> None:
    Group.objects.create(name="a")
    names = Prepared(lambda name: Group.objects.filter(name=name).values_list("name", "pk"))
    assert names("a") == list(Group.objects.values_list("name", "pk"))


@pytest.mark.parametrize("values", [("a", "b"), ("b", "a")])
def test_a_query_that_does_not_take_the_values_as_they_come_is_refused(values: tuple[str, str]) -> None:
    wrong = Prepared(lambda first, second: Group.objects.filter(name=second).exclude(name=first))
    with pytest.raises(ValueError, match="in their order"):
        wrong(*values)


def test_a_query_with_a_value_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="in their order"):
        Prepared(lambda: Group.objects.filter(name="a"))()


@pytest.mark.django_db(transaction=True)
def test_a_lock_without_a_transaction_is_refused_at_every_call() -> None:
    unit = UnitFactory()
    locked = Prepared(lambda pk: Unit.objects.select_for_update().filter(pk=pk))
    with transaction.atomic():
        assert locked(unit.pk) == [unit]
    with pytest.raises(TransactionManagementError):
        locked(unit.pk)


def test_a_column_is_among_the_keys_of_a_query_and_among_none_of_an_empty_one() -> None:
    first, second = UnitFactory(), UnitFactory()
    keys = Unit.objects.filter(pk=second.pk).values("pk")
    assert list(Unit.objects.filter(among("pk", keys))) == [second]
    assert list(Unit.objects.exclude(among("pk", keys)).filter(pk__in=[first.pk, second.pk])) == [first]
    assert not Unit.objects.filter(among("pk", keys.filter(pk=first.pk))).exists()


def test_each_row_is_asked_whether_its_column_is_the_key_of_one_of_the_rows() -> None:
    parent, stranger = UnitFactory(), UnitFactory()
    child = UnitFactory(parent=parent)
    both = Unit.objects.filter(pk__in=[child.pk, parent.pk, stranger.pk])
    is_below = Q(each_in("parent", Unit.objects.filter(pk=parent.pk)))
    assert list(both.filter(is_below)) == [child]
    assert set(both.filter(is_below | Q(pk=stranger.pk))) == {child, stranger}
