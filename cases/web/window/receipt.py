"""The receipt itself: 80 mm or A4, the petitioner's own paper; of 检举控告 it says number, day and code alone."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from cases.entries.words import lines_of
from cases.models import Correction, Petition
from cases.papers.kinds import arrival_offers
from cases.queries import visible_to
from cases.window.next_step import next_step

PAPERS = {"80": "80 mm 小票", "a4": "A4 纸"}
_PAPER_KEY = "cases.paper"


def receipt_answer(request: StaffRequest, petition: Petition, *, is_fresh: bool) -> HttpResponse:
    """Show the receipt of an arrival; `is_fresh`: it is printed at once."""
    if request.GET.get("paper") in PAPERS:
        request.session[_PAPER_KEY] = request.GET["paper"]
    case = visible_to(request.post).filter(pk=petition.case_id).first()
    access.log(request.post, AccessAct.PRINT, f"接收回执 {petition.number}", ip=request.META.get("REMOTE_ADDR"))
    context = {
        "petition": petition,
        "lines": lines_of(petition, only=lambda entry: entry.on_receipt),
        "case": case,
        "requests": petition.case.requests.all(),
        "corrected": _corrections(petition).order_by("-pk").first(),
        "step": next_step(petition, by=request.post, case=case, on=timezone.localdate()),
        "numbered": arrival_offers(request.post, case, petition) if case else [],
        "paper": request.session.get(_PAPER_KEY, "80"),
        "papers": PAPERS.items(),
        "is_fresh": is_fresh,
        "printed_at": timezone.now(),
    }
    return render(request, "cases/window/receipt.html", context)


def _corrections(petition: Petition) -> QuerySet[Correction]:
    """Select what was put right of this very arrival; of the one that opened the matter, of the matter too."""
    return petition.corrections.all() if petition.is_repeat else petition.case.corrections.filter(petition=None)
