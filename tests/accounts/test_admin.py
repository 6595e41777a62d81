"""The administration site: who comes in, and what an administrator may not do even there."""

import pytest
from django.test import Client
from django.urls import reverse

from binzhou_xinfang.accounts.models import Unit, User
from binzhou_xinfang.accounts.roles import Role
from tests.accounts.conftest import PASSWORD, client_of
from tests.factories import PostFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

KEPT = ["unit", "user", "post", "apitoken"]


@pytest.fixture
def keeper(administrator) -> Client:
    return client_of(administrator.user)


def no_inline_posts() -> dict[str, str]:
    return {"posts-TOTAL_FORMS": "0", "posts-INITIAL_FORMS": "0"}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_other_posts_do_not_come_in(role):
    client = client_of(PostFactory(role=role).user)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_nobody_is_shown_the_one_door_of_the_house(client):
    response = client.get(reverse("admin:accounts_unit_changelist"), follow=True)
    assert response.redirect_chain[-1][0] == f"{reverse('accounts:sign-in')}?next=/admin/accounts/unit/"


def test_an_administrator_comes_in_only_while_that_post_is_in_use(administrator):
    other = PostFactory(user=administrator.user)
    client = client_of(administrator.user)
    assert client.get(reverse("admin:index")).status_code == 200
    client.post(reverse("accounts:use-post"), {"post": other.pk})
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


@pytest.mark.parametrize("model", [*(f"accounts_{name}" for name in KEPT), "axes_accessattempt", "statute_holiday"])
def test_an_administrator_keeps_units_people_locks_and_holidays(keeper, model):
    assert keeper.get(reverse(f"admin:{model}_changelist")).status_code == 200


def test_an_administrator_has_no_say_in_other_apps(administrator):
    asked = ("accounts.change_unit", "cases.change_legalroute", "cases.view_petitioncase", "records.view_letter")
    assert [perm for perm in asked if administrator.user.has_perm(perm)] == [
        "accounts.change_unit",
        "cases.change_legalroute",
    ]
    assert not administrator.user.has_module_perms("records")


def test_a_superuser_comes_in_without_a_post():
    assert client_of(UserFactory(is_superuser=True)).get(reverse("admin:index")).status_code == 200


def test_a_new_account_has_to_change_its_password(keeper):
    new = {"username": "newcomer", "name": "王一", "password1": PASSWORD, "password2": PASSWORD, **no_inline_posts()}
    assert keeper.post(reverse("admin:accounts_user_add"), new).status_code == 302
    assert User.objects.get(username="newcomer").must_change_password is True


def test_a_password_set_anew_has_to_be_changed(keeper, clerk):
    address = reverse("admin:auth_user_password_change", args=[clerk.user.pk])
    assert keeper.post(address, {"password1": "quite-a-new-one", "password2": "quite-a-new-one"}).status_code == 302
    clerk.user.refresh_from_db()
    assert clerk.user.must_change_password is True


def test_an_administrator_cannot_make_a_superuser(keeper, clerk):
    changed = {"username": "clerk", "name": "王一", "is_active": "on", "is_superuser": "on", **no_inline_posts()}
    assert keeper.post(reverse("admin:accounts_user_change", args=[clerk.user.pk]), changed).status_code == 302
    clerk.user.refresh_from_db()
    assert (clerk.user.name, clerk.user.is_superuser) == ("王一", False)


def test_an_administrator_cannot_set_the_password_of_a_superuser(keeper):
    superuser = UserFactory(is_superuser=True)
    address = reverse("admin:auth_user_password_change", args=[superuser.pk])
    assert keeper.post(address, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 403


@pytest.mark.parametrize("model", ["unit", "user"])
def test_units_and_users_are_never_deleted(keeper, clerk, model):
    pk = clerk.unit.pk if model == "unit" else clerk.user.pk
    assert keeper.get(reverse(f"admin:accounts_{model}_delete", args=[pk])).status_code == 403


def test_a_new_unit_gets_its_path_and_a_moved_one_takes_those_below_along(keeper):
    city, county = UnitFactory(code="city"), UnitFactory(code="county")
    below = UnitFactory(code="below", parent=county)
    row = {"name": "甲", "short_name": "甲", "kind": "department"}
    keeper.post(reverse("admin:accounts_unit_add"), row | {"code": "new", "parent": city.pk})
    keeper.post(reverse("admin:accounts_unit_change", args=[county.pk]), row | {"code": "county", "parent": city.pk})
    below.refresh_from_db()
    assert (Unit.objects.get(code="new").path, below.path) == ("city/new/", "city/county/below/")
