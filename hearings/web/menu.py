"""Entries of hearings in the menu."""

from django.http import HttpRequest
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import LEADERS
from binzhou_xinfang.web.menu import MenuEntry
from hearings.permissions import BOOKERS, PREPARE


def build(request: HttpRequest) -> list[MenuEntry]:
    """Build the entries, as one of the menu's builders."""
    post: Post | None = getattr(request, "post", None)
    if post is None:
        return []
    entries = [("日程", "calendar", reverse("hearings:calendar"), BOOKERS | LEADERS)]
    entries += [("听证通知送达日", "calendar-due", reverse("hearings:notice-day"), PREPARE)]
    return [
        MenuEntry(label, icon, url, active=request.path == url, group="听证")
        for label, icon, url, roles in entries
        if post.role in roles
    ]
