"""Settings of signing in: which roles give a second factor, and what a password must be.

等保2.0 三级 (GB/T 22239—2019, 8.1.4.1) asks for two kinds of authentication, for passwords that are complex and for
their change from time to time, and leaves the numbers to the office.
"""

from django.db import models

from binzhou_xinfang.role import Role
from binzhou_xinfang.statute.parameter import Group, Parameter
from binzhou_xinfang.statute.setting_types import Shape, Switch, Value, Whole

_COMPLEX = "GB/T 22239—2019 8.1.4.1 a（长度、种类、周期由本局设定）"
_TWO_KINDS = "GB/T 22239—2019 8.1.4.1 d（适用的岗位由本局设定）"
# Who signs, decides, keeps the system or watches it: one stolen password of theirs opens the matters of a whole area.
_BY_DEFAULT = frozenset(
    {
        Role.OFFICE_HEAD, Role.UNIT_HEAD, Role.LEADER, Role.DISCIPLINE,
        Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR,
    }
)  # fmt: skip


class SignIn(models.TextChoices):
    """Settings of signing in, but for the switch of each role (`second_factor_of`)."""

    GRACE = "second-factor-grace", "动态口令：首次要求后几天内可以不设置"
    LENGTH = "password-length", "密码最少字符数"
    KINDS = "password-kinds", "密码至少包含几类字符"
    HISTORY = "password-history", "不得与最近几个密码相同"
    DAYS = "password-days", "密码几天后须更换（0为不要求）"


def second_factor_of(role: Role) -> str:
    """Compose the key of the switch of a role: second-factor-leader."""
    return f"second-factor-{role.value}"


def _set(key: str, label: str, default: Value, shape: Shape, source: str) -> Parameter:
    return Parameter(key=key, label=label, group=Group.SIGN_IN, source=source, default=default, shape=shape)


def _number(key: SignIn, default: int, shape: Whole, source: str = _COMPLEX) -> Parameter:
    return _set(key.value, key.label, default, shape, source)


SIGN_IN: tuple[Parameter, ...] = (
    *(
        _set(
            second_factor_of(role), f"动态口令：{role.label}", role in _BY_DEFAULT, Switch("要求", "不要求"), _TWO_KINDS
        )
        for role in Role
    ),
    _number(SignIn.GRACE, 14, Whole(0, 90, "天"), _TWO_KINDS),
    _number(SignIn.LENGTH, 10, Whole(8, 64, "个字符", "少于8个字符的密码不够安全。")),
    _number(SignIn.KINDS, 3, Whole(1, 4, "类")),
    _number(SignIn.HISTORY, 5, Whole(1, 24, "个")),
    _number(SignIn.DAYS, 0, Whole(0, 365, "天")),
)
