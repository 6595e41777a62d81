"""Finding of a matter among those that the post sees, for pages and for the API."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.permissions import SAFE_METHODS

from binzhou_xinfang.accounts.middleware import PostRequest
from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.sought import note_sought
from binzhou_xinfang.web.staff_api import StaffView
from cases.looks import log_lines, log_look
from cases.models import PetitionCase
from cases.queries import visible_to
from cases.worklists.search import is_number, number_in

Row = TypeVar("Row", bound=Model)
BY_NAME = "按姓名等文字"


def find_case(post: Post, number: str, *related: str) -> PetitionCase:
    """Find the matter with this number, if it exists for the post; `related`: rows to read with it. Raises Http404."""
    if "\x00" in number:  # PostgreSQL takes no such text
        raise Http404
    return get_object_or_404(visible_to(post).select_related(*related) if related else visible_to(post), number=number)


def open_case(request: StaffRequest, number: str, *related: str) -> PetitionCase:
    """Find as `find_case`, for a page that shows the matter or a part of it; every look at a sealed one is logged."""
    case = find_case(request.post, number, *related)
    if request.method in _LOOKS:
        log_look(request.post, case, ip=request.META.get("REMOTE_ADDR"))
    return case


_LOOKS = ("GET", "HEAD")


def shown(request: StaffRequest | PostRequest, rows: Sequence[Row]) -> Sequence[Row]:
    """Pass the rows of a list on to the page that shows them; the sealed matters among them are written down."""
    if request.post is not None:
        log_lines(request.post, rows, ip=request.META.get("REMOTE_ADDR"))
    return rows


def note_empty(rows: Sequence[Model], text: str) -> None:
    """Write down a search that found nothing: the number as it was typed; of a name, which is nobody's to keep, that
    one was looked for."""
    if text and not rows:
        note_sought(number_in(text) if is_number(text) else BY_NAME)


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
        if self.request.method in SAFE_METHODS:
            log_look(self.by, case, ip=self.ip)
