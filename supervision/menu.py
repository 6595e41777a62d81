"""What supervision puts into the menu."""

from django.http import HttpRequest
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.web.menu import MenuEntry


def build(request: HttpRequest) -> list[MenuEntry]:
    """One of `settings.MENU_BUILDERS`."""
    post: Post | None = getattr(request, "post", None)
    if not has_right(post, Right.SEE_STATISTICS):
        return []
    url = reverse("supervision:overdue")
    return [MenuEntry("期限督办", "alarm", url, active=request.path == url, group="督查督办")]
