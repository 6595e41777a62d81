"""The app of 信访件 and 信访事项."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "信访事项"

    def ready(self) -> None:
        import cases.checks  # noqa: F401, PLC0415  the start-up checks need the models
