"""The wiring as an app of its own: the checks that belong to no room, and the health of what everything stands on."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class WiringConfig(AppConfig):
    name = "binzhou_xinfang"
    verbose_name = "滨州信访"

    def ready(self) -> None:
        import binzhou_xinfang.process.checks
        import binzhou_xinfang.process.doors_check  # noqa: F401  register their checks; want the models loaded
        from binzhou_xinfang import checks, health, parts
        from binzhou_xinfang.process.pages import build_menu
        from binzhou_xinfang.web.menu import MENU

        register(checks.check_databases, Tags.database)
        for check in (checks.check_hooks, checks.check_timetable, checks.check_paths):
            register(check, "xinfang")
        MENU.add(build_menu, order=50)
        health.PARTS.add_all(parts.of_the_machine())
