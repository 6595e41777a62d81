"""App of the notices: outbox and messages, kept until they were told."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "binzhou_xinfang.notices"
    label = "notices"
    verbose_name = "通知"
