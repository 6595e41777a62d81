"""The records app: what acts leave behind."""

from django.apps import AppConfig
from django.core.checks import register


class RecordsConfig(AppConfig):
    name = "binzhou_xinfang.records"
    label = "records"
    verbose_name = "留痕与文书"

    def ready(self) -> None:
        from binzhou_xinfang.records import proof

        register(proof.check_claims, "xinfang")
