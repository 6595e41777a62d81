"""登记文书送达: the sheet of one letter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import sheet_or_page
from cases.models import CaseLetter
from cases.serving.verbs import record_delivery, refuse_recorder
from cases.web.finding import open_case
from cases.web.serving.serving_form import ServeForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def serve(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Show by GET what the delivery of the letter is recorded with; write it down by POST."""
    case = open_case(request, number, "lead")
    link = get_object_or_404(CaseLetter.objects.select_related("letter__unit"), case=case, pk=pk)
    refuse_recorder(request.post, link, case)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ServeForm(*sent, case=case, post=request.post)
    if form.is_valid():
        with refusals_at(form):
            record_delivery(link, by=request.post, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"已登记{link.label}的送达。")
            return redirect(f"{case.get_absolute_url()}#serving")
    context = {"case": case, "link": link, "form": form}
    return sheet_or_page(request, "cases/serving/serve", context, status=422 if form.is_bound else 200)
