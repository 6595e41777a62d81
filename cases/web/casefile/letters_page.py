"""Official letters of a matter: on paper after GB/T 9704, and as .docx."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.letters import storage
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.file_types import DOCX
from binzhou_xinfang.web.doors import staff
from cases.casefile.disclosure import open_letter
from cases.models import CaseLetter, PetitionCase
from cases.web.finding import open_case


@require_safe
@never_cache
@staff
def letter(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Show the letter as it goes onto paper, with the SHA-256 of its file; the look is logged as a print.
    One that is not as it was issued says so, without signature, day and proof."""
    case = open_case(request, number)
    issued = _taken_out(request, case, pk, AccessAct.PRINT)
    # What nobody has signed is shown, for whoever looks into it, and is no letter.
    file = storage.file_of(issued) if issued.is_as_issued else None
    context = {"case": case, "letter": issued, "pk": pk, "file": file}
    return render(request, "cases/casefile/letter.html", context)


@require_safe
@never_cache
@staff
def docx(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Send the letter as a file for the office's own word processor; logged as an export."""
    issued = _taken_out(request, open_case(request, number), pk, AccessAct.EXPORT)
    name = content_disposition_header(as_attachment=True, filename=f"{issued.reference}.docx")
    return HttpResponse(storage.read(issued), content_type=DOCX.content_type, headers={"Content-Disposition": name})


def _taken_out(request: StaffRequest, case: PetitionCase, pk: int, act: AccessAct) -> Letter:
    link = get_object_or_404(CaseLetter.objects.select_related("letter"), case=case, pk=pk)
    link.case = case
    return open_letter(link, by=request.post, act=act, ip=request.META.get("REMOTE_ADDR"))
