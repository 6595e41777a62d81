"""The notices app: what the house has to tell people, kept until it was told."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "binzhou_xinfang.notices"
    label = "notices"
    verbose_name = "通知"
