"""The frame around every staff page."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from binzhou_xinfang.web.menu import Menu, MenuEntry, Place

pytestmark = pytest.mark.urls("tests.web.urls")

WINDOW = SimpleNamespace(
    pk=1, unit=SimpleNamespace(name="滨州市信访局", short_name="市信访局"), get_role_display="窗口接访员"
)
OFFICE = SimpleNamespace(
    pk=2, unit=SimpleNamespace(name="滨城区信访局", short_name="区信访局"), get_role_display="登记员"
)
ENTRIES = (
    MenuEntry("待办", "inbox", "/todo/", 12_345, active=True),
    MenuEntry("听证", "gavel", "/hearings/", group="程序"),
    MenuEntry("提醒", "bell", "/notices/", 3, place=Place.BELL),
    MenuEntry("搜索编号、姓名", "search", "/search/", place=Place.SEARCH),
)


def frame(rf: RequestFactory, *, posts: list[Any], user: Any = None, entries: tuple[MenuEntry, ...] = ENTRIES) -> str:
    request = rf.get("/todo/?q=张三")
    request.user = user or SimpleNamespace(pk=7, name="王秀英", is_authenticated=True)
    request.posts, request.post = posts, posts[0] if posts else None  # type: ignore[attr-defined]
    return render_to_string("base.html", {"request": request, "menu": Menu(entries), "csrf_token": "t"})


def test_the_menu_shows_where_one_is_and_what_waits(rf: RequestFactory) -> None:
    html = frame(rf, posts=[WINDOW])
    assert 'href="/todo/" title="待办" aria-current="page"' in html
    assert '<span class="count">10,000+</span>' in html
    assert '<p class="side-group">程序</p>' in html


def test_the_bell_says_its_number_in_words(rf: RequestFactory) -> None:
    assert 'aria-label="提醒，3 件"' in frame(rf, posts=[WINDOW])


def test_the_search_keeps_what_was_looked_for(rf: RequestFactory) -> None:
    html = frame(rf, posts=[WINDOW])
    assert 'action="/search/" method="post"' in html
    assert 'value="张三" placeholder="搜索编号、姓名"' in html


def test_another_post_is_one_click_away(rf: RequestFactory) -> None:
    html = frame(rf, posts=[WINDOW, OFFICE])
    assert 'name="post" value="1" aria-current="true"' in html
    assert 'name="post" value="2">' in html
    assert html.count('<form method="post"') == 2


def test_who_has_no_post_can_still_sign_out(rf: RequestFactory) -> None:
    html = frame(rf, posts=[], entries=())
    assert "切换岗位" not in html
    assert 'action="/accounts/sign-out/" data-sign-out' in html


def test_nobody_signed_in_sees_no_name_and_no_way_out(rf: RequestFactory) -> None:
    html = frame(rf, posts=[], user=AnonymousUser(), entries=())
    assert ("data-sign-out" in html, 'data-user=""' in html) == (False, True)
