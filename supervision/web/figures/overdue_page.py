"""期限督办: late and soon due duties by unit, read from the clocks themselves."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.paging import page_of
from cases.looks import log_lines
from cases.models import DeadlineQuerySet
from supervision.figures.table import FIGURES
from supervision.queries import NO_UNIT, arrears_by_unit, overdue_duties, soon_duties

SOON = "soon"


def _counts(duties: DeadlineQuerySet) -> dict[str, int]:
    """Count the duties, and the matters in which they are."""
    return duties.order_by().aggregate(duties=Count("pk"), matters=Count("case", distinct=True))


@holds(Right.SEE_STATISTICS)
def overdue_board(request: StaffRequest) -> HttpResponse:
    """Show the units in arrears and, chosen by `?unit=<code>`, the duties one by one; `?due=soon` those soon due
    instead."""
    post, today, is_soon = request.post, timezone.localdate(), request.GET.get("due") == SOON
    duties = (soon_duties if is_soon else overdue_duties)(post, today).select_related("case", "unit", "case__lead")
    unit, code, duties_of = None, request.GET.get("unit", ""), _counts(duties)
    if code:
        unit = None if code == NO_UNIT else get_object_or_404(Unit, code=code)
        duties = duties.filter(unit=unit)
    arrears = [(row, row.days(today)) for row in arrears_by_unit(post, today, is_soon=is_soon)]
    page = page_of(duties, by=("legal_on", "pk"), query=request.GET)
    log_lines(post, page.rows, ip=request.META.get("REMOTE_ADDR"))
    context = {
        "arrears": arrears, "unit": unit, "code": code, "today": today, "is_soon": is_soon,
        "nothing": "三日内没有到期的义务。" if is_soon else "没有逾期的义务。",
        "figure": FIGURES["soon-duties" if is_soon else "overdue-duties"], "page": page, "all": duties_of,
        "chosen": _counts(duties),
    }  # fmt: skip
    return render(request, "supervision/figures/overdue.html", context)
