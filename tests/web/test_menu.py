"""The menu of the post in use."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from binzhou_xinfang.web.menu import MENU, Menu, MenuEntry, Place, menu

INBOX = MenuEntry("待办", "inbox", "/", 12)
HEARINGS = MenuEntry("听证", "gavel", "/hearings/", group="程序")
REVIEWS = MenuEntry("复查复核", "refresh", "/reviews/", group="程序")
BELL = MenuEntry("提醒", "bell", "/notices/", 3, place=Place.BELL)
SEARCH = MenuEntry("搜索", "search", "/search/", place=Place.SEARCH)
built: list[str] = []


def build(request: HttpRequest) -> list[MenuEntry]:
    built.append(request.path)
    return [SEARCH, INBOX, BELL, HEARINGS, REVIEWS]


@pytest.fixture
def request_(monkeypatch: pytest.MonkeyPatch, rf: RequestFactory) -> HttpRequest:
    monkeypatch.setattr(MENU, "followers", {10: build})
    built.clear()
    return rf.get("/here/")


def test_entries_of_a_group_stand_under_one_heading(request_: HttpRequest) -> None:
    assert menu(request_)["menu"].groups == [("", [INBOX]), ("程序", [HEARINGS, REVIEWS])]  # type: ignore[attr-defined]


def test_bell_and_search_stand_on_top(request_: HttpRequest) -> None:
    found = menu(request_)["menu"]
    assert (found.bells, found.search) == ([BELL], SEARCH)  # type: ignore[attr-defined]


def test_a_template_that_shows_no_menu_counts_nothing(request_: HttpRequest) -> None:
    menu(request_)
    assert built == []


def test_the_menu_is_built_once_for_a_page(request_: HttpRequest) -> None:
    found = menu(request_)["menu"]
    assert (found.bells, found.search, len(built)) == ([BELL], SEARCH, 1)  # type: ignore[attr-defined]


def test_without_a_builder_the_menu_is_empty(monkeypatch: pytest.MonkeyPatch, rf: RequestFactory) -> None:
    monkeypatch.setattr(MENU, "followers", {})
    assert menu(rf.get("/"))["menu"] == Menu()
