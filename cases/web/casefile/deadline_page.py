"""Page of the reckoning of a due day, day by day."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.rules import Rule
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.sheets import sheet_or_page
from cases.clocks.ladder import ahead
from cases.clocks.moving import period_of, reckoning_of
from cases.clocks.standing import light_of
from cases.models import Deadline, PetitionCase
from cases.web.finding import open_case


@require_safe
@staff
def deadline(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Show the steps of the reckoning by today's calendar, and the stored days when they differ from it."""
    case = open_case(request, number)
    return _explain(request, case, get_object_or_404(case.deadlines.select_related("unit"), pk=pk))


@require_safe
@staff
def current_deadline(request: StaffRequest, number: str) -> HttpResponse:
    """Show the same for the clock that the worklists show: the one that matters now."""
    case = open_case(request, number)
    running = case.deadlines.running().filter(rule=case.due_rule).select_related("unit")
    return _explain(request, case, get_object_or_404(running))


def _explain(request: StaffRequest, case: PetitionCase, clock: Deadline) -> HttpResponse:
    due, today = reckoning_of(clock), timezone.localdate()
    context = {
        "case": case,
        "clock": clock,
        "due": due,
        "met_by": period_of(clock).met_by,
        "light": light_of(clock, on=today),
        "alerts": clock.alerts.all(),
        "ahead": ahead(clock, current_rulebook().on(today).ladder(Rule(clock.rule))),
        "delivery": case.deliveries.filter(counts_from=clock.started_on).first() if clock.gives_right else None,
        "has_moved": (due.strict, due.legal) != (clock.strict_on, clock.legal_on),
    }
    return sheet_or_page(request, "cases/casefile/deadline", context)
