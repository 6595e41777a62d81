"""The app of what every page shares; it has no tables of its own."""

from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "binzhou_xinfang.web"
    label = "web"
    verbose_name = "页面"

    def ready(self) -> None:
        """Make the extension of the API's description known."""
        import_module("binzhou_xinfang.web.schema")
