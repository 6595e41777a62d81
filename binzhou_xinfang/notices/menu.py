"""The bell of the notices in the menu: every page has it, and it counts for itself."""

from functools import cache

from django.http import HttpRequest
from django.urls import reverse

from binzhou_xinfang.web.menu import MenuEntry, Place


def build(request: HttpRequest) -> list[MenuEntry]:
    """Build the entry, as one of `MENU`."""
    return [_bell()] if getattr(request, "post", None) else []


@cache
def _bell() -> MenuEntry:
    return MenuEntry("通知", "bell", reverse("notices:list"), place=Place.BELL, asks=reverse("notices:bell"))
