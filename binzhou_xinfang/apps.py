"""The wiring as an app of its own: it registers the checks that belong to no room."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from binzhou_xinfang.checks import check_databases


class WiringConfig(AppConfig):
    name = "binzhou_xinfang"
    verbose_name = "滨州信访"

    def ready(self) -> None:
        import binzhou_xinfang.process.checks  # noqa: F401, PLC0415  registers its checks; wants the models loaded

        register(check_databases, Tags.database)
