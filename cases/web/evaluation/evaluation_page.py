"""登记满意度评价: the sheet in which the office writes down what the petitioner said when asked back."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import sheet_or_page, version_of
from cases.evaluation.verbs import evaluate as keep
from cases.evaluation.verbs import refuse_evaluator
from cases.evaluation.window import Evaluated, evaluated, refuse_closed_window, window_of
from cases.models import PetitionCase
from cases.web.evaluation.evaluation_form import EvaluationForm
from cases.web.finding import open_case


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def evaluate(request: StaffRequest, number: str) -> HttpResponse:
    """Write down by POST what was said of the office and of the unit, with the `version` that was read; show the form
    alone by GET."""
    case = open_case(request, number, "registered_unit", "responsible")
    refuse_evaluator(request.post, case)
    window = window_of(case.deadlines.all())
    if request.method != "POST":
        refuse_closed_window(case, window, on=timezone.localdate())
    objects = evaluated(case, window, list(case.evaluations.select_related("unit")))
    form = _form(request, objects)
    if form.is_valid():
        with refusals_at(form):
            seen = PetitionCase(pk=case.pk, version=version_of(request.POST))
            keep(seen, by=request.post, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "已登记信访人的评价。")
            return redirect(f"{case.get_absolute_url()}#evaluations")
    context = {"case": case, "form": form, "window": window, "objects": objects}
    return sheet_or_page(request, "cases/evaluation/evaluate", context, status=422 if form.is_bound else 200)


def _form(request: StaffRequest, objects: Sequence[Evaluated]) -> EvaluationForm:
    """Build the form about those not evaluated yet; what was sent about another meanwhile stays with its refusal."""
    sent = {each.object for each in objects if request.POST.get(f"{each.object.value}_verdict")}
    open_for = {each.object for each in objects if not each.given} | sent
    return EvaluationForm(request.POST if request.method == "POST" else None, open_for=open_for)
