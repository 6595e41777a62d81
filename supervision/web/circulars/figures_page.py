"""Figures of a 通报: its table with what each number opens, and the lists behind the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.paging import capped_count, page_of
from cases.looks import log_lines
from cases.queries import visible_to
from supervision.circulars.permissions import opens_figures, visible_circulars
from supervision.figures.figure import Figure, Item
from supervision.figures.table import FIGURES
from supervision.models import Circular
from supervision.queries import visible_supervisions
from supervision.web.figures.list_page import RELATED


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the table, with the address of its list for who may open it."""

    label: str
    count: int
    change: str
    url: str


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of the table."""

    code: str
    name: str
    cells: Sequence[Number]


def table_of(circular: Circular, post: Post) -> list[TableLine]:
    """Build the table as the post reads it."""
    lines = []
    for line in circular.lines:
        # What was reckoned before the items were kept opens nothing.
        opens = bool(circular.items) and opens_figures(post, circular, line.code)
        cells = [
            Number(
                cell.label, cell.count, cell.change,
                _list_of(circular, cell.slug, line.code) if opens and cell.count else "",
            )
            for cell in line.cells
        ]  # fmt: skip
        lines.append(TableLine(line.code, line.name, cells))
    return lines


def _list_of(circular: Circular, slug: str, code: str) -> str:
    url = reverse("supervision:circular-figure", args=[circular.pk, slug])
    return f"{url}?{urlencode({'unit': code})}" if code else url


def items_for(circular: Circular, figure: Figure, code: str, post: Post) -> QuerySet[Any]:
    """Select what a number counts, of it what exists for the post today."""
    rows = figure.item.model._default_manager.filter(pk__in=circular.keys(code, figure.slug))
    if figure.item is Item.SUPERVISION:
        return rows.filter(pk__in=visible_supervisions(post).values("pk"))
    seen = visible_to(post).values("pk")
    return rows.filter(pk__in=seen) if figure.item is Item.MATTER else rows.filter(case__in=seen)


def find_figure(post: Post, pk: int, slug: str, code: str) -> tuple[Circular, Figure]:
    """Find a number of a circular that opens its list for the post. Raises Http404."""
    shown = visible_circulars(post).select_related("area").filter(pk=pk).first()
    if shown is None or slug not in FIGURES or not opens_figures(post, shown, code):
        raise Http404
    return shown, FIGURES[slug]


@require_safe
@never_cache
@staff
def circular_figure(request: StaffRequest, pk: int, figure: str) -> HttpResponse:
    """Show what a number of a circular counts: `?unit=` of one unit, else of all."""
    post, code = request.post, request.GET.get("unit", "")
    shown, chosen = find_figure(post, pk, figure, code)
    rows = items_for(shown, chosen, code, post)
    page = page_of(rows.select_related(*RELATED[chosen.item]), by=("-pk",), query=request.GET)
    log_lines(post, page.rows, ip=request.META.get("REMOTE_ADDR"))
    told = len(shown.keys(code, figure))
    context = {
        "found": shown, "figure": chosen, "unit": next((line.name for line in shown.lines if line.code == code), ""),
        "told": told, "hidden": told - capped_count(rows, cap=max(told, 1)).value, "page": page,
        "rows": f"supervision/figures/_{chosen.item.value}.html", "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "supervision/circulars/circular_figure.html", context)
