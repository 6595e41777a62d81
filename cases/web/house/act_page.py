"""The page of any act that keeps the house: its form, its preview while one types, its refusals, its event."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.records import ledger
from binzhou_xinfang.web.middleware import is_htmx
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import sheet_or_page, version_of
from cases.house.acts import Act, Done, refuse, take

M = TypeVar("M", bound=Model)
# Days that begin with today when nothing stands there.
_TODAY = frozenset({"effective_on", "from_on", "to_on", "valid_from", "valid_to"})


def row_of(acts: Mapping[str, Act[M]], key: str) -> Act[M]:
    """Find the act of an address. Raises Http404."""
    if key not in acts:
        raise Http404
    return acts[key]


def act_page(request: StaffRequest, act: Act[M], obj: M, *, back: str) -> HttpResponse:
    """Show the form of the act, or take it; `back`: where to go afterwards, `{pk}` stands for a thing that is new."""
    today = timezone.localdate()
    refuse(act, obj, request.post, today)
    if request.method != "POST":
        form = act.form(initial=_initial(act, obj, today))
        return _show(request, act, obj, form, back, _foretold(act, obj, request.GET, today))
    form = act.form(request.POST)
    if form.is_valid():
        with refusals_at(form):
            seen = version_of(request.POST) if obj.pk else None
            done = take(act, obj, form.cleaned_data, by=request.post, at=timezone.now(), seen=seen)
            return _taken(request, act, obj, done, back)
    return _show(request, act, obj, form, back, _foretold(act, obj, request.POST, today), status=422)


def _taken(request: StaffRequest, act: Act[M], obj: M, done: Done, back: str) -> HttpResponse:
    url = back.format(pk=obj.pk)
    if done.secret:
        # Shown in the answer itself and never again: it is kept nowhere.
        template = "cases/house/_secret.html" if is_htmx(request) else "cases/house/secret.html"
        return render(request, template, {"secret": done.secret, "told": done.told, "back": url})
    messages.success(request, done.told or f"已{act.label}：{done.label}。")
    return redirect(url)


def _initial(act: Act[M], obj: M, today: date) -> dict[str, Any]:
    names = act.form.base_fields
    there = {name: getattr(obj, name) for name in names if hasattr(obj, name)} if obj.pk else {}
    # What is asked anew begins with what stands; a day that stands nowhere begins with today.
    days = {name: today for name, field in names.items() if name in _TODAY and field.required and not there.get(name)}
    return there | days


def _foretold(act: Act[M], obj: M, typed: Any, today: date) -> list[str]:
    """Foretell what follows of what is typed so far; nothing while it is not whole. What asks for nothing is foretold
    at once."""
    if not typed and any(field.required for field in act.form.base_fields.values()):
        return []
    given = typed.copy()
    # The reason is still to come and changes nothing.
    for name in ("reason", "basis"):
        given[name] = given.get(name) or "—"
    form: Form = act.form(given)
    return act.foretells(obj, form.cleaned_data, today) if form.is_valid() else []


def _show(
    request: StaffRequest, act: Act[M], obj: M, form: Form, back: str, told: list[str], *, status: int = 200
) -> HttpResponse:
    context = {
        "act": act, "obj": obj if obj.pk else None, "form": form, "consequences": told, "here": request.path,
        "back": back.partition("{")[0], "version": ledger.version_of(act.of(obj)) if obj.pk else 0,
    }  # fmt: skip
    return sheet_or_page(request, "cases/house/act", context, status=status)
