"""The letters app: what the office puts on paper."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "binzhou_xinfang.letters"
    label = "letters"
    verbose_name = "文书"
