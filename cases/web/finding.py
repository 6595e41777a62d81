"""Common steps of a matter's pages: find it among those the post sees, and answer as a sheet or as a page."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.web.middleware import is_htmx
from cases.models import PetitionCase
from cases.queries import visible_to


def find_case(post: Post, number: str, *related: str) -> PetitionCase:
    """Find the matter with this number, if it exists for the post; `related`: rows to read with it. Raises Http404."""
    if "\x00" in number:  # PostgreSQL takes no such text
        raise Http404
    return get_object_or_404(visible_to(post).select_related(*related) if related else visible_to(post), number=number)


def open_case(request: StaffRequest, number: str, *related: str) -> PetitionCase:
    """Find as `find_case`, for a page that shows the matter or a part of it; every look at a sealed one is logged."""
    case = find_case(request.post, number, *related)
    if case.is_sealed and request.method in _LOOKS:
        access.log(request.post, AccessAct.OPEN_SEALED, case.number, ip=request.META.get("REMOTE_ADDR"))
    return case


_LOOKS = ("GET", "HEAD")


def sheet_or_page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render `cases/<name>_sheet.html` for the side sheet, `cases/<name>.html` around it for a browser without
    scripts."""
    template = f"cases/{name}_sheet.html" if is_htmx(request) else f"cases/{name}.html"
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def version_of(data: QueryDict) -> int:
    """Read the version of the matter that a form was made from; 0, which there is not, when none was sent."""
    text = data.get("version", "")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0
