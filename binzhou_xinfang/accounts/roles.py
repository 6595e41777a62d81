"""Roles, and the table of rights that are no move of a matter (what may be moved stands in `cases.permissions`)."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from django.db import models

from binzhou_xinfang.role import Role

__all__ = ["RIGHTS", "HasRole", "Right", "Role", "clash_of", "has_right"]


class Right(models.TextChoices):
    """Rights of a post beside moving a matter."""

    REGISTER = "register", "登记信访件"
    FIND_PERSON = "find-person", "按证件或电话查找信访人"
    SEE_AREA = "see-area", "查看本地区普通事项"
    SEE_IDENTITY = "see-identity", "查看完整身份信息"
    SEE_STATISTICS = "see-statistics", "查看统计"
    EXPORT = "export", "导出"
    MANAGE_CALENDAR = "manage-calendar", "维护工作日历"
    READ_SETTINGS = "read-settings", "查看期限与参数"
    MANAGE_SETTINGS = "manage-settings", "设定期限与参数"
    MANAGE_TEMPLATES = "manage-templates", "维护文书模板"
    MANAGE_UNITS = "manage-units", "维护机构"
    MANAGE_USERS = "manage-users", "维护用户和岗位"
    READ_HOUSE = "read-house", "查看机构、用户和岗位"
    CONFIRM_GRANTS = "confirm-grants", "审批授权"
    MANAGE_LISTS = "manage-lists", "维护内容分类的俗称和法定途径"
    READ_AUDIT = "read-audit", "查阅安全审计"


# Groups of roles that act or are told together, each named once. A petition office: who registers, who sorts and
# passes on, its head.
CLERKS = frozenset({Role.WINDOW_CLERK, Role.REGISTRAR, Role.OFFICE_HEAD})
TRIAGERS = frozenset({Role.REGISTRAR, Role.OFFICE_HEAD})
OFFICE_HEADS = frozenset({Role.OFFICE_HEAD})
# A unit that handles: whoever works on the matter, and its heads; the discipline body has but one role.
HANDLERS = frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD, Role.DISCIPLINE})
HEADS = frozenset({Role.UNIT_HEAD, Role.DISCIPLINE})
REVIEWERS = frozenset({Role.REVIEWER})
LEADERS = frozenset({Role.LEADER})
# Who answers for a clock at whatever body owes it.
ANSWERABLE = HEADS | OFFICE_HEADS | REVIEWERS
# 三员: who keeps the system, who approves its powers, who audits both. Nobody is two of them; none works on matters.
KEEPERS = frozenset({Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR})
# Who looks at the whole area.
OVERSEERS = OFFICE_HEADS | LEADERS | {Role.INSPECTOR}

# Reference §1.7. Administrators keep the system, read no matter, and grant nothing alone; counsellors see no IDs of
# third persons; inspectors and reviewers see the files of their tasks, not the area.
RIGHTS: Mapping[Right, frozenset[Role]] = {
    Right.REGISTER: CLERKS,
    Right.FIND_PERSON: CLERKS,
    Right.SEE_AREA: OFFICE_HEADS | LEADERS,
    Right.SEE_IDENTITY: CLERKS | HANDLERS | REVIEWERS | OVERSEERS,
    Right.SEE_STATISTICS: frozenset({Role.REGISTRAR, Role.OFFICE_HEAD, Role.UNIT_HEAD, Role.INSPECTOR, Role.LEADER}),
    Right.EXPORT: frozenset({Role.REGISTRAR, Role.OFFICE_HEAD, Role.UNIT_HEAD, Role.INSPECTOR, Role.LEADER}),
    Right.MANAGE_CALENDAR: frozenset({Role.OFFICE_HEAD, Role.ADMINISTRATOR}),
    Right.READ_SETTINGS: frozenset({Role.OFFICE_HEAD, Role.ADMINISTRATOR}),
    Right.MANAGE_SETTINGS: frozenset({Role.ADMINISTRATOR}),
    Right.MANAGE_TEMPLATES: frozenset({Role.OFFICE_HEAD, Role.ADMINISTRATOR}),
    Right.MANAGE_UNITS: frozenset({Role.ADMINISTRATOR}),
    Right.MANAGE_USERS: frozenset({Role.ADMINISTRATOR}),
    Right.READ_HOUSE: frozenset({Role.ADMINISTRATOR, Role.SECURITY}),
    Right.CONFIRM_GRANTS: frozenset({Role.SECURITY}),
    Right.MANAGE_LISTS: frozenset({Role.OFFICE_HEAD, Role.ADMINISTRATOR}),
    Right.READ_AUDIT: frozenset({Role.AUDITOR}),
}


class HasRole(Protocol):
    """Protocol of whatever carries a role: a post, or its double in a test."""

    @property
    def role(self) -> str: ...


def has_right(post: HasRole | None, right: Right) -> bool:
    """Check that the post's role carries the right; nobody's post carries none."""
    return post is not None and post.role in RIGHTS[right]


def clash_of(role: str, held: Iterable[str]) -> str:
    """Word why somebody who holds these roles cannot be given this one as well; "" when he can.

    系统管理员, 安全保密管理员 and 安全审计员 watch one another, and none of them works on matters.
    """
    others = [Role(other) for other in held if other != role]
    if role in KEEPERS and (kept := [other for other in others if other in KEEPERS]):
        return f"系统管理员、安全保密管理员、安全审计员不得由同一人兼任，此人已是{kept[0].label}。"
    clashing = others if role in KEEPERS else [other for other in others if other in KEEPERS]
    if clashing:
        return f"管理员不办理、不查阅信访事项，{Role(role).label}不能与{clashing[0].label}由同一人兼任。"
    return ""
