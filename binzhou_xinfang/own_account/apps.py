"""App of what a person keeps for himself."""

from django.apps import AppConfig


class OwnAccountConfig(AppConfig):
    name = "binzhou_xinfang.own_account"
    label = "own_account"
    verbose_name = "我的账号"

    def ready(self) -> None:
        from binzhou_xinfang.accounts.entering import ASKS, ENTERED
        from binzhou_xinfang.accounts.passwords import CHANGED
        from binzhou_xinfang.own_account import menu, own_events, steps
        from binzhou_xinfang.web.menu import MENU

        ASKS.add(steps.asks_for_a_code, order=5)
        ASKS.add(steps.asks_to_set_up, order=20)
        ENTERED.add(steps.remind, order=10)
        CHANGED.add(own_events.note_password, order=10)
        MENU.add(menu.build, order=5)
