"""Powers by two hands: who asks, who gives, and what nobody gives to himself or alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from binzhou_xinfang.accounts import activating
from binzhou_xinfang.accounts.models import Activation, Grant, Post, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.accounts.tokens import digest_of
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.own_account.tokens import collect
from binzhou_xinfang.records.models import HouseEvent
from cases.house import grants, people
from cases.house.acts import Done, take
from tests.factories import PostFactory, UserFactory
from tests.office import MONDAY, Office
from tests.told import telling

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def ask_post(office: Office, user: User, role: Role = Role.UNIT_HANDLER, **said: Any) -> Grant:
    given = {
        "unit": office.housing, "role": role, "from_on": TODAY, "to_on": None, "reads_sealed": False,
        "is_deputy": False, "reason": "新调入",
    }  # fmt: skip
    take(grants.USER_ACTS["ask-post"], user, given | said, by=office.administrator, at=MONDAY)
    return Grant.objects.latest("pk")


def give(grant: Grant, by: Post) -> Done:
    return take(grants.ACTS["give"], grant, {"decided_why": ""}, by=by, at=MONDAY)


def test_a_post_holds_once_it_is_given_and_not_before(office: Office, security: Post) -> None:
    user = UserFactory()
    grant = ask_post(office, user)
    assert not Post.objects.filter(user=user).exists()
    give(grant, security)
    post = Post.objects.get(user=user)
    assert (post.unit, post.role, post.from_on) == (office.housing, Role.UNIT_HANDLER, TODAY)
    assert list(HouseEvent.objects.order_by("seq").values_list("kind", flat=True)) == ["user-ask-post", "grant-give"]


def test_the_administrator_gives_nothing_alone(office: Office) -> None:
    with pytest.raises(NotPermitted):
        give(ask_post(office, UserFactory()), office.administrator)


@pytest.mark.parametrize("said", [{"reads_sealed": True}, {"role": Role.DISCIPLINE}])
def test_nor_do_two_administrators_over_sealed_matters(office: Office, said: dict[str, Any]) -> None:
    second = PostFactory(unit=office.bureau, role=Role.ADMINISTRATOR)
    with pytest.raises(NotPermitted):
        give(ask_post(office, UserFactory(), **said), second)


def test_nobody_asks_for_himself(office: Office) -> None:
    with pytest.raises(Refusal, match="不能为本人申请"):
        take(
            grants.USER_ACTS["ask-password"],
            office.administrator.user,
            {"reason": "一"},
            by=office.administrator,
            at=MONDAY,
        )


def test_nobody_gives_to_himself(office: Office, security: Post) -> None:
    take(grants.USER_ACTS["ask-password"], security.user, {"reason": "忘记密码"}, by=office.administrator, at=MONDAY)
    with pytest.raises(Refusal, match="不能审批给本人"):
        give(Grant.objects.get(), security)


def test_the_database_itself_refuses_one_hand_twice(office: Office) -> None:
    grant = ask_post(office, UserFactory())
    with pytest.raises(IntegrityError, match="a_grant_has_two_hands"), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(decided_by=grant.asked_by, decided_at=MONDAY, is_given=True)


@pytest.mark.parametrize("first", [Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR])
@pytest.mark.parametrize("second", [Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR])
def test_the_three_keepers_exclude_each_other(office: Office, first: Role, second: Role) -> None:
    held = PostFactory(unit=office.water, role=first)
    if first == second:
        assert ask_post(office, held.user, second).waits
        return
    with pytest.raises(Refusal, match="不得由同一人兼任"):
        ask_post(office, held.user, second)
    with pytest.raises(IntegrityError, match="cannot be"), transaction.atomic():
        PostFactory(user=held.user, role=second)


def test_a_keeper_works_on_no_matter(office: Office) -> None:
    with pytest.raises(Refusal, match="不能与承办人由同一人兼任"):
        ask_post(office, office.handler.user, Role.AUDITOR)
    with pytest.raises(Refusal, match="不能与系统管理员由同一人兼任"):
        ask_post(office, PostFactory(role=Role.ADMINISTRATOR).user)


def test_a_keeper_s_post_that_ended_is_no_hindrance(office: Office) -> None:
    held = PostFactory(role=Role.AUDITOR, to_on=TODAY - timedelta(days=1))
    assert ask_post(office, held.user, Role.SECURITY).waits


def halves_for(office: Office, user: User, security: Post) -> tuple[str, str]:
    """The halves of the code that opens an account to its owner, out of both hands."""
    asked = take(grants.USER_ACTS["ask-password"], user, {"reason": "忘记密码"}, by=office.administrator, at=MONDAY)
    given = give(Grant.objects.latest("pk"), security)
    return asked.secret.rpartition("：")[2], given.secret.rpartition("：")[2]


def test_neither_hand_alone_can_set_the_password_of_another(office: Office, security: Post) -> None:
    user = office.clerk.user
    first, second = halves_for(office, user, security)
    assert first != second
    for wrong in ((first, first), (second, second), (first, ""), ("", second), (second, first)):
        assert activating.find(user.username, *wrong, at=MONDAY) is None
    found = activating.find(user.username, first.upper(), f"{second[:4]}-{second[4:]}", at=MONDAY)
    assert found is not None
    assert found.user == user


def test_a_code_opens_nothing_before_it_is_given_nor_after_its_days(office: Office, security: Post) -> None:
    user, week = office.clerk.user, timedelta(days=7)
    asked = take(grants.USER_ACTS["ask-password"], user, {"reason": "忘记密码"}, by=office.administrator, at=MONDAY)
    first = asked.secret.rpartition("：")[2]
    assert activating.find(user.username, first, "", at=MONDAY) is None
    second = give(Grant.objects.get(), security).secret.rpartition("：")[2]
    assert activating.find(user.username, first, second, at=MONDAY + week - timedelta(seconds=1)) is not None
    assert activating.find(user.username, first, second, at=MONDAY + week) is None


def test_the_password_of_before_opens_nothing_once_another_is_granted(office: Office, security: Post) -> None:
    user = office.clerk.user
    user.set_password("Before-1234567")
    user.save()
    halves_for(office, user, security)
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_no_half_stands_in_the_ledger_or_in_plain(office: Office, security: Post) -> None:
    halves = halves_for(office, office.clerk.user, security)
    kept = Activation.objects.get()
    said = " ".join(str(event.detail) for event in HouseEvent.objects.all()) + kept.first + kept.second
    assert not any(half in said for half in halves)


def test_an_earlier_code_ends_with_a_later_one(office: Office, security: Post) -> None:
    user = office.clerk.user
    first, second = halves_for(office, user, security)
    halves_for(office, user, security)
    assert activating.find(user.username, first, second, at=MONDAY) is None


def test_what_was_decided_is_not_decided_again(office: Office, security: Post) -> None:
    grant = ask_post(office, UserFactory())
    give(grant, security)
    with pytest.raises(Refusal, match="已经审批"):
        give(grant, security)


def test_a_request_is_turned_down_or_withdrawn_with_a_reason(office: Office, security: Post) -> None:
    grant = ask_post(office, UserFactory())
    take(grants.ACTS["turn-down"], grant, {"decided_why": "没有文件"}, by=security, at=MONDAY)
    other = ask_post(office, UserFactory())
    take(grants.ACTS["withdraw"], other, {"reason": "填错机构"}, by=office.administrator, at=MONDAY)
    said = Grant.objects.order_by("pk").values_list("is_given", "decided_why")
    assert list(said) == [(False, "没有文件"), (False, "撤回：填错机构")]


def test_a_power_over_sealed_matters_is_told_to_those_who_are_named(office: Office, security: Post) -> None:
    give(ask_post(office, UserFactory(name="新承办"), reads_sealed=True), security)
    write_due(at=MONDAY)
    told = set(telling("已同意").values_list("user__username", flat=True))
    assert {"head", "administrator"} <= told


def test_a_new_account_holds_nothing_and_asks_for_its_password(office: Office) -> None:
    said = {"username": "newcomer", "name": "新来", "phone": "", "reason": "新调入"}
    take(people.CREATE, User(), said, by=office.administrator, at=MONDAY)
    made = User.objects.get(username="newcomer")
    assert (made.has_usable_password(), made.posts.count(), Grant.objects.get().kind) == (False, 0, "password")


def test_a_post_ends_on_its_day_and_stands_the_day_through(office: Office) -> None:
    take(
        people.POST_ACTS["end"], office.handler, {"to_on": TODAY, "reason": "调离"}, by=office.administrator, at=MONDAY
    )
    held = [Post.objects.held(day).filter(pk=office.handler.pk).exists() for day in (TODAY, TODAY + timedelta(days=1))]
    assert held == [True, False]


def test_a_post_does_not_end_backwards_nor_by_its_own_hand(office: Office) -> None:
    end, by = people.POST_ACTS["end"], office.administrator
    with pytest.raises(Refusal, match="最早为昨天"):
        take(end, office.handler, {"to_on": TODAY - timedelta(days=2), "reason": "一"}, by=by, at=MONDAY)
    with pytest.raises(Refusal, match="本人的岗位"):
        take(end, by, {"to_on": TODAY, "reason": "一"}, by=by, at=MONDAY)


def test_an_account_that_is_closed_holds_no_post_and_comes_back_by_two_hands(office: Office, security: Post) -> None:
    user = office.handler.user
    take(people.ACTS["close"], user, {"reason": "调离"}, by=office.administrator, at=MONDAY)
    user.refresh_from_db()
    assert (user.is_active, Post.objects.get(user=user).to_on) == (False, TODAY)
    take(grants.USER_ACTS["ask-reopen"], user, {"reason": "调回"}, by=office.administrator, at=MONDAY)
    give(Grant.objects.get(), security)
    user.refresh_from_db()
    assert user.is_active


def test_a_token_is_seen_by_its_owner_alone_and_collected_once(
    office: Office, security: Post, time_machine: Any
) -> None:
    time_machine.move_to(MONDAY, tick=False)
    said = {"purpose": "对接平台", "days": 30, "reason": "省平台对接"}
    asked = take(grants.POST_ACTS["ask-token"], office.registrar, said, by=office.administrator, at=MONDAY)
    grant = Grant.objects.get()
    assert (asked.secret, give(grant, security).secret) == ("", "")
    assert not office.registrar.tokens.exists()
    grant.refresh_from_db()
    made = collect(grant, at=MONDAY)
    token = office.registrar.tokens.get()
    assert (token.name, token.digest) == ("对接平台", digest_of(made))
    assert HouseEvent.objects.latest("seq").kind == "token-collected"
    with pytest.raises(Refusal, match="已经领取"):
        collect(grant, at=MONDAY)


def test_a_token_is_not_collected_before_it_is_given(office: Office) -> None:
    said = {"purpose": "对接平台", "days": 30, "reason": "省平台对接"}
    take(grants.POST_ACTS["ask-token"], office.registrar, said, by=office.administrator, at=MONDAY)
    with pytest.raises(Refusal, match="领取"):
        collect(Grant.objects.get(), at=MONDAY)
