"""期限督办, 三函, 三项建议, 积案, 督查, 考核."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"
    verbose_name = "督查督办"
