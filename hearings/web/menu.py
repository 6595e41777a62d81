"""Entries of hearings in the menu."""

from django.http import HttpRequest
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.web.menu import MenuEntry
from hearings.permissions import PREPARE


def build(request: HttpRequest) -> list[MenuEntry]:
    """Build the entries, as one of the menu's builders."""
    post: Post | None = getattr(request, "post", None)
    if post is None or post.role not in PREPARE:
        return []
    url = reverse("hearings:notice-day")
    return [MenuEntry("听证通知送达日", "calendar-due", url, active=request.path == url, group="听证")]
