"""Entries of supervision in the menu."""

from django.http import HttpRequest
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.web.menu import MenuEntry
from supervision.permissions import READERS, may_inspect

_GROUP = "督查督办"


def build(request: HttpRequest) -> list[MenuEntry]:
    """Build the entries, as one of the menu's builders."""
    post: Post | None = getattr(request, "post", None)
    entries = []
    if has_right(post, Right.SEE_STATISTICS):
        entries.append(_entry(request, "督办首页", "gauge", "supervision:home"))
        entries.append(_entry(request, "期限督办", "alarm", "supervision:overdue"))
    if post is not None and post.role in READERS:
        entries.append(_entry(request, "督办件", "mail-exclamation", "supervision:letters"))
        entries.append(_entry(request, "三项建议", "bulb", "supervision:proposals"))
        entries.append(_entry(request, "挂牌督办", "pin", "supervision:board"))
    if post is not None and may_inspect(post):
        entries.append(_entry(request, "一案双督三查", "clipboard-check", "supervision:inspections"))
    if post is not None:
        entries.append(_entry(request, "通报", "speakerphone", "supervision:circulars"))
    return entries


def _entry(request: HttpRequest, label: str, icon: str, name: str) -> MenuEntry:
    url = reverse(name)
    return MenuEntry(label, icon, url, active=request.path == url, group=_GROUP)
