"""Roles of a post, which the settings of the office name too."""

from django.db import models


class Role(models.TextChoices):
    """Roles of a post at a unit."""

    WINDOW_CLERK = "window-clerk", "窗口接待"
    REGISTRAR = "registrar", "办信登记"
    OFFICE_HEAD = "office-head", "信访部门负责人"
    UNIT_HANDLER = "unit-handler", "承办人"
    UNIT_HEAD = "unit-head", "单位负责人"
    REVIEWER = "reviewer", "复查复核"
    INSPECTOR = "inspector", "督查专员"
    LEADER = "leader", "领导"
    DISCIPLINE = "discipline", "纪检监察"
    COUNSELLOR = "counsellor", "调解咨询"
    ADMINISTRATOR = "administrator", "系统管理员"
    SECURITY = "security", "安全保密管理员"
    AUDITOR = "auditor", "安全审计员"
