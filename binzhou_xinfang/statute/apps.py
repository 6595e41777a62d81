"""The statute as a Django app: only its table of holidays lives in the database."""

from django.apps import AppConfig


class StatuteConfig(AppConfig):
    name = "binzhou_xinfang.statute"
    label = "statute"
    verbose_name = "法定期限与工作日历"
    default_auto_field = "django.db.models.BigAutoField"
