"""The way in with a second factor: asked after the password, due after some days, counted at the same doors."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.own_account import codes, factor
from binzhou_xinfang.own_account.models import Factor
from binzhou_xinfang.records.models import AccessLog
from binzhou_xinfang.statute.models import SettingChange
from binzhou_xinfang.statute.sign_in_settings import SignIn, second_factor_of
from tests.factories import PostFactory
from tests.own_account.conftest import AT, PASSWORD, give_password, post_of, set_up, signed_in

CODE, SET_UP, HOME = reverse("accounts:code"), reverse("accounts:second-factor"), reverse("cases:home")
DAY, STEP = timedelta(days=1), timedelta(seconds=30)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(AT, tick=False)
    return time_machine


def setting(user: User, key: str, value: object, *, on=AT) -> None:
    SettingChange.objects.create(
        key=key, value=value, effective_from=on.date(), reason="测试", by_user=user, by_post="", at=on
    )


def test_who_has_set_it_up_gives_the_code_before_the_house_opens(clerk: User, client: Client, clock) -> None:
    key, _ = set_up(clerk)
    clock.move_to(AT + STEP * 2, tick=False)
    assert give_password(client, clerk, next="/cases/")["Location"] == CODE
    assert not signed_in(client)
    assert client.get("/cases/")["Location"].startswith(reverse("accounts:sign-in"))
    answer = client.post(CODE, {"code": codes.code_at(key, AT + STEP * 2)})
    assert answer["Location"] == "/cases/"
    assert signed_in(client)


def test_without_one_the_password_alone_opens_where_no_post_requires_it(clerk: User, client: Client) -> None:
    assert give_password(client, clerk)["Location"] == HOME
    assert signed_in(client)
    assert not Factor.objects.exists()


def test_the_same_code_opens_nothing_twice(clerk: User, client: Client, clock) -> None:
    key, _ = set_up(clerk)
    clock.move_to(AT + STEP * 2, tick=False)
    said = codes.code_at(key, AT + STEP * 2)
    give_password(client, clerk)
    client.post(CODE, {"code": said})
    other = Client()
    give_password(other, clerk)
    assert other.post(CODE, {"code": said}).status_code == 422
    assert not signed_in(other)


def test_wrong_codes_close_the_door_and_the_right_password_does_not_open_it(clerk: User, clock) -> None:
    key, _ = set_up(clerk)
    clock.move_to(AT + STEP * 2, tick=False)
    statuses = []
    for _ in range(5):
        # Each time with the right password before it: that must not forget the wrong codes.
        client = Client()
        give_password(client, clerk)
        statuses.append(client.post(CODE, {"code": "000000"}).status_code)
    assert statuses == [422, 422, 422, 422, 429]
    assert give_password(Client(), clerk).status_code == 429
    assert client.post(CODE, {"code": codes.code_at(key, AT + STEP * 2)}).status_code == 429
    assert not signed_in(client)


def test_a_right_code_forgets_the_wrong_ones(clerk: User, clock) -> None:
    key, _ = set_up(clerk)
    for number in range(2, 12, 2):
        clock.move_to(AT + STEP * number, tick=False)
        client = Client()
        give_password(client, clerk)
        client.post(CODE, {"code": "000000"})
        client.post(CODE, {"code": codes.code_at(key, AT + STEP * number)})
        assert signed_in(client)


def test_the_code_is_asked_of_nobody_who_has_not_given_the_password(clerk: User, client: Client) -> None:
    set_up(clerk)
    for url in (CODE, SET_UP):
        assert client.get(url)["Location"] == reverse("accounts:sign-in")
        assert client.post(url, {"code": "000000"})["Location"] == reverse("accounts:sign-in")


def test_a_password_waits_a_quarter_of_an_hour_for_its_code(clerk: User, client: Client, clock) -> None:
    set_up(clerk)
    give_password(client, clerk)
    clock.move_to(AT + timedelta(minutes=15), tick=False)
    assert client.get(CODE).status_code == 200
    clock.move_to(AT + timedelta(minutes=15, seconds=1), tick=False)
    assert client.get(CODE)["Location"] == reverse("accounts:sign-in")


def test_a_password_of_others_is_not_changed_before_the_code(clerk: User, client: Client) -> None:
    set_up(clerk)
    User.objects.update(must_change_password=True)
    assert give_password(client, clerk)["Location"] == CODE
    new = {"new_password1": "Another-long-1", "new_password2": "Another-long-1"}
    assert client.post(reverse("accounts:first-password"), new)["Location"] == reverse("accounts:sign-in")
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


@pytest.mark.parametrize(("days", "opens"), [(0, True), (12, True), (13, True), (14, False)])
def test_who_has_to_set_it_up_is_let_in_for_14_days_and_then_sets_it_up(head: User, clock, days: int, opens: bool):
    give_password(Client(), head)
    clock.move_to(AT + DAY * days, tick=False)
    client = Client()
    assert give_password(client, head)["Location"] == (HOME if opens else SET_UP)
    assert signed_in(client) is opens


def test_every_page_says_until_when(head: User, client: Client) -> None:
    give_password(client, head)
    assert "请在10月25日以前设置" in client.get(HOME).content.decode()


def test_what_is_due_is_set_up_on_the_way_in(head: User, client: Client, clock) -> None:
    setting(head, SignIn.GRACE, 0)
    assert give_password(client, head, next="/cases/")["Location"] == SET_UP
    assert "二维码" in client.get(SET_UP).content.decode()
    key = factor.key_to_set_up(head)
    assert client.post(SET_UP, {"code": "000000"}).status_code == 422
    assert not signed_in(client)
    answer = client.post(SET_UP, {"code": codes.code_at(key, AT)})
    assert signed_in(client)
    text = answer.content.decode()
    assert ("只显示这一次" in text, 'href="/cases/"' in text) == (True, True)
    assert len(answer.context["codes"]) == codes.HOW_MANY


@pytest.mark.parametrize("is_on", [True, False])
def test_the_switch_of_the_role_decides(clerk: User, head: User, client: Client, is_on: bool) -> None:
    setting(head, SignIn.GRACE, 0)
    setting(head, second_factor_of(Role.WINDOW_CLERK), is_on)
    setting(head, second_factor_of(Role.OFFICE_HEAD), not is_on)
    assert give_password(client, clerk)["Location"] == (SET_UP if is_on else HOME)
    assert give_password(Client(), head)["Location"] == (HOME if is_on else SET_UP)


def test_one_of_several_posts_is_enough(clerk: User, head: User, client: Client) -> None:
    setting(head, SignIn.GRACE, 0)
    second = PostFactory(user=clerk, role=Role.LEADER)
    assert give_password(client, clerk)["Location"] == SET_UP
    second.to_on = (AT - DAY).date()
    second.save()
    assert give_password(Client(), clerk)["Location"] == HOME


def test_the_key_is_drawn_without_inline_style_and_written_out(clerk: User, client: Client) -> None:
    client.force_login(clerk)
    text = client.get(SET_UP).content.decode()
    key = factor.key_to_set_up(clerk)
    assert " ".join(key[at : at + 4] for at in range(0, 32, 4)) in text
    # Without a viewBox a phone would cut it off instead of making it smaller.
    assert "viewBox" in text.partition("<svg")[2].partition(">")[0]
    assert "style=" not in text


def test_who_is_signed_in_sets_it_up_with_the_password(clerk: User, client: Client) -> None:
    client.force_login(clerk)
    client.get(SET_UP)
    said = codes.code_at(factor.key_to_set_up(clerk), AT)
    assert client.post(SET_UP, {"password": "wrong", "code": said}).status_code == 422
    assert not factor.in_use(clerk)
    assert "只显示这一次" in client.post(SET_UP, {"password": PASSWORD, "code": said}).content.decode()
    assert factor.in_use(clerk)
    assert client.get(SET_UP)["Location"] == reverse("accounts:own")


def test_the_reminder_ends_when_it_is_set_up(head: User, client: Client) -> None:
    give_password(client, head)
    client.get(SET_UP)
    client.post(SET_UP, {"password": PASSWORD, "code": codes.code_at(factor.key_to_set_up(head), AT)})
    assert "以前设置" not in client.get(HOME).content.decode()


def test_the_log_of_sign_ins_tells_the_way_in_once(clerk: User, client: Client, clock) -> None:
    key, _ = set_up(clerk)
    clock.move_to(AT + STEP * 2, tick=False)
    give_password(client, clerk)
    client.post(CODE, {"code": "000000"})
    client.post(CODE, {"code": codes.code_at(key, AT + STEP * 2)})
    lines = list(AccessLog.objects.order_by("pk").values_list("act", "subject", "user__username"))
    assert lines == [("sign-in-refused", "clerk", None), ("sign-in", "clerk", "clerk")]


def test_a_session_opens_the_api_only_after_the_code(clerk: User, client: Client, clock) -> None:
    key, _ = set_up(clerk)
    clock.move_to(AT + STEP * 2, tick=False)
    give_password(client, clerk)
    assert client.get("/api/units/").status_code == 401
    client.post(CODE, {"code": codes.code_at(key, AT + STEP * 2)})
    assert client.get("/api/units/").status_code == 200
    assert post_of(clerk)
