"""机构: the list, one unit with what it was called, who works there and what is planned, and the acts on it."""

from datetime import date

from django import forms
from django.contrib import messages
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from binzhou_xinfang.accounts.models import Post, Unit, UnitChange, UnitKind
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.offers import LONGEST, like
from binzhou_xinfang.records import ledger
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import version_of
from cases.house import names, units
from cases.house.forms import CancelForm
from cases.web.house.kind_pages import FORM, Context, Kind, pages_of
from cases.web.house.list_page import Listing

_STANDING = [("", "现有机构"), ("ended", "已撤销"), ("all", "全部")]


class UnitFilter(OfficeForm):
    """Filter of the list; kept in the address."""

    q = forms.CharField(label="名称、俗称、代码", max_length=LONGEST, required=False)
    kind = forms.ChoiceField(label="类别", choices=[("", "全部类别"), *UnitKind.choices], required=False)
    standing = forms.ChoiceField(label="状态", choices=_STANDING, required=False)


def found_units(said: dict[str, str]) -> QuerySet[Unit]:
    """Select the units that a filter asks for, with the number of posts held there today."""
    today = timezone.localdate()
    rows: QuerySet[Unit] = Unit.objects.all()
    if q := said.get("q"):
        rows = like(rows, q, also=("code",))
    if kind := said.get("kind"):
        rows = rows.filter(kind=kind)
    ended = Q(valid_to__lt=today)
    rows = {"ended": rows.filter(ended), "all": rows}.get(said.get("standing", ""), rows.exclude(ended))
    held = Post.objects.held(today).filter(unit=OuterRef("pk")).order_by().values("unit")
    number = Subquery(held.annotate(number=Count("pk")).values("number"))
    return rows.select_related("parent", "moved_to").annotate(manned=Coalesce(number, 0))


UNITS = Listing("cases/house/units.html", UnitFilter, found_units, ("path",), Right.MANAGE_UNITS)


def _shown(found: Unit, post: Post, on: date) -> Context:
    """Show what it was called, who works there, what stands below it and what is planned."""
    return {
        "former": list(reversed(found.former_names)),
        "planned": names.planned(found),
        "posts": Post.objects.held(on).filter(unit=found).select_related("user"),
        "below": Unit.objects.current(on).filter(parent=found),
        "may": has_right(post, Right.MANAGE_UNITS),
    }


PAGES = pages_of(
    Kind(
        name="unit", plural="units", model=Unit, listing=UNITS, create=units.CREATE, acts=units.ACTS,
        reads=Right.READ_HOUSE, shows=_shown, lists=lambda: {"planned": names.planned()},
        rows=lambda: Unit.objects.select_related("parent", "guided_by", "moved_to"),
    )
)  # fmt: skip


@FORM
@never_cache
@holds(Right.MANAGE_UNITS)
def cancel_change(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask why a change that is still to come is cancelled; POST cancels it."""
    found = get_object_or_404(UnitChange.objects.select_related("unit", "parent"), pk=pk)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        with refusals_at(form):
            seen, reason = version_of(request.POST), form.cleaned_data["reason"]
            names.cancel(found, reason=reason, by=request.post, at=timezone.now(), seen=seen)
            messages.success(request, "已取消。")
            return redirect("cases:house-unit", found.unit_id)
    status = 422 if form.is_bound else 200
    context = {"form": form, "change": found, "version": ledger.version_of(f"unit:{found.unit_id}")}
    return render(request, "cases/house/cancel.html", context, status=status)
