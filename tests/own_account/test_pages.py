"""Pages of 我的账号: what is shown, and what only the owner may change."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.own_account import codes, factor
from binzhou_xinfang.records.models import HouseEvent
from cases.house import grants
from cases.house.acts import take
from tests.factories import PostFactory
from tests.own_account.conftest import AT, PASSWORD, set_up
from tests.told import telling

STEP = timedelta(seconds=30)
OWN, CODES, END = (reverse(f"accounts:{name}") for name in ("own", "recovery-codes", "second-factor-end"))


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(AT + STEP * 2, tick=False)
    return time_machine


def inside(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def code_now(key: str) -> str:
    return codes.code_at(key, AT + STEP * 2)


def test_the_page_says_whether_it_is_in_use_and_required(clerk: User, head: User) -> None:
    assert "可以自愿启用" in inside(clerk).get(OWN).content.decode()
    assert "请尽快设置" in inside(head).get(OWN).content.decode()
    set_up(clerk)
    assert "剩余恢复码10个" in inside(clerk).get(OWN).content.decode()


def test_recovery_codes_are_renewed_by_password_and_code_together(clerk: User) -> None:
    key, _ = set_up(clerk)
    client = inside(clerk)
    assert client.post(CODES, {"password": "wrong", "code": code_now(key)}).status_code == 422
    assert client.post(CODES, {"password": PASSWORD, "code": "000000"}).status_code == 422
    answer = client.post(CODES, {"password": PASSWORD, "code": code_now(key)})
    assert len(answer.context["codes"]) == codes.HOW_MANY


def test_wrong_answers_inside_close_the_same_door(clerk: User) -> None:
    set_up(clerk)
    client = inside(clerk)
    for _ in range(5):
        answer = client.post(CODES, {"password": "wrong", "code": "000000"})
    assert "输错次数过多，请等待15分钟后再试" in answer.content.decode()
    given = {"username": "clerk", "password": PASSWORD}
    assert Client().post(reverse("accounts:sign-in"), given).status_code == 429


def test_it_is_ended_by_its_owner_where_no_post_requires_it(clerk: User, head: User) -> None:
    key, _ = set_up(clerk)
    assert inside(clerk).post(END, {"password": PASSWORD, "code": code_now(key)})["Location"] == OWN
    assert not factor.in_use(clerk)
    key, _ = set_up(head)
    assert "不能停用" in inside(head).post(END, {"password": PASSWORD, "code": code_now(key)}).content.decode()
    assert factor.in_use(head)


def test_the_password_is_changed_with_the_code_of_who_has_one(clerk: User) -> None:
    key, _ = set_up(clerk)
    client, url = inside(clerk), reverse("accounts:password")
    new = {"old_password": PASSWORD, "new_password1": "Another-long-1", "new_password2": "Another-long-1"}
    assert client.post(url, new).status_code == 200
    assert "动态口令不正确" in client.post(url, new | {"code": "000000"}).content.decode()
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)
    assert client.post(url, new | {"code": code_now(key)}).status_code == 302
    clerk.refresh_from_db()
    assert clerk.check_password("Another-long-1")


# --- The phone is lost


@pytest.fixture
def hands(db: None) -> tuple[Post, Post]:
    return PostFactory(role=Role.ADMINISTRATOR), PostFactory(role=Role.SECURITY)


def test_a_lost_phone_is_reset_by_two_hands_and_told_to_its_owner(head: User, hands: tuple[Post, Post]) -> None:
    set_up(head)
    administrator, security = hands
    take(grants.USER_ACTS["ask-factor"], head, {"reason": "手机丢失"}, by=administrator, at=AT)
    assert factor.in_use(head)
    grant = head.grants.get()
    with pytest.raises(NotPermitted):
        take(grants.ACTS["give"], grant, {"decided_why": ""}, by=administrator, at=AT)
    take(grants.ACTS["give"], grant, {"decided_why": ""}, by=security, at=AT)
    assert not factor.in_use(head)
    kinds = list(HouseEvent.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["factor-confirmed", "user-ask-factor", "grant-give"]
    write_due(at=AT)
    assert telling("重置动态口令", user=head).exists()


def test_nobody_asks_to_reset_his_own_and_none_is_reset_that_is_not_there(head: User, hands: tuple[Post, Post]):
    administrator, _ = hands
    set_up(administrator.user)
    with pytest.raises(Refusal, match="不能为本人申请"):
        take(grants.USER_ACTS["ask-factor"], administrator.user, {"reason": "一"}, by=administrator, at=AT)
    with pytest.raises(Refusal, match="没有启用动态口令"):
        take(grants.USER_ACTS["ask-factor"], head, {"reason": "一"}, by=administrator, at=AT)


def test_the_command_of_the_server_resets_it_with_an_event_and_a_word_to_its_owner(head: User) -> None:
    set_up(head)
    call_command("reset_factor", "head", "--reason", "手机丢失，两名管理员均出差", stdout=StringIO())
    event = HouseEvent.objects.latest("seq")
    assert (event.kind, event.actor, event.detail["reason"]) == ("factor-reset", None, "手机丢失，两名管理员均出差")
    assert not factor.in_use(head)
    write_due(at=AT + STEP * 10)
    assert Message.objects.filter(user=head).exists()
    with pytest.raises(CommandError, match="没有启用"):
        call_command("reset_factor", "head", "--reason", "一")
