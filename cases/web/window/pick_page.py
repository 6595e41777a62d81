"""Offers while one types the name of a topic, a unit or a place. No personal data passes here."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from binzhou_xinfang.accounts.models import PLACES, Unit, UnitKind
from binzhou_xinfang.accounts.models.unit import UnitQuerySet
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from cases.window.code_search import topics_like, units_like

OFFERED = 20
# Of one level all are shown: who browses has no word to narrow by.
_MOST = 200


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
    """Offer offices that exist today; without a word typed, level by level (`in`: the code of the level)."""
    return _offer(request, frozenset(UnitKind) - {UnitKind.AREA})


@staff
def places(request: StaffRequest) -> HttpResponse:
    """Offer areas, townships and streets that exist today; without a word typed, level by level."""
    return _offer(request, PLACES)


def _offer(request: StaffRequest, kinds: Collection[str]) -> HttpResponse:
    text, existing = request.GET.get("q", ""), Unit.objects.current(timezone.localdate())
    if not text.strip():
        return _level(request, existing, kinds)
    found = existing.filter(kind__in=kinds).select_related("parent")
    matches = units_like(found, text, near=request.post.unit.area)
    options = [_option(unit, hint=unit.parent.short_name if unit.parent else "") for unit in matches[:OFFERED]]
    return render(request, "cases/window/_options.html", {"options": options})


def _level(request: StaffRequest, existing: UnitQuerySet, kinds: Collection[str]) -> HttpResponse:
    """Offer what stands directly below one unit: first the way up, then what can be taken or entered."""
    asked = request.GET.get("in", "").replace("\x00", "")
    level = existing.filter(code=asked).select_related("parent").first() or request.post.unit.area
    inside = Exists(existing.filter(kind__in=kinds, path__startswith=OuterRef("path")).exclude(pk=OuterRef("pk")))
    below = existing.filter(parent=level).alias(is_level=inside)
    units = below.filter(Q(kind__in=kinds) | Q(is_level=True)).order_by("path")[:_MOST]
    levels = set(below.filter(is_level=True).values_list("pk", flat=True))
    own = [_option(level, hint="本级")] if level.kind in kinds else []
    options = [*own, *(_option(unit, into=unit.pk in levels, is_offered=unit.kind in kinds) for unit in units)]
    return render(request, "cases/window/_options.html", {"options": options, "level": level})


def _option(unit: Unit, *, hint: str = "", into: bool = False, is_offered: bool = True) -> dict[str, str]:
    return {
        "code": unit.code if is_offered else "",
        "into": unit.code if into else "",
        "label": unit.name,
        "hint": hint,
    }
