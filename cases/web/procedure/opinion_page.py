"""拟稿意见书 as a full page: the file on the left; on the right the words, what hinders them, and the letter."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.typed import cleaned
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.middleware import is_htmx
from cases.casefile.dossier import RELATED, read_dossier
from cases.engine import refuse_actor
from cases.models import PetitionCase
from cases.procedure.drafting import faults_so_far, sketch_opinion
from cases.procedure.opinion import Wording
from cases.states import Move
from cases.web.finding import find_case


def show_drafting(
    request: StaffRequest, case: PetitionCase, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Show the page around the form of the move; a link that would open a side sheet is led on to it."""
    if is_htmx(request) and request.method == "GET":
        return HttpResponse(status=204, headers={"HX-Redirect": request.path})
    matter = find_case(request.post, case.number, *RELATED)
    file = read_dossier(matter, request.post, on=timezone.localdate(), query=request.GET)
    told = {"file": file, "case": matter, "here": matter.get_absolute_url()}
    return render(request, "cases/procedure/opinion.html", context | told, status=status)


@require_POST
@staff
def check(request: StaffRequest, number: str) -> HttpResponse:
    """Tell, while it is written, what hinders the signature, and how the letter would be printed (htmx)."""
    case, today = find_case(request.post, number, *RELATED), timezone.localdate()
    refuse_actor(request.post, Move.DRAFT, case)
    wording = _wording(case, request.POST)
    context: dict[str, Any] = {"faults": faults_so_far(case, wording, on=today)}
    try:
        context["letter"] = sketch_opinion(case, wording, by=request.post, on=today)
    except Refusal as trouble:
        context["trouble"] = str(trouble)
    return render(request, "cases/procedure/_opinion_check.html", context)


def _wording(case: PetitionCase, typed: QueryDict) -> Wording:
    """Read the words as far as they are written."""

    def said(name: str) -> str:
        return cleaned(typed.get(name, "")).strip()

    answers = {
        request.pk: (said(f"answers-{request.order}-result"), said(f"answers-{request.order}-text"))
        for request in case.requests.all()
    }
    body = Unit.objects.filter(code=said("review_body")).first()
    return Wording(said("facts"), said("basis"), answers, body)
