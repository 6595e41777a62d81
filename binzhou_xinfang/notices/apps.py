"""App of the notices: outbox and messages, kept until they were told."""

from django.apps import AppConfig
from django.core.checks import register


class NoticesConfig(AppConfig):
    name = "binzhou_xinfang.notices"
    label = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        from binzhou_xinfang.notices import checks, menu
        from binzhou_xinfang.web.menu import MENU

        register(checks.check_topics, "xinfang")
        register(checks.check_gateway, "xinfang")
        MENU.add(menu.build, order=20)
