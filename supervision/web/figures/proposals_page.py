"""三项建议: the list of a year, and its figures as the annual report tells them (条例第四十一条第三项)."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.paging import capped_count, page_of
from cases.looks import log_lines
from supervision.figures.proposals import figures, figures_of_year, of_figure, of_year
from supervision.models import PROPOSALS
from supervision.permissions import may_open, may_report
from supervision.web.causes.letters_page import read_only


@require_safe
@never_cache
@staff
def proposals(request: StaffRequest) -> HttpResponse:
    """Show the proposals of a year; each figure opens exactly its list by `?measure=` and `?figure=`."""
    read_only(request)
    today = timezone.localdate()
    year = _year(request.GET.get("year", ""), today)
    measure, figure = request.GET.get("measure", ""), request.GET.get("figure", "")
    rows = of_figure(of_year(request.post, year), figure, today)
    if measure in PROPOSALS:
        rows = rows.filter(measure=measure)
    page = page_of(rows.select_related("case", "unit", "clock"), by=("-pk",), query=request.GET)
    log_lines(request.post, page.rows, ip=request.META.get("REMOTE_ADDR"))
    context = {
        "year": year, "years": range(today.year, today.year - 10, -1), "measure": measure, "figure": figure,
        "table": figures_of_year(request.post, year, today), "figures": figures(today),
        "page": page, "total": capped_count(rows), "today": today, "may_open": may_open(request.post),
        "may_report": may_report(request.post),
    }  # fmt: skip
    return render(request, "supervision/figures/proposals.html", context)


def _year(text: str, today: date) -> int:
    return int(text) if text.isascii() and text.isdigit() and 2000 <= int(text) <= today.year else today.year
