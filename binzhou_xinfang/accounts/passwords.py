"""Passwords: what one must be, by the settings of the office; those of before, which are not taken again; their age."""

import re
from datetime import datetime
from typing import cast

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from pypinyin import lazy_pinyin

from binzhou_xinfang.accounts.models import FormerPassword, User
from binzhou_xinfang.hooks import Hook
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import PARAMETERS
from binzhou_xinfang.statute.setting_types import Whole
from binzhou_xinfang.statute.sign_in_settings import SignIn

_KINDS = (("大写字母", r"[A-Z]"), ("小写字母", r"[a-z]"), ("数字", r"[0-9]"), ("其他符号", r"[^A-Za-z0-9]"))
# What is done when a person has changed his own password; in the transaction of the change.
CHANGED: Hook[[User, datetime], None] = Hook("accounts.PASSWORD_CHANGED")
# A shorter name stands in too many words.
_SHORTEST_NAME = 4


def number(key: SignIn) -> int:
    """Read a setting of today."""
    return cast(int, current_rulebook().on(timezone.localdate()).value(key.value))


class LengthValidator:
    """Validator of the length that the office has set."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) < (least := number(SignIn.LENGTH)):
            raise ValidationError(f"密码太短，至少{least}个字符。", code="password_too_short")

    def get_help_text(self) -> str:
        return f"至少{number(SignIn.LENGTH)}个字符。"


class KindsValidator:
    """Validator of the kinds of characters: capitals, small letters, digits, anything else."""

    def validate(self, password: str, user: User | None = None) -> None:
        least = number(SignIn.KINDS)
        if sum(bool(re.search(pattern, password)) for _, pattern in _KINDS) < least:
            raise ValidationError(f"密码太简单，{_of_kinds(least)}。", code="password_too_simple")

    def get_help_text(self) -> str:
        return f"{_of_kinds(number(SignIn.KINDS))}。"


class NameValidator:
    """Validator that refuses the user name, the telephone, and the name in pinyin, anywhere in the password."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None:
            return
        said = password.casefold()
        names = (user.username, user.phone, user.name, "".join(lazy_pinyin(user.name)))
        if any(len(name) >= _SHORTEST_NAME and name.casefold() in said for name in names):
            raise ValidationError("密码不能含有用户名、电话或者姓名的拼音。", code="password_names_its_owner")

    def get_help_text(self) -> str:
        return "不能含有用户名、电话或者姓名的拼音。"


class HistoryValidator:
    """Validator that refuses the passwords of before, as many as the office has set, the present one included."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or not user.pk:
            return
        many = number(SignIn.HISTORY)
        former = FormerPassword.objects.filter(user=user).order_by("-pk").values_list("password", flat=True)
        if any(check_password(password, kept) for kept in (user.password, *former[: many - 1])):
            raise ValidationError(f"不能与最近{many}个密码相同，请另设一个。", code="password_used_before")

    def get_help_text(self) -> str:
        return f"不能与最近{number(SignIn.HISTORY)}个密码相同。"


def _of_kinds(least: int) -> str:
    return f"大写字母、小写字母、数字、其他符号中至少要有{least}类"


@transaction.atomic
def put(user: User, password: str, *, at: datetime, by_owner: bool) -> None:
    """Give the person this password, and keep the hash of the one before; what somebody else sets is to be changed by
    its owner at the next sign-in."""
    if user.has_usable_password():
        FormerPassword.objects.create(user=user, password=user.password, until=at)
    shape = PARAMETERS[SignIn.HISTORY.value].shape
    most = shape.high if isinstance(shape, Whole) else 0
    kept = FormerPassword.objects.filter(user=user).order_by("-pk").values_list("pk", flat=True)[:most]
    FormerPassword.objects.filter(user=user).exclude(pk__in=list(kept)).delete()
    user.set_password(password)
    user.must_change_password, user.password_set_at = not by_owner, at
    user.save(update_fields=["password", "must_change_password", "password_set_at"])


def is_too_old(user: User, *, at: datetime) -> bool:
    """Check that the office wants passwords changed after so many days, and that these are over."""
    days = number(SignIn.DAYS)
    age = timezone.localdate(at) - timezone.localdate(user.password_set_at)
    return bool(days) and age.days > days
