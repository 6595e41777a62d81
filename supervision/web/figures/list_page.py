"""Lists behind the figures: exactly what each of them counts, part by part."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.paging import page_of
from cases.looks import log_lines
from supervision.figures.counting import COUNTED, GOOD, MISSING, PARTS, PENDING, items_of, value_of
from supervision.figures.figure import Figure, Item, Value
from supervision.figures.reaches import opens
from supervision.figures.table import FIGURES
from supervision.web.figures.asking import read_or_404

# What a line of each kind of list is read with.
RELATED: Mapping[Item, Sequence[str]] = MappingProxyType(
    {
        Item.MATTER: ("responsible", "holder", "lead"),
        Item.ARRIVAL: ("case", "lead", "unit"),
        Item.DUTY: ("case__lead", "unit"),
        Item.EVALUATION: ("case__lead", "unit"),
        Item.SUPERVISION: ("case", "unit", "office", "clock"),
    }
)


def figure_of(post: Post, slug: str) -> Figure:
    """Find a figure that opens its list for the post. Raises Http404."""
    figure = FIGURES.get(slug)
    if figure is None or not opens(post, figure):
        raise Http404
    return figure


def part_of(figure: Figure, text: str) -> str:
    """Read the part of a rate that the address names; what is no rate has one part."""
    return text if figure.is_rate and text in PARTS and (text != PENDING or figure.has_due) else COUNTED


def numbers_of(figure: Figure, value: Value) -> list[tuple[str, str, int]]:
    """List the parts with their names and numbers; none of what is no rate."""
    numbers = {GOOD: value.good, MISSING: value.missing, PENDING: value.pending, COUNTED: value.counted}
    names = {**PARTS, COUNTED: "全月分母"} if figure.has_due else PARTS
    shown = [part for part in numbers if part != PENDING or figure.has_due] if figure.is_rate else []
    return [(part, names[part], numbers[part]) for part in shown]


@require_safe
@never_cache
@holds(Right.SEE_STATISTICS)
def figure_list(request: StaffRequest, figure: str) -> HttpResponse:
    """Show what a figure counts: `?month=`, `?mode=`, `?unit=` as it was told, `?part=` of a rate."""
    post, today = request.post, timezone.localdate()
    chosen = figure_of(post, figure)
    asked = read_or_404(post, request.GET, today)
    part = part_of(chosen, request.GET.get("part", ""))
    rows = items_of(chosen, asked.reach, asked.period, part).select_related(*RELATED[chosen.item])
    page = page_of(rows, by=("-pk",), query=request.GET)
    log_lines(post, page.rows, ip=request.META.get("REMOTE_ADDR"))
    value = value_of(chosen, asked.reach, asked.period)
    context: dict[str, Any] = {
        "figure": chosen, "asked": asked, "part": part, "parts": numbers_of(chosen, value), "value": value,
        "page": page, "rows": f"supervision/figures/_{chosen.item.value}.html", "today": today,
    }  # fmt: skip
    return render(request, "supervision/figures/figure.html", context)
