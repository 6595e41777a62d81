"""App of the official letters."""

from django.apps import AppConfig
from django.core.checks import register


class LettersConfig(AppConfig):
    name = "binzhou_xinfang.letters"
    label = "letters"
    verbose_name = "文书"

    def ready(self) -> None:
        from binzhou_xinfang.letters.checks import check_kinds

        register(check_kinds, "xinfang")
