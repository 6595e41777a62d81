"""The receipt that the petitioner takes home, found again by its number."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from cases.queries import taken_in
from cases.web.window.receipt import receipt_answer
from cases.web.window.register_page import require_right


@require_safe
@never_cache
@staff
def receipt(request: StaffRequest, number: str) -> HttpResponse:
    """Show the receipt of an arrival at the post's unit; `?print` prints it at once, `?paper` changes the paper."""
    require_right(request.post)
    petition = get_object_or_404(taken_in(request.post), number=number.replace("\x00", ""))
    return receipt_answer(request, petition, is_fresh="print" in request.GET)
