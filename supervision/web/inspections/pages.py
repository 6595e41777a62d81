"""一案双督三查: the list, a new one, and one of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.paging import capped_count, page_of
from binzhou_xinfang.web.refusals import refusals_at
from cases.queries import visible_to
from supervision.inspections.facts import answerable, facts_of_file
from supervision.inspections.items import Part, score
from supervision.inspections.results import RESULTS, brought_up_by, chapters_of, left_to_itself, with_result
from supervision.inspections.verbs import inspect
from supervision.permissions import refuse_inspector
from supervision.queries import visible_inspections
from supervision.web.inspections.form import InspectionForm, answers_in


@require_safe
@never_cache
@staff
def inspections(request: StaffRequest) -> HttpResponse:
    """Show the inspections that the post may see, by what followed from them, the newest first."""
    refuse_inspector(request.post)
    result = request.GET.get("result", "")
    matches = with_result(visible_inspections(request.post), result)
    page = page_of(matches.select_related("case", "office", "by_user"), by=("-pk",), query=request.GET)
    rows = [(row, score(row.answers, Part.SUBSTANCE), score(row.answers, Part.PROCEDURE)) for row in page.rows]
    context = {"page": page, "rows": rows, "total": capped_count(matches), "result": result, "results": RESULTS}
    return render(request, "supervision/inspections/inspections.html", context)


@require_safe
@never_cache
@staff
def inspection(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one sheet, its scores, and what followed from it."""
    refuse_inspector(request.post)
    sheet = get_object_or_404(visible_inspections(request.post).select_related("case", "office", "by_user"), pk=pk)
    context = {
        "found": sheet, "parts": chapters_of(sheet), "own": left_to_itself(sheet),
        "brought_up": brought_up_by(sheet, request.post).select_related("unit"), "duties": Part.DUTIES,
    }  # fmt: skip
    return render(request, "supervision/inspections/inspection.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def new_inspection(request: StaffRequest, number: str) -> HttpResponse:
    """Show the sheet of a matter, with what its file says beside each item."""
    refuse_inspector(request.post)
    visible = (
        visible_to(request.post)
        .filter(is_sealed=False)
        .select_related("responsible", "holder", "sender", "assigner", "registered_unit")
    )
    case = get_object_or_404(visible, number=number.replace("\x00", ""))
    sent = request.POST if request.method == "POST" else None
    form = InspectionForm(sent, known=facts_of_file(case, on=timezone.localdate()), who=answerable(case))
    if form.is_valid():
        with refusals_at(form):
            made = inspect(
                case, held_on=form.cleaned_data["held_on"], answers=answers_in(form.cleaned_data),
                conclusion=form.cleaned_data["conclusion"], by=request.post, at=timezone.now(),
            )  # fmt: skip
            messages.success(request, "已登记督查。")
            return redirect("supervision:inspection", made.pk)
    context = {"case": case, "form": form}
    return render(request, "supervision/inspections/new_inspection.html", context, status=422 if form.is_bound else 200)
