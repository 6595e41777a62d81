"""听证, 调解, 评理, 心理疏导."""

from django.apps import AppConfig


class HearingsConfig(AppConfig):
    name = "hearings"
    verbose_name = "听证"

    def ready(self) -> None:
        from binzhou_xinfang.web.menu import MENU
        from hearings.web import menu

        MENU.add(menu.build, order=40)
