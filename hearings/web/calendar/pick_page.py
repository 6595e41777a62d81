"""Offers while one types the name of an expert, of a colleague, or of a place. No petitioner passes here."""

from collections.abc import Iterable, Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import LEADERS
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.offers import found_among
from binzhou_xinfang.web.doors import staff
from hearings.calendar.places import places_of
from hearings.models import ExpertState
from hearings.permissions import BOOKERS
from hearings.pool.experts import pool_of

OFFERED = 20


@require_safe
@never_cache
@staff
def experts(request: StaffRequest) -> HttpResponse:
    """Offer the experts of the pool, by name, workplace and code."""
    _refuse_others(request.post)
    listed = pool_of(request.post.unit.area).filter(state=ExpertState.LISTED).order_by("name", "pk")
    found = found_among(listed, _typed(request), lambda one: (one.name, one.organisation, one.code))
    return _answer(
        request, ({"code": one.code, "label": one.name, "hint": one.organisation} for one in found[:OFFERED])
    )


@require_safe
@never_cache
@staff
def people(request: StaffRequest) -> HttpResponse:
    """Offer who holds a post in the area today, by name and unit."""
    _refuse_others(request.post)
    held = Post.objects.held(timezone.localdate()).filter(unit__path__startswith=request.post.unit.area.path)
    posts = {post.user_id: post for post in held.select_related("user", "unit").order_by("-pk")}.values()
    found = found_among(posts, _typed(request), lambda post: (post.user.name, post.user.username, post.unit.short_name))
    return _answer(
        request,
        (
            {"code": post.user.username, "label": post.user.name, "hint": f"{post.unit.name} {post.get_role_display()}"}
            for post in found[:OFFERED]
        ),
    )


@require_safe
@never_cache
@staff
def rooms(request: StaffRequest) -> HttpResponse:
    """Offer the places of the area, those that are closed too: a list is searched for what was held there."""
    _refuse_others(request.post)
    there = places_of(request.post.unit.area).select_related("office").order_by("name", "pk")
    found = found_among(there, _typed(request), lambda one: (one.name, one.address, one.code))
    return _answer(
        request, ({"code": str(one.pk), "label": one.name, "hint": one.office.name} for one in found[:OFFERED])
    )


def _typed(request: StaffRequest) -> str:
    return request.GET.get("q", "")


def _refuse_others(post: Post) -> None:
    """Raise NotPermitted for who neither books nor looks at the calendar."""
    if post.role not in BOOKERS | LEADERS:
        raise NotPermitted("您当前的岗位不预订场所和人员。")


def _answer(request: StaffRequest, options: Iterable[Mapping[str, str]]) -> HttpResponse:
    return render(request, "cases/window/_options.html", {"options": list(options)})
