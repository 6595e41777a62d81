"""The administration site: who comes in, and that it is closed for what has a page of its own."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from binzhou_xinfang.accounts.roles import Role
from tests.accounts.conftest import client_of
from tests.factories import PostFactory, UserFactory

pytestmark = pytest.mark.django_db

ELSEWHERE = {
    "accounts_unit": "cases:house-units",
    "accounts_user": "cases:house-people",
    "accounts_post": "cases:house-people",
    "accounts_apitoken": "cases:house-people",
    "cases_topic": "cases:house-topics",
    "statute_holiday": "cases:work-calendar",
}


@pytest.fixture
def keeper(administrator) -> Client:
    return client_of(administrator.user)


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


@pytest.mark.parametrize(("model", "page"), ELSEWHERE.items())
def test_what_has_a_page_of_its_own_is_kept_there_and_the_site_says_where(keeper, model, page):
    assert keeper.get(reverse(f"admin:{model}_changelist")).headers["Location"] == reverse(page)


@pytest.mark.parametrize("model", ELSEWHERE)
def test_not_even_a_superuser_adds_or_changes_it_there(model):
    client = client_of(UserFactory(is_superuser=True))
    assert client.get(reverse(f"admin:{model}_add")).status_code == 403
    assert client.post(reverse(f"admin:{model}_change", args=[1])).status_code in (302, 403)
    assert client.get(reverse(f"admin:{model}_delete", args=[1])).status_code in (302, 403)


@pytest.mark.parametrize("name", ["auth_group", "axes_accessattempt", "axes_accesslog"])
def test_groups_and_locks_are_not_in_the_site(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{name}_changelist")


def test_an_administrator_has_no_say_in_other_apps(administrator):
    asked = (
        "accounts.change_unit", "accounts.add_post", "statute.change_holiday", "cases.change_legalroute",
        "cases.view_petitioncase", "records.view_letter",
    )  # fmt: skip
    assert [perm for perm in asked if administrator.user.has_perm(perm)] == ["cases.change_legalroute"]
    assert not administrator.user.has_module_perms("records")


def test_a_superuser_comes_in_without_a_post():
    assert client_of(UserFactory(is_superuser=True)).get(reverse("admin:index")).status_code == 200
