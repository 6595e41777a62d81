"""接手办理: the form in which a colleague says why, and the act."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import sheet_or_page
from cases.casefile.take_over import refuse_taker
from cases.casefile.take_over import take_over as take_case_over
from cases.web.casefile.papers_forms import TakeOverForm
from cases.web.finding import open_case


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def take_over(request: StaffRequest, number: str) -> HttpResponse:
    """Take over by POST of `reason` and `taken_from` (the handler whom the form showed); show the form alone by GET."""
    case = open_case(request, number, "assignee")
    if request.method == "POST" and case.assignee_id == request.post.user_id:
        messages.info(request, "您已经是该事项的承办人，没有重复办理。")
        return redirect(case)
    refuse_taker(request.post, case)
    form = TakeOverForm(request.POST) if request.method == "POST" else TakeOverForm()
    if form.is_valid():
        with refusals_at(form):
            take_case_over(case, by=request.post, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "已接手办理，您现在是该事项的承办人。")
            return redirect(case)
    return sheet_or_page(
        request, "cases/casefile/take_over", {"case": case, "form": form}, status=422 if form.is_bound else 200
    )
