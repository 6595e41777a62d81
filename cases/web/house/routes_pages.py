"""法定途径: the table by which matters are led to other procedures, kept by the office."""

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.doors import holds
from cases.house import routes
from cases.house.acts import offered
from cases.models import LegalRoute, Topic
from cases.vocabulary import LegalWay
from cases.web.house.act_page import act_page, row_of
from cases.web.house.history import SHOWN, events_of, told
from cases.web.house.list_page import Listing, list_page

_FORM = require_http_methods(["GET", "HEAD", "POST"])
_WAYS = LegalRoute._meta.get_field("way").choices or []
_STANDING = [("", "在用"), ("ended", "已停用"), ("all", "全部")]


class RouteFilter(OfficeForm):
    """Filter of the list; kept in the address."""

    q = forms.CharField(label="程序、机关、代码", max_length=60, required=False)
    way = forms.ChoiceField(label="途径", choices=[("", "全部途径"), *_WAYS], required=False)
    standing = forms.ChoiceField(label="状态", choices=_STANDING, required=False)


def found_routes(said: dict[str, str]) -> QuerySet[LegalRoute]:
    """Select the entries that a filter asks for."""
    rows = LegalRoute.objects.all()
    for word in said.get("q", "").split():
        rows = rows.filter(Q(name__icontains=word) | Q(organ__icontains=word) | Q(code__icontains=word))
    if way := said.get("way"):
        rows = rows.filter(way=way)
    standing = said.get("standing", "")
    return rows if standing == "all" else rows.filter(is_current=standing != "ended")


ROUTES = Listing("cases/house/routes.html", RouteFilter, found_routes, ("way", "code"), Right.MANAGE_LISTS)


@require_safe
@never_cache
@holds(Right.MANAGE_LISTS)
def all_routes(request: StaffRequest) -> HttpResponse:
    """List the entries by way and code."""
    return list_page(request, ROUTES)


@require_safe
@never_cache
@holds(Right.MANAGE_LISTS)
def route(request: StaffRequest, code: str) -> HttpResponse:
    """Show one entry, for which contents it is proposed, and what was changed."""
    today, found = timezone.localdate(), get_object_or_404(LegalRoute, code=code)
    topics = Topic.objects.filter(is_current=True).order_by("code")
    context = {
        "route": found,
        "way": LegalWay(found.way),
        "topics": [str(topic) for topic in topics if found.fits(topic.code)],
        "acts": offered(routes.ACTS, found, request.post, today),
        "events": told(events_of(f"route:{code}")[:SHOWN], on=today),
    }
    return render(request, "cases/house/route.html", context)


@_FORM
@never_cache
@holds(Right.MANAGE_LISTS)
def new_route(request: StaffRequest) -> HttpResponse:
    """Ask for a new entry; POST enters it."""
    return act_page(request, routes.CREATE, LegalRoute(), back=f"{reverse('cases:house-routes')}{{pk}}/")


@_FORM
@never_cache
@holds(Right.MANAGE_LISTS)
def route_act(request: StaffRequest, code: str, key: str) -> HttpResponse:
    """Ask what the act asks of an entry; POST takes it."""
    act, found = row_of(routes.ACTS, key), get_object_or_404(LegalRoute, code=code)
    return act_page(request, act, found, back=reverse("cases:house-route", args=[code]))
