"""One setting of the office, and the heading under which it stands."""

from dataclasses import dataclass

from django.db import models

from binzhou_xinfang.statute.rules import Rule
from binzhou_xinfang.statute.setting_types import Shape, Value


class Group(models.TextChoices):
    """Headings of the settings on their page."""

    PERIOD = "period", "期限"
    RECKONING = "reckoning", "计算方法"
    ARRIVAL = "arrival", "登记与查重"
    SUPERVISION = "supervision", "督办与三函"
    HEARING = "hearing", "听证"
    FILE = "file", "结案与归档"
    NUMBERING = "numbering", "编号"
    PAPER = "paper", "文书版式"
    PRIVACY = "privacy", "个人信息的遮盖"
    SIGN_IN = "sign-in", "登录安全"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One setting.

    `default` holds without an entry of the office; `is_law`: it is the law's own. `reckons`: it decides the day on
    which a clock ends, so that a change counts from the next day at the earliest. `is_kept`: each process reads it
    once a day (`models.settled`), so that it counts from the next day too. `awaits`: the part of the house that will
    read it and does not stand yet; until then it is not offered.
    """

    key: str
    label: str
    group: Group
    source: str
    default: Value
    shape: Shape
    is_law: bool = False
    reckons: bool = False
    is_kept: bool = False
    rule: Rule | None = None
    awaits: str = ""
