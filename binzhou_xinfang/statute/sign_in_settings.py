"""Settings of signing in: which roles give a second factor, and after how many days.

等保2.0 三级 (GB/T 22239—2019, 8.1.4.1) asks for two kinds of authentication, and leaves to the office of whom.
"""

from django.db import models

from binzhou_xinfang.role import Role
from binzhou_xinfang.statute.parameter import Group, Parameter
from binzhou_xinfang.statute.setting_types import Shape, Switch, Value, Whole

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


def second_factor_of(role: Role) -> str:
    """Compose the key of the switch of a role: second-factor-leader."""
    return f"second-factor-{role.value}"


def _set(key: str, label: str, default: Value, shape: Shape, source: str) -> Parameter:
    return Parameter(key=key, label=label, group=Group.SIGN_IN, source=source, default=default, shape=shape)


SIGN_IN: tuple[Parameter, ...] = (
    *(
        _set(
            second_factor_of(role), f"动态口令：{role.label}", role in _BY_DEFAULT, Switch("要求", "不要求"), _TWO_KINDS
        )
        for role in Role
    ),
    _set(SignIn.GRACE.value, SignIn.GRACE.label, 14, Whole(0, 90, "天"), _TWO_KINDS),
)
