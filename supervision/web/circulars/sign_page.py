"""The last look before a 通报 is issued: what it says, and whom it reaches."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.ahead import refuse_now
from supervision.circulars.life import circulars
from supervision.circulars.notices import heads_told
from supervision.circulars.steps import CircularStep
from supervision.circulars.verbs import refuse_changed
from supervision.models import Circular
from supervision.web.circulars.figures_page import table_of


def confirm_sign(request: StaffRequest, circular: Circular) -> HttpResponse:
    """Show the second step of 签发. Raises what the step itself would refuse by."""
    today = timezone.localdate()
    refuse_now(circulars, circulars.steps[CircularStep.SIGN], circular, request.post, today)
    told = heads_told(circular, today)
    context = {
        "found": circular, "table": table_of(circular, request.post), "told": told,
        "people": len({user.pk for users in told.values() for user in users}),
        "unled": [unit.name for unit, users in told.items() if not users],
        "readers": Unit.objects.under(circular.area).current(today).count(),
        "changed": _changed(circular),
    }  # fmt: skip
    return render(request, "supervision/circulars/circular_sign.html", context)


def _changed(circular: Circular) -> str:
    try:
        refuse_changed(circular, timezone.now())
    except Refusal as refusal:
        return str(refusal)
    return ""
