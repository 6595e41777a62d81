"""通报: the list, a new one, one of them on the screen and on paper, and what is done with a draft."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.process.ahead import Ahead, refuse_now
from binzhou_xinfang.process.doors import row_of
from binzhou_xinfang.process.taking import take
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.paging import capped_count, page_of
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import version_of
from supervision.circulars import verbs
from supervision.circulars.life import circulars
from supervision.circulars.permissions import WORKERS, listed, may_draft, refuse_drafter, visible_circulars
from supervision.circulars.steps import CircularStep
from supervision.models import Circular, CircularStage
from supervision.web.circulars.figures_page import table_of
from supervision.web.circulars.form import CircularForm, proposed, text_in, written
from supervision.web.circulars.sign_page import confirm_sign

_DONE: Mapping[TextChoices, str] = {
    CircularStep.SIGN: "已签发，不再改动。",
    CircularStep.RECOMPUTE: "已重新汇总，请核对。",
    CircularStep.DISCARD: "已作废。",
}


@require_safe
@never_cache
@staff
def all_circulars(request: StaffRequest) -> HttpResponse:
    """Show the circulars that the post may read, by stage, the newest first."""
    stage = request.GET.get("stage", "")
    matches = listed(request.post, stage if stage in CircularStage.values else "")
    rows = matches.select_related("office", "drafted_by").defer("figures", "good", "problems", "demands")
    context = {
        "page": page_of(rows, by=("-pk",), query=request.GET), "total": capped_count(matches), "stage": stage,
        "stages": CircularStage.choices, "may_draft": may_draft(request.post),
        "sees_drafts": request.post.role in WORKERS,
    }  # fmt: skip
    return render(request, "supervision/circulars/circulars.html", context)


def _find(post: Post, pk: int) -> Circular:
    related = ("office", "area", "drafted_by", "signed_by")
    return get_object_or_404(visible_circulars(post).select_related(*related), pk=pk)


@require_safe
@never_cache
@staff
def circular(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one circular: what it says, how it came about, and what the post may do."""
    shown = _find(request.post, pk)
    is_ours = request.post.unit_id == shown.office_id
    context = {
        "found": shown, "is_ours": is_ours, "table": table_of(shown, request.post),
        "offers": Ahead(circulars, [shown], timezone.localdate()).offers(shown, request.post),
        "events": shown.events.order_by("seq") if is_ours else (),
    }  # fmt: skip
    return render(request, "supervision/circulars/circular.html", context)


@require_safe
@never_cache
@staff
def circular_paper(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the same on A4; a draft says that it is one."""
    return render(request, "supervision/circulars/circular_paper.html", {"found": _find(request.post, pk)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def new_circular(request: StaffRequest) -> HttpResponse:
    """拟制通报."""
    refuse_drafter(request.post)
    form = _form(request, proposed(timezone.localdate()))
    if form.is_valid():
        with refusals_at(form):
            made = verbs.draft(text_in(form.cleaned_data), by=request.post, at=timezone.now())
            messages.success(request, "已拟制，数据已汇总，等待签发。")
            return redirect("supervision:circular", made.pk)
    return _ask(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def circular_act(request: StaffRequest, pk: int, slug: str) -> HttpResponse:
    """Act on a draft: 修改 asks, 签发 shows what goes to whom, the others are a button each that sends the `version`
    that was read."""
    circular, row = _find(request.post, pk), row_of(circulars, slug)
    if row.key is CircularStep.REVISE:
        return _revise(request, circular)
    # What goes to a whole area is looked at once more before it goes.
    if row.key is CircularStep.SIGN and request.POST.get("confirmed") != "yes":
        return confirm_sign(request, circular)
    if request.method == "POST":
        circular.version = version_of(request.POST)
        take(circulars, slug, circular, by=request.post, at=timezone.now())
        messages.success(request, _DONE[row.key])
    return redirect("supervision:circular", pk)


def _revise(request: StaffRequest, circular: Circular) -> HttpResponse:
    refuse_now(circulars, circulars.steps[CircularStep.REVISE], circular, request.post, timezone.localdate())
    form = _form(request, written(circular))
    if request.method == "POST":
        circular.version = version_of(request.POST)
    if form.is_valid():
        with refusals_at(form):
            verbs.revise(circular, text_in(form.cleaned_data), by=request.post, at=timezone.now())
            messages.success(request, "已修改，数据已重新汇总。")
            return redirect("supervision:circular", circular.pk)
    return _ask(request, form, circular)


def _form(request: StaffRequest, initial: dict[str, Any]) -> CircularForm:
    return CircularForm(request.POST) if request.method == "POST" else CircularForm(initial=initial)


def _ask(request: StaffRequest, form: CircularForm, circular: Circular | None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "supervision/circulars/circular_form.html", {"form": form, "found": circular}, status=status)
