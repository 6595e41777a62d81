"""值班表: the turns of the own unit, new ones, and taking one off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.refusals import refusals_at
from cases.procedure.urgent.roster import SHOWN, on_duty, put_on, refuse_keeper, take_off, turns_of
from cases.web.procedure.duty_form import RosterForm, TakeOffForm

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@_FORM
@never_cache
@staff
def roster(request: StaffRequest) -> HttpResponse:
    """Show who is on duty now and whose turns come; POST adds some."""
    refuse_keeper(request.post)
    at = timezone.now()
    form = RosterForm(request.POST if request.method == "POST" else None, post=request.post)
    if form.is_valid():
        with refusals_at(form):
            number = put_on(form.cleaned_data["read"], by=request.post, at=at)
            messages.success(request, f"已安排{number}班。" if number else "这些班次已经安排过，没有改动。")
            return redirect("cases:duty")
    unit = request.post.unit
    turns = turns_of(unit, since=at - SHOWN)
    context = {"form": form, "turns": turns, "now": on_duty(unit, at), "at": at, "unit": unit}
    return render(request, "cases/procedure/duty.html", context, status=422 if form.is_bound else 200)


@_FORM
@never_cache
@staff
def take_off_duty(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask why a turn is taken off; POST takes it off."""
    refuse_keeper(request.post)
    at = timezone.now()
    turn = get_object_or_404(turns_of(request.post.unit, since=at - SHOWN), pk=pk)
    form = TakeOffForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_at(form):
            take_off(turn, reason=form.cleaned_data["reason"], by=request.post, at=at)
            messages.success(request, "班次已取消。")
            return redirect("cases:duty")
    context = {"form": form, "turn": turn}
    return render(request, "cases/procedure/duty_off.html", context, status=422 if form.is_bound else 200)
