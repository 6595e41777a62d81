"""流程图、责任图、时限图 of a matter: each large or in a side sheet, all three on one sheet of paper; blank ones."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.sheets import sheet_or_page
from cases.casefile.charts.read import CHARTS, RELATED, read_charts
from cases.casefile.charts.sheet import draw_sheet
from cases.casefile.charts.svg import markup
from cases.casefile.charts.wall import WALLS, draw_wall, wall_table
from cases.models import PetitionCase
from cases.web.finding import open_case


@require_safe
@never_cache
@staff
def chart(request: StaffRequest, number: str, chart: str) -> HttpResponse:
    """Show one chart, large, with a table of the same facts."""
    case = _opened(request, number, chart)
    charts = read_charts(case, request.post, on=timezone.localdate())
    wide, narrow = (markup(charts.draw(chart, width), look=width.lower()) for width in ("WIDE", "NARROW"))
    context = {"case": case, "charts": charts, "slug": chart, "names": CHARTS, "name": CHARTS[chart]}
    return sheet_or_page(request, "cases/casefile/charts/chart", context | {"wide": wide, "narrow": narrow})


@require_safe
@never_cache
@staff
def paper(request: StaffRequest, number: str) -> HttpResponse:
    """Show all three on one sheet of A4; the look is logged as a print."""
    case = _opened(request, number)
    access.log(request.post, AccessAct.PRINT, f"{case.number} 三图", ip=request.META.get("REMOTE_ADDR"))
    charts = read_charts(case, request.post, on=timezone.localdate())
    drawn = markup(draw_sheet(charts))
    return render(request, "cases/casefile/charts/paper.html", {"case": case, "drawn": drawn, "today": charts.today})


@require_safe
@staff
def blank(request: StaffRequest, chart: str) -> HttpResponse:
    """Show the whole procedure on one sheet for the wall, drawn from the tables; nothing of any matter."""
    if chart not in WALLS:
        raise Http404
    today = timezone.localdate()
    drawing = draw_wall(chart, today)
    context = {"slug": chart, "name": WALLS[chart], "names": WALLS, "drawn": markup(drawing) if drawing else ""}
    return render(request, "cases/casefile/charts/blank.html", context | wall_table(chart, today))


def _known(chart: str) -> None:
    if chart not in CHARTS:
        raise Http404


def _opened(request: StaffRequest, number: str, chart: str = "flow") -> PetitionCase:
    _known(chart)
    return open_case(request, number, *RELATED)
