"""通知: the bell that counts what is unread, and the list of one's own notices."""

from typing import cast

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from binzhou_xinfang.accounts.middleware import PostRequest
from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.sight import SHOWN, TITLES, bells_of
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.paging import capped_count, page_of

MOST_UNREAD = 99


def _own(request: StaffRequest | PostRequest) -> QuerySet[Message]:
    return bells_of(cast(User, request.user), request.posts)


@require_safe
@staff
def notices(request: StaffRequest) -> HttpResponse:
    """List the notices of the person who is signed in, the newest first."""
    own = _own(request)
    page = page_of(own, by=("-pk",), query=request.GET)
    SHOWN(request.post, page.rows, request.META.get("REMOTE_ADDR"))
    titles = {key: title for known in TITLES(request.posts, page.rows) for key, title in known.items()}
    rows = [(notice, titles.get(notice.matter or 0, "")) for notice in page.rows]
    context = {"page": page, "rows": rows, "total": capped_count(own)}
    return render(request, "notices/list.html", context | {"unread": capped_count(own.filter(read_at=None))})


@require_safe
@never_cache
def bell(request: PostRequest) -> HttpResponse:
    """Count the unread for the bell, asked for by every page again and again. Who is signed out is told nothing."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    return render(
        request, "notices/_bell.html", {"unread": capped_count(_own(request).filter(read_at=None), MOST_UNREAD)}
    )


@require_POST
@staff
def open_notice(request: StaffRequest, pk: int) -> HttpResponse:
    """Mark one as read and go to what it tells of."""
    notice = get_object_or_404(_own(request), pk=pk)
    _own(request).filter(pk=pk, read_at=None).update(read_at=timezone.now())
    return redirect(notice.url or "notices:list")


@require_POST
@staff
def read_all(request: StaffRequest) -> HttpResponse:
    """Mark all as read."""
    _own(request).filter(read_at=None).update(read_at=timezone.now())
    return redirect("notices:list")
