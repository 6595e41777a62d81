"""Attachments of a matter: in by upload, out by a logged download."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.records import access, files
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.sheets import sheet_or_page
from cases.attaching import Taken, attach_each
from cases.merged import attachments_of
from cases.permissions import may_attach
from cases.web.casefile.papers_forms import AttachFilesForm
from cases.web.finding import open_case


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def attach(request: StaffRequest, number: str) -> HttpResponse:
    """Add files to the matter by POST (multipart, field `file`, several at a time); show the form alone by GET."""
    case = open_case(request, number)
    if not may_attach(request.post, case):
        raise NotPermitted("您当前的岗位不能给该事项上传附件；已作废的登记也不上传。")
    form = AttachFilesForm(request.POST, request.FILES) if request.method == "POST" else AttachFilesForm()
    context: dict[str, Any] = {"case": case, "form": form}
    if form.is_valid():
        taken = attach_each(case, uploads=form.cleaned_data["file"], by=request.post, at=timezone.now())
        if not taken.refused:
            messages.success(request, f"已上传附件{_names(taken)}。")
            return redirect(f"{case.get_absolute_url()}#attachments")
        form.add_error("file", list(taken.refused))
        context["kept"] = _names(taken)
    return sheet_or_page(request, "cases/casefile/case_attach", context, status=422 if form.is_bound else 200)


def _names(taken: Taken) -> str:
    return "".join(f"“{file.name}”" for file in taken.kept)


@require_safe
@never_cache
@staff
def attachment(request: StaffRequest, number: str, pk: int) -> HttpResponseBase:
    """Send the file, always as a download and never shown by the browser; logged. Refused when the disk has lost it."""
    case = open_case(request, number)
    attached = get_object_or_404(attachments_of(case, reader=request.post), pk=pk)
    try:
        content = files.open_file(attached.file)
    except FileNotFoundError as fault:
        raise Refusal("文件库中找不到这个文件，请联系系统管理员。") from fault
    access.log(request.post, AccessAct.DOWNLOAD, f"{case.number} 附件{attached.pk}", ip=request.META.get("REMOTE_ADDR"))
    response = FileResponse(
        content, as_attachment=True, filename=attached.name, content_type=attached.file.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
