"""Menu of the post in use, to which each app adds its entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from binzhou_xinfang.hooks import Hook
from binzhou_xinfang.web.paging import Count


class Place(StrEnum):
    """Places of an entry in the frame."""

    SIDE = "side"
    BELL = "bell"
    SEARCH = "search"
    BANNER = "banner"


@dataclass(frozen=True)
class MenuEntry:
    """A place to go to. `icon` is a Tabler icon's name (inbox); `count` is what waits there, None for no figure;
    entries that follow one another with the same `group` stand under one heading. `asks`: where a bell fetches itself
    with its count once the page stands, so that the page does not wait for it. `tone`: of a banner.
    """

    label: str
    icon: str
    url: str
    count: Count | int | None = None
    active: bool = False
    group: str = ""
    place: Place = Place.SIDE
    asks: str = ""
    tone: str = "danger"


@dataclass(frozen=True)
class Menu:
    """The frame's menu: the groups at the side, the bells, and the target of the search box."""

    entries: tuple[MenuEntry, ...] = ()

    @property
    def groups(self) -> list[tuple[str, list[MenuEntry]]]:
        side = [entry for entry in self.entries if entry.place is Place.SIDE]
        return [(name, list(entries)) for name, entries in groupby(side, key=lambda entry: entry.group)]

    @property
    def bells(self) -> list[MenuEntry]:
        return [entry for entry in self.entries if entry.place is Place.BELL]

    @property
    def banners(self) -> list[MenuEntry]:
        """The lines above every page."""
        return [entry for entry in self.entries if entry.place is Place.BANNER]

    @property
    def search(self) -> MenuEntry | None:
        return next((entry for entry in self.entries if entry.place is Place.SEARCH), None)


# What each app puts in; the order is that of the side.
MENU: Hook[[HttpRequest], Sequence[MenuEntry]] = Hook("web.MENU")


def menu(request: HttpRequest) -> dict[str, object]:
    """Add `menu` as a context processor; counted only by a template that shows it (a fragment costs nothing)."""
    return {"menu": SimpleLazyObject(lambda: _build(request))}


def _build(request: HttpRequest) -> Menu:
    return Menu(tuple(entry for entries in MENU(request) for entry in entries))
