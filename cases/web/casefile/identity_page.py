"""Page with the people of a matter in full, for a reason that is written down."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.sheets import sheet_or_page
from cases.casefile.disclosure import reveal_people, words_in_full
from cases.entries.declaration import units_in
from cases.entries.words import Line
from cases.models import Petitioner
from cases.web.casefile.papers_forms import IdentityForm
from cases.web.finding import open_case

_LEAD = tuple(f"lead__{unit}" for unit in units_in(Petitioner))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def identity(request: StaffRequest, number: str) -> HttpResponse:
    """Show everybody of the matter with numbers and address, and every text as it was written, this once, by POST of a
    `reason`, which is logged."""
    case = open_case(request, number, "lead", *_LEAD)
    if not has_right(request.post, Right.SEE_IDENTITY):
        raise NotPermitted("您当前的岗位不能查看完整身份信息。")
    form = IdentityForm(request.POST) if request.method == "POST" else IdentityForm()
    people: list[list[Line]] = []
    words: list[tuple[str, str]] = []
    status = 200 if not form.is_bound else 422
    if form.is_valid():
        ip = request.META.get("REMOTE_ADDR")
        people, status = reveal_people(case, by=request.post, reason=form.cleaned_data["reason"], ip=ip), 200
        words = words_in_full(case, by=request.post)
    context = {"case": case, "form": form, "people": people, "words": words}
    return sheet_or_page(request, "cases/casefile/case_identity", context, status=status)
