"""承接移交计划: one plan with what it foresaw and what it would do now, and its cancelling."""

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
from binzhou_xinfang.web.refusals import refusals_at
from cases.handover.permissions import may_order, visible_plans
from cases.handover.plans import cancel, order_of
from cases.handover.preview import foreseen
from cases.models import HandOverPlan
from cases.web.handover.forms import CancelForm


@require_safe
@never_cache
@staff
def plan(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one plan: what is decided, what it foresaw, what it would hand over today, what became of it."""
    kept = find_plan(request.post, pk)
    order = order_of(kept)
    context = {"plan": kept, "order": order, "now": foreseen(order) if kept.stands else None}
    return render(request, "cases/handover/plan.html", context)


def find_plan(post: Post, pk: int) -> HandOverPlan:
    """Find a plan that exists for the post. Raises NotPermitted for who orders none, Http404."""
    if not may_order(post):
        raise NotPermitted("承接移交由信访部门负责人、单位负责人办理。")
    related = ("unit", "person", "planned_by", "planned_unit", "cancelled_by", "act")
    found: HandOverPlan = get_object_or_404(visible_plans(post).select_related(*related), pk=pk)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def cancel_plan(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask why the plan is cancelled; POST cancels it."""
    kept = find_plan(request.post, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_at(form):
            cancel(kept, reason=form.cleaned_data["reason"], by=request.post, at=timezone.now())
            messages.success(request, "移交计划已取消。")
            return redirect("cases:hand-over-plan", kept.pk)
    status = 422 if form.is_bound else 200
    return render(request, "cases/handover/cancel.html", {"form": form, "plan": kept}, status=status)
