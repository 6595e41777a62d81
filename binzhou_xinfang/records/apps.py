"""The records app: what acts leave behind."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "binzhou_xinfang.records"
    label = "records"
    verbose_name = "留痕与文书"
