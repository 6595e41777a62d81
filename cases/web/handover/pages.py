"""承接移交: the list of acts, a new one with its preview, one of them with its progress, and its correction."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.paging import capped_count, page_of
from binzhou_xinfang.web.refusals import refusals_at
from cases.handover.acts import advance, begin, correct
from cases.handover.matters import what_went
from cases.handover.orders import Order, may_order_people, may_order_units, refuse_order, refuse_strange_numbers
from cases.handover.permissions import may_order, visible_hand_overs, visible_items, visible_plans
from cases.handover.plans import plan, planned_for, refuse_plan
from cases.handover.preview import Preview, listed, preview
from cases.models import STAYED, HandOver, HandOverPlan
from cases.web.finding import shown
from cases.web.handover.forms import CorrectionForm, PersonHandOverForm, SharesForm, UnitHandOverForm

# What is handed over before the page answers; the rest goes on in the background.
AT_ONCE = 500
_FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@staff
def all_hand_overs(request: StaffRequest) -> HttpResponse:
    """Show the acts that the post may read, the newest first."""
    _refuse_reader(request.post)
    acts = visible_hand_overs(request.post)
    rows = acts.select_related("unit", "person", "ordered_by")
    context = {
        "page": page_of(rows, by=("-pk",), query=request.GET), "total": capped_count(acts),
        "plans": visible_plans(request.post).filter(act=None, cancelled_at=None).select_related("unit", "person"),
        "may_units": may_order_units(request.post), "may_people": may_order_people(request.post),
    }  # fmt: skip
    return render(request, "cases/handover/all.html", context)


def _refuse_reader(post: Post) -> None:
    if not may_order(post):
        raise NotPermitted("承接移交由信访部门负责人、单位负责人办理。")


@_FORM
@never_cache
@staff
def new_of_unit(request: StaffRequest) -> HttpResponse:
    """Ask for a hand-over of a body; POST previews it, POST with `seen` makes it."""
    if not may_order_units(request.post):
        raise NotPermitted("机构的承接移交由信访部门负责人办理。")
    return _new(request, UnitHandOverForm(**_given(request)), "机构承接移交")


@_FORM
@never_cache
@staff
def new_of_person(request: StaffRequest) -> HttpResponse:
    """Ask for a hand-over of a person of the own unit; POST previews it, POST with `seen` makes it."""
    if not may_order_people(request.post):
        raise NotPermitted("人员离岗的移交由单位负责人办理。")
    return _new(request, PersonHandOverForm(**_given(request)), "人员离岗移交")


def _given(request: StaffRequest) -> dict[str, Any]:
    return {"post": request.post, "data": request.POST if request.method == "POST" else None}


def _new(request: StaffRequest, form: SharesForm, title: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title}
    if form.is_valid():
        with refusals_at(form):
            order, at = form.order, timezone.now()
            later = planned_for(order, timezone.localdate(at))
            refuse_ordered(order, later, by=request.post, at=at)
            shown = preview(order, by=request.post, on=later or timezone.localdate(at))
            if request.POST.get("seen") == str(shown.total) and not request.POST.get("look"):
                if later is not None:
                    return _planned(request, plan(order, later, by=request.post, at=at))
                return _made(request, begin(order, by=request.post, at=at))
            context |= _preview(request, order, shown) | {"later": later}
    status = 422 if form.is_bound and "shown" not in context else 200
    return render(request, "cases/handover/new.html", context, status=status)


def _preview(request: StaffRequest, order: Order, shown: Preview) -> dict[str, Any]:
    page = page_of(listed(order, request.post), by=("due_on", "pk"), query=_cursor(request))
    rows = [(case, shown.destinations.get(case.pk, "留在原单位")) for case in page.rows]
    return {"shown": shown, "page": page, "rows": rows, "has_changed": "seen" in request.POST and not _looks(request)}


def _looks(request: StaffRequest) -> bool:
    return bool(request.POST.get("look"))


def _cursor(request: StaffRequest) -> dict[str, str]:
    """Read which page of the list a button of the form asks for: after:… or before:…"""
    name, _, cursor = request.POST.get("look", "").partition(":")
    return {name: cursor} if cursor else {}


def refuse_ordered(order: Order, later: date | None, *, by: Post, at: datetime) -> None:
    """Raise what an order of now, or a plan for `later`, is refused for."""
    if later is None:
        refuse_order(order, by=by, at=at)
    else:
        refuse_plan(order, later, by=by, at=at)
    refuse_strange_numbers(order, by)


def _planned(request: StaffRequest, kept: HandOverPlan) -> HttpResponse:
    messages.success(request, f"已登记移交计划，{kept.effective_on:%Y年%m月%d日}自动移交。")
    return redirect("cases:hand-over-plan", kept.pk)


def _made(request: StaffRequest, act: HandOver) -> HttpResponse:
    left = advance(act, at=timezone.now(), most=AT_ONCE)
    messages.success(request, "已移交。" if left == 0 else f"已开始移交，还有{left}件在后台继续移交。")
    return redirect("cases:hand-over", act.pk)


@require_safe
@never_cache
@staff
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one act: what it was, how far it is, where each matter went, and the way back."""
    act = _find(request.post, pk)
    items = visible_items(act, request.post)
    page = page_of(items.select_related("case", "to_unit", "to_person"), by=("pk",), query=request.GET)
    shown(request, page.rows)
    ordinary = act.items.filter(case__is_sealed=False)
    context = {
        "act": act, "page": page, "total": capped_count(items),
        "rows": [(item, what_went(item.moved)) for item in page.rows],
        "number": ordinary.count(), "done": ordinary.exclude(done_at=None).count(),
        "left": items.filter(STAYED).count(), "corrections": act.corrections.order_by("pk"),
    }  # fmt: skip
    return render(request, "cases/handover/one.html", context)


def _find(post: Post, pk: int) -> HandOver:
    _refuse_reader(post)
    acts = visible_hand_overs(post).select_related("unit__moved_to", "person", "ordered_by", "ordered_unit", "corrects")
    return get_object_or_404(acts, pk=pk)


@_FORM
@never_cache
@staff
def correct_hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask who was the wrong successor and who is the right one; POST sets it right."""
    act = _find(request.post, pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None, act=act)
    if form.is_valid():
        with refusals_at(form):
            wrong, right, basis = form.wrong_share, form.right_share, form.cleaned_data["basis"]
            made = correct(act, wrong=wrong, right=right, basis=basis, by=request.post, at=timezone.now())
            return _made(request, made)
    status = 422 if form.is_bound else 200
    return render(request, "cases/handover/correct.html", {"form": form, "act": act}, status=status)
