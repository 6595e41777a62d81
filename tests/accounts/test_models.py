"""Units and posts: their dates, their tree, and what the database refuses."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind, final_unit
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.accounts.tree import rebuild_paths
from tests.factories import PostFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 3, 1), date(2026, 9, 30)
DAYS = [date(2026, 2, 28), FIRST, LAST, date(2026, 10, 1)]


def test_a_unit_is_current_from_its_first_to_its_last_day():
    unit = UnitFactory(valid_from=FIRST, valid_to=LAST)
    assert [unit in Unit.objects.current(day) for day in DAYS] == [False, True, True, False]


def test_a_unit_without_dates_is_always_current():
    unit = UnitFactory()
    assert all(unit in Unit.objects.current(day) for day in DAYS)


def test_under_is_the_unit_itself_and_all_below_but_no_neighbour_whose_code_begins_alike():
    city = UnitFactory(code="37")
    county = UnitFactory(code="3716", parent=city)
    town = UnitFactory(code="371602", parent=county)
    UnitFactory(code="37160", parent=city)
    assert list(Unit.objects.under(county)) == [county, town]


def test_under_reads_an_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Unit.objects.order_by().under(UnitFactory()).explain()
    assert "accounts_unit_path" in plan
    assert "~>=~" in plan


def test_the_area_of_a_unit_is_the_nearest_place_at_or_above():
    city = UnitFactory(kind=UnitKind.AREA)
    county = UnitFactory(kind=UnitKind.AREA, parent=city)
    bureau = UnitFactory(parent=county)
    town = UnitFactory(kind=UnitKind.TOWNSHIP, parent=county)
    station = UnitFactory(parent=town)
    assert [unit.area for unit in (city, county, bureau, town, station)] == [city, county, county, town, town]


def test_a_unit_below_no_place_belongs_to_its_root():
    root = UnitFactory()
    assert UnitFactory(parent=root).area == root


def test_a_re_organisation_keeps_the_old_name_and_rolls_up_to_the_unit_of_today():
    today = UnitFactory(name="自然资源和规划局")
    between = UnitFactory(name="国土资源局", valid_to=LAST, moved_to=today)
    old = UnitFactory(name="土地管理局", valid_to=FIRST, moved_to=between)
    assert final_unit(old) == today
    assert final_unit(today) == today
    assert Unit.objects.rolled_up() == {today.pk: today.pk, between.pk: today.pk, old.pk: today.pk}
    assert Unit.objects.get(pk=old.pk).name == "土地管理局"


def test_the_figures_of_many_units_are_rolled_up_in_two_queries(django_assert_num_queries):
    today = UnitFactory()
    for _ in range(3):
        UnitFactory(valid_to=LAST, moved_to=today)
    with django_assert_num_queries(2):
        assert set(Unit.objects.rolled_up().values()) == {today.pk}


@pytest.mark.parametrize("column", ["moved_to", "parent"])
def test_the_database_refuses_a_circle_of_units(column):
    first = UnitFactory(valid_to=LAST)
    second = UnitFactory(valid_to=LAST, **{column: first})
    third = UnitFactory(valid_to=LAST, **{column: second})
    with pytest.raises(IntegrityError, match="stands in a circle"), transaction.atomic():
        Unit.objects.filter(pk=first.pk).update(**{column: third})


def test_the_form_refuses_a_circle_before_the_database_does():
    first = UnitFactory(valid_to=LAST)
    second = UnitFactory(valid_to=LAST, moved_to=first)
    first.moved_to = second
    with pytest.raises(ValidationError, match="并回了本机构"):
        first.clean()
    child = UnitFactory(parent=first)
    first.moved_to, first.parent = None, child
    with pytest.raises(ValidationError, match="上级不能是本机构或其下级"):
        first.clean()


@pytest.mark.parametrize(
    ("rule", "columns"),
    [
        ("unit_ends_after_it_begins", {"valid_from": LAST, "valid_to": FIRST}),
        ("unit_kind_known", {"kind": "office"}),
        ("unit_code_plain", {"code": "a_b", "path": "a_b/"}),
        ("unit_path_ends_with_its_code", {"path": "elsewhere/"}),
        ("unit_letter_mark_unique", {"letter_mark": "滨信"}),
    ],
)
def test_the_database_refuses_a_unit_against_the_rule(rule, columns):
    UnitFactory(letter_mark="滨信")
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        UnitFactory(**columns)


def test_the_database_refuses_a_successor_of_a_unit_that_is_not_closed():
    with pytest.raises(IntegrityError, match="unit_moved_is_closed"), transaction.atomic():
        UnitFactory(moved_to=UnitFactory())


def test_paths_follow_when_a_unit_is_put_under_another():
    old, new = UnitFactory(code="old"), UnitFactory(code="new")
    unit = UnitFactory(code="unit", parent=old)
    below = UnitFactory(code="below", parent=unit)
    Unit.objects.filter(pk=unit.pk).update(parent=new)
    assert rebuild_paths() == 2
    below.refresh_from_db()
    assert below.path == "new/unit/below/"


def test_a_post_is_held_from_its_first_to_its_last_day():
    post = PostFactory(from_on=FIRST, to_on=LAST)
    assert [post in Post.objects.held(day) for day in DAYS] == [False, True, True, False]


def test_nobody_holds_a_post_with_a_closed_account():
    PostFactory(user__is_active=False)
    assert list(Post.objects.held(FIRST)) == []


def test_the_label_of_a_post_names_unit_and_role():
    assert PostFactory(unit__name="滨州市信访局", role=Role.WINDOW_CLERK).label == "滨州市信访局 · 窗口接待"


@pytest.mark.parametrize(
    ("rule", "columns"),
    [("post_ends_after_it_begins", {"from_on": LAST, "to_on": FIRST}), ("post_role_known", {"role": "king"})],
)
def test_the_database_refuses_a_post_against_the_rule(rule, columns):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        PostFactory(**columns)


def test_the_same_post_is_not_held_twice_on_one_day():
    post = PostFactory(from_on=FIRST, to_on=LAST)
    with pytest.raises(IntegrityError, match="post_held_once_at_a_time"), transaction.atomic():
        PostFactory(user=post.user, unit=post.unit, role=post.role, from_on=LAST)


def test_the_same_post_may_be_taken_up_again_and_another_role_held_beside_it():
    post = PostFactory(from_on=FIRST, to_on=LAST)
    PostFactory(user=post.user, unit=post.unit, role=post.role, from_on=date(2026, 10, 1))
    PostFactory(user=post.user, unit=post.unit, role=Role.OFFICE_HEAD, from_on=FIRST)
    assert post.user.posts.count() == 3


def test_a_person_is_called_by_name():
    user = UserFactory(name="王一")
    assert [str(user), user.get_full_name(), user.get_short_name()] == ["王一", "王一", "王一"]
