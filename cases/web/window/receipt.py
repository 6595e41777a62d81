"""The receipt itself: 80 mm or A4, with the query code and the day of the answer."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.statute.periods import Rule
from cases.entries.words import lines_of
from cases.models import Correction, Petition
from cases.papers.kinds import arrival_offers
from cases.permissions import moves_now
from cases.queries import visible_to

PAPERS = {"80": "80 mm 小票", "a4": "A4 纸"}
_PAPER_KEY = "cases.paper"


def receipt_answer(request: StaffRequest, petition: Petition, *, is_fresh: bool) -> HttpResponse:
    """Show the receipt of an arrival; `is_fresh`: it is printed at once."""
    if request.GET.get("paper") in PAPERS:
        request.session[_PAPER_KEY] = request.GET["paper"]
    case = visible_to(request.post).filter(pk=petition.case_id).first()
    clock = petition.case.deadlines.filter(rule=Rule.TRIAGE).order_by("pk").first()
    access.log(request.post, AccessAct.PRINT, f"接收回执 {petition.number}", ip=request.META.get("REMOTE_ADDR"))
    context = {
        "petition": petition,
        "lines": lines_of(petition, only=lambda entry: entry.on_receipt),
        "case": case,
        "requests": petition.case.requests.all(),
        "corrected": _corrections(petition).order_by("-pk").first(),
        "answer_by": clock.legal_on if clock and not petition.is_repeat else None,
        "numbered": arrival_offers(request.post, case, petition) if case else [],
        "moves": moves_now(request.post, case)[:1] if case else [],
        "paper": request.session.get(_PAPER_KEY, "80"),
        "papers": PAPERS.items(),
        "is_fresh": is_fresh,
        "printed_at": timezone.now(),
    }
    return render(request, "cases/window/receipt.html", context)


def _corrections(petition: Petition) -> QuerySet[Correction]:
    """Select what was put right of this very arrival; of the one that opened the matter, of the matter too."""
    return petition.corrections.all() if petition.is_repeat else petition.case.corrections.filter(petition=None)
