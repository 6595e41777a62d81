"""The page of one matter."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from cases.casefile.charts.small import small_charts
from cases.casefile.dossier import RELATED, read_dossier
from cases.hooks import PANELS
from cases.procedure.urgent import read_calls
from cases.web.finding import open_case


@require_safe
@never_cache
@staff
def case(request: StaffRequest, number: str) -> HttpResponse:
    """Show the whole file, and exactly the moves that this post may make now."""
    matter = open_case(request, number, *RELATED)
    if matter.is_urgent:
        read_calls(matter, request.user.pk, at=timezone.now())
    today = timezone.localdate()
    file = read_dossier(matter, request.post, on=today, query=request.GET)
    context = {
        "case": matter,
        "file": file,
        "today": today,
        "here": matter.get_absolute_url(),
        "small": small_charts(matter, file.clocks, today),
        "panels": [panel for panel in PANELS(matter, request.post, today) if panel],
    }
    return render(request, "cases/casefile/case.html", context)
