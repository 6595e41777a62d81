"""Presence of other readers, asked for again and again while the page is looked at."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from cases.casefile.presence import be_present
from cases.states import Move
from cases.web.finding import find_case

_LABELS = {move.value: str(move.label) for move in Move} | {"take-over": "接手办理", "evaluate": "登记满意度评价"}


@require_POST
@never_cache
@staff
def presence(request: StaffRequest, number: str) -> HttpResponse:
    """Note the slug of the open form (POST `form`, or nothing), and answer with the others as lines of words."""
    form = request.POST.get("form", "")
    case = find_case(request.post, number)
    others = be_present(case, request.post, form=form if form in _LABELS else "", at=timezone.now())
    lines = [(watcher, _LABELS.get(watcher.form, "")) for watcher in others]
    return render(request, "cases/casefile/_presence.html", {"lines": lines})
