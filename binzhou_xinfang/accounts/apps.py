"""App of units, users and posts: who acts, at which unit, in which role."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "binzhou_xinfang.accounts"
    label = "accounts"
    verbose_name = "机构与账号"

    def ready(self) -> None:
        import binzhou_xinfang.accounts.schema  # noqa: F401  registers the description of the token
        from binzhou_xinfang.accounts.entering import ASKS
        from binzhou_xinfang.accounts.views import asks_for_a_password

        ASKS.add(asks_for_a_password, order=10)
