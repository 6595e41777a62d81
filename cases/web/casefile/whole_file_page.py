"""Whole packages of a matter: all its letters, or the file with index, papers and course of events."""

from typing import IO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import sheet_or_page
from cases.casefile.whole_file import take_out_file, take_out_letters
from cases.models import PetitionCase
from cases.web.casefile.papers_forms import WholeFileForm
from cases.web.finding import open_case

ZIP = "application/zip"


@require_safe
@never_cache
@staff
def letters_zip(request: StaffRequest, number: str) -> HttpResponseBase:
    """Send all letters of the matter as one ZIP; logged as an export."""
    case = open_case(request, number)
    return zipped(take_out_letters(case, by=request.post, ip=request.META.get("REMOTE_ADDR")), f"{case.number}文书")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def file(request: StaffRequest, number: str) -> HttpResponseBase:
    """Send the whole file as one ZIP by POST of `in_full`, `reason`; show the form that asks for both by GET."""
    case = open_case(request, number, "lead")
    if not has_right(request.post, Right.EXPORT):
        raise NotPermitted("您当前的岗位不能导出案卷。")
    form = WholeFileForm(request.POST) if request.method == "POST" else WholeFileForm()
    if form.is_valid():
        with refusals_at(form):
            return zipped(_taken_out(request, case, form), f"{case.number}案卷")
    return _ask(request, case, form)


def _taken_out(request: StaffRequest, case: PetitionCase, form: WholeFileForm) -> IO[bytes]:
    ip = request.META.get("REMOTE_ADDR")
    return take_out_file(case, by=request.post, ip=ip, on=timezone.localdate(), **form.cleaned_data)


def _ask(request: StaffRequest, case: PetitionCase, form: WholeFileForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return sheet_or_page(request, "cases/casefile/case_file", {"case": case, "form": form}, status=status)


def zipped(content: IO[bytes], name: str) -> FileResponse:
    """Send a package as a download that the browser never opens."""
    response = FileResponse(content, as_attachment=True, filename=f"{name}.zip", content_type=ZIP)
    response["X-Content-Type-Options"] = "nosniff"
    return response
