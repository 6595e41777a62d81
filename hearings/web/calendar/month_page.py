"""日程: the calendar of month, week and day, its entries, and the secret address of one's own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from csp.constants import NONCE, SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from hearings.calendar import entries, feeds
from hearings.web.calendar.booking_door import BOOKINGS_DOOR, BookingFilter


@require_safe
@never_cache
@csp_update({"style-src": [SELF, NONCE], "font-src": [SELF, "data:"]})  # styles that the calendar writes into the page
@staff
def month(request: StaffRequest) -> HttpResponse:
    """Show the calendar; its entries are fetched for what is looked at."""
    asked = CalendarFilter(request.GET)
    context = {
        "may_book": BOOKINGS_DOOR.begins_for(request.post), "filter": asked, "narrowed": bool(_narrowing(asked)),
        "query": urlencode({name: request.GET.get(name, "") for name in asked.fields}),
    }  # fmt: skip
    return render(request, "hearings/calendar/month.html", context)


@require_safe
@never_cache
@staff
def month_entries(request: StaffRequest) -> HttpResponse:
    """Answer the entries between `start` and `end`, at most two months, as the calendar reads them."""
    since, until = _moment(request.GET.get("start", "")), _moment(request.GET.get("end", ""))
    if since is None or until is None or not timedelta() < until - since <= entries.LONGEST:
        return JsonResponse({"detail": "请写明起止时间（start、end），最长62天。"}, status=400)
    by = _narrowing(CalendarFilter(request.GET))
    found = [one for one in entries.seen_by(request.post, since, until) if all(fits(one) for fits in by)]
    return JsonResponse([_told(entry) for entry in found], safe=False)


class CalendarFilter(BookingFilter):
    """Filter over the calendar, which shows nothing that was cancelled."""

    standing = None  # type: ignore[assignment]  # how a form leaves a field of its base out


def _narrowing(asked: CalendarFilter) -> list[Callable[[entries.Entry], bool]]:
    """List what an entry has to fit; what cannot be read selects nothing away, as in the lists."""
    said = asked.cleaned_data if asked.is_valid() else {}
    place, unit = said.get("place"), said.get("unit")
    by: list[Callable[[entries.Entry], bool]] = [lambda one: one.place_key == place.pk] if place else []
    return [*by, lambda one: unit.code in one.units] if unit else by


def _moment(text: str) -> datetime | None:
    try:
        at = parse_datetime(text.replace(" ", "+"))
        return timezone.make_aware(at) if at and timezone.is_naive(at) else at
    except (ValueError, OverflowError):
        return None


def _told(entry: entries.Entry) -> dict[str, Any]:
    where = f"（{entry.place}）" if entry.place else ""
    return {
        "id": entry.key, "title": f"{entry.kind}：{entry.title}{where}",
        "start": timezone.localtime(entry.starts_at).isoformat(), "end": timezone.localtime(entry.ends_at).isoformat(),
        "url": entry.url, "classNames": [f"entry-{entry.tone}"],
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def feed_page(request: StaffRequest) -> HttpResponse:
    """Tell of the own address; POST makes one, or revokes it."""
    if request.method != "POST":
        return render(request, "hearings/calendar/feed.html", {"key": feeds.key_of(request.user)})
    if request.POST.get("act") == "revoke":
        feeds.revoke(request.user, at=timezone.now())
        messages.success(request, "已撤销，原来的地址不再有效。")
        return redirect("hearings:feed")
    # Shown in the answer itself and never again: it is kept nowhere.
    secret = feeds.make_key(request.user, at=timezone.now())
    url = request.build_absolute_uri(reverse("hearings:ics", args=[secret]))
    return render(request, "hearings/calendar/feed.html", {"key": feeds.key_of(request.user), "url": url})


@require_safe
@never_cache
def ics(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer the entries of whose address it is, to any program. Raises Http404 for every other."""
    user = feeds.find_user(secret, on=timezone.localdate())
    if user is None:
        raise Http404
    return HttpResponse(feeds.feed(user, now=timezone.now()), content_type="text/calendar; charset=utf-8")
