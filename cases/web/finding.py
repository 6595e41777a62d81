"""Finding of a matter among those that the post sees, for pages and for the API."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.permissions import SAFE_METHODS

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.web.staff_api import StaffView
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


class CaseView(StaffView):
    """The base of the API's addresses of a matter."""

    def find(self, number: str, *related: str) -> PetitionCase:
        """Find the matter with this number, if the post sees it. Raises Http404; reading a sealed one is logged."""
        visible = visible_to(self.by)
        case = get_object_or_404(visible.select_related(*related) if related else visible, number=number)
        self.log_sealed(case)
        return case

    def log_sealed(self, case: PetitionCase) -> None:
        """Write down who reads a sealed matter."""
        if case.is_sealed and self.request.method in SAFE_METHODS:
            access.log(self.by, AccessAct.OPEN_SEALED, case.number, ip=self.ip)
