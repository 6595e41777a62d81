"""期限督办: who is late with what, read from the clocks themselves."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.paging import page_of
from supervision.queries import arrears_by_unit, overdue_duties


@holds(Right.SEE_STATISTICS)
def overdue_board(request: StaffRequest) -> HttpResponse:
    """The units in arrears and, chosen by `?unit=<code>`, the overdue duties one by one."""
    today = timezone.localdate()
    duties = overdue_duties(request.post, today).select_related("case", "unit", "case__lead")
    unit = None
    if code := request.GET.get("unit", "").replace("\x00", ""):
        unit = get_object_or_404(Unit, code=code)
        duties = duties.filter(unit=unit)
    arrears = [(row, row.days(today)) for row in arrears_by_unit(request.post, today)]
    context = {"arrears": arrears, "unit": unit, "today": today, "total": sum(row.number for row, _ in arrears)}
    return render(
        request,
        "supervision/overdue.html",
        context | {"page": page_of(duties, by=("legal_on", "pk"), query=request.GET)},
    )
