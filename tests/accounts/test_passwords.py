"""Rules of passwords, by the settings of the office: length, kinds, names, those of before, age."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from binzhou_xinfang.accounts import passwords
from binzhou_xinfang.accounts.models import FormerPassword, Post, User
from binzhou_xinfang.statute.models import SettingChange
from binzhou_xinfang.statute.sign_in_settings import SignIn
from tests.accounts.conftest import PASSWORD
from tests.factories import UserFactory
from tests.office import moment

pytestmark = pytest.mark.django_db
AT = moment(2026, 10, 12)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(AT, tick=False)
    return time_machine


@pytest.fixture
def wang() -> User:
    return UserFactory(username="wangjg", name="王建国", phone="13805431234")


def setting(user: User, key: SignIn, value: int) -> None:
    SettingChange.objects.create(
        key=key, value=value, effective_from=AT.date(), reason="测试", by_user=user, by_post="", at=AT
    )


def refused(password: str, user: User) -> list[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [str(message) for message in error.messages]
    return []


@pytest.mark.parametrize(("length", "taken"), [(9, False), (10, True), (11, True)])
def test_a_password_has_ten_characters_where_the_office_sets_nothing_else(wang: User, length: int, taken: bool) -> None:
    assert (refused("Zq-7" + "x" * (length - 4), wang) == []) is taken


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("zq7zq7zq7zq7", False), ("ZQzqZQzqZQzq", False), ("Zq7Zq7Zq7Zq7", True), ("zq7-zq7-zq7-", True),
        ("Zq7-Zq7-Zq7-", True), ("中文密码中文密码中文Aa", True),
    ],
)  # fmt: skip
def test_three_kinds_of_characters_are_wanted(wang: User, password: str, taken: bool) -> None:
    assert (refused(password, wang) == []) is taken


def test_the_office_sets_length_and_kinds(wang: User) -> None:
    setting(wang, SignIn.LENGTH, 12)
    setting(wang, SignIn.KINDS, 4)
    assert refused("Zq7Zq7Zq7Z", wang) == [
        "密码太短，至少12个字符。", "密码太简单，大写字母、小写字母、数字、其他符号中至少要有4类。",
    ]  # fmt: skip
    assert refused("Zq7-Zq7-Zq7-", wang) == []
    assert "至少12个字符。" in password_validators_help_texts()


@pytest.mark.parametrize("password", ["Aa1-WangJG-2026", "Wangjianguo-66", "X-13805431234-y", "王建国wangJIANGUO1"])
def test_the_owner_is_not_named_in_it(wang: User, password: str) -> None:
    assert refused(password, wang) == ["密码不能含有用户名、电话或者姓名的拼音。"]


def test_the_last_five_are_not_taken_again_and_the_sixth_is(wang: User) -> None:
    words = [f"Zq7-word-{number}" for number in range(6)]
    for word in words:
        passwords.put(wang, word, at=AT, by_owner=True)
    assert [word for word in words if refused(word, wang)] == words[1:]
    setting(wang, SignIn.HISTORY, 2)
    assert [word for word in words if refused(word, wang)] == words[4:]


def test_of_former_passwords_hashes_are_kept_and_no_more_than_could_be_asked(wang: User) -> None:
    for number in range(27):
        FormerPassword.objects.create(user=wang, password=f"argon2${number}", until=AT)
    passwords.put(wang, "Zq7-word-0", at=AT, by_owner=True)
    passwords.put(wang, "Zq7-word-1", at=AT, by_owner=True)
    kept = list(FormerPassword.objects.order_by("pk").values_list("password", flat=True))
    assert len(kept) == 24
    assert check_password("Zq7-word-0", kept[-1])


@pytest.mark.parametrize(("days", "opens"), [(89, True), (90, True), (91, False)])
def test_an_old_password_is_changed_on_the_way_in_where_the_office_wants_it(
    clerk: Post, clock, days: int, opens: bool
) -> None:
    setting(clerk.user, SignIn.DAYS, 90)
    clock.move_to(AT + DAY * days, tick=False)
    client, given = Client(), {"username": "clerk", "password": PASSWORD}
    answer = client.post(reverse("accounts:sign-in"), given)
    assert answer["Location"] == reverse("cases:home" if opens else "accounts:first-password")
    if not opens:
        assert "超过本局规定的使用天数" in client.get(reverse("accounts:first-password")).content.decode()
        new = {"new_password1": "Zq7-another-1", "new_password2": "Zq7-another-1"}
        assert client.post(reverse("accounts:first-password"), new)["Location"] == reverse("cases:home")


def test_without_the_setting_no_password_is_too_old(clerk: Post, clock) -> None:
    clock.move_to(AT + DAY * 4000, tick=False)
    answer = Client().post(reverse("accounts:sign-in"), {"username": "clerk", "password": PASSWORD})
    assert answer["Location"] == reverse("cases:home")


def test_what_somebody_else_sets_is_changed_by_its_owner(wang: User) -> None:
    passwords.put(wang, "Zq7-word-0", at=AT, by_owner=False)
    assert User.objects.get(pk=wang.pk).must_change_password
