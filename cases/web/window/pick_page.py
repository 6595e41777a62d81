"""Offers while one types the name of a topic, a unit or a place. No personal data passes here."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from binzhou_xinfang.accounts.models import PLACES, Unit, UnitKind
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from cases.window.code_search import topics_like, units_like

OFFERED = 20


@staff
def topics(request: StaffRequest) -> HttpResponse:
    """Offer entries of the list of contents."""
    options = [
        {"code": topic.code, "label": topic.level_3, "hint": f"{topic.level_1} / {topic.level_2}"}
        for topic in topics_like(request.GET.get("q", ""))[:OFFERED]
    ]
    return render(request, "cases/window/_options.html", {"options": options})


@staff
def units(request: StaffRequest) -> HttpResponse:
    """Offer offices that exist today."""
    return _offer(request, Unit.objects.current(timezone.localdate()).exclude(kind=UnitKind.AREA))


@staff
def places(request: StaffRequest) -> HttpResponse:
    """Offer areas, townships and streets that exist today."""
    return _offer(request, Unit.objects.current(timezone.localdate()).filter(kind__in=PLACES))


def _offer(request: StaffRequest, units: QuerySet[Unit]) -> HttpResponse:
    matches = units_like(units.select_related("parent"), request.GET.get("q", ""), near=request.post.unit.area)
    options = [
        {"code": unit.code, "label": unit.name, "hint": unit.parent.short_name if unit.parent else ""}
        for unit in matches[:OFFERED]
    ]
    return render(request, "cases/window/_options.html", {"options": options})
