"""三项建议 of a year as files for the annual report (条例第四十一条)."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.letters import rendering
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.file_types import DOCX
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.workbooks import MEDIA_TYPE
from supervision.figures.annual import sketch_of_year
from supervision.figures.annual_workbook import workbook
from supervision.permissions import may_report


@require_safe
@never_cache
@staff
def proposals_workbook(request: StaffRequest, year: int) -> HttpResponse:
    """Send the figures of the year and every proposal, as .xlsx; logged as an export."""
    name = _begin(request, year, "三项建议台账")
    return _file(workbook(request.post, year, timezone.localdate()), f"{name}.xlsx", MEDIA_TYPE)


@require_safe
@never_cache
@staff
def annual_report(request: StaffRequest, year: int) -> HttpResponse:
    """Send a draft of the annual report as .docx, for the office to complete; logged as an export."""
    name = _begin(request, year, "信访情况年度报告（代拟稿）")
    report = rendering.render(sketch_of_year(request.post, year, timezone.localdate()))
    return _file(report, f"{name}.docx", DOCX.content_type)


def _begin(request: StaffRequest, year: int, what: str) -> str:
    """Refuse who does not write the report; log the export; the name of the file."""
    if not may_report(request.post):
        raise NotPermitted("您当前的岗位不编写年度报告。")
    if not 2000 <= year <= timezone.localdate().year:
        raise Refusal("没有这一年的信访数据。")
    name = f"{year}年{what}"
    access.log(request.post, AccessAct.EXPORT, name, ip=request.META.get("REMOTE_ADDR"))
    return name


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": disposition})
