"""Several matters at once: one form for all that were ticked, each its own act with its own answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.paging import PAGE_SIZE
from binzhou_xinfang.web.sheets import version_of
from cases.models import PetitionCase
from cases.permissions import moves_now
from cases.procedure import perform
from cases.queries import visible_to
from cases.states import PLACES, TRANSITIONS, Move, State
from cases.web.finding import shown
from cases.web.procedure.forms import MOVE_FORMS, MoveForm

_RELATED = ("lead", "holder", "sender", "assigner", "responsible", "registered_unit", "topic")


@dataclass(frozen=True, slots=True)
class Result:
    """Outcome for one matter: "" when the act was done, else why not, in words."""

    case: PetitionCase
    refusal: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def together(request: StaffRequest, slug: str) -> HttpResponse:
    """Ask once, by GET, for the ticked matters `n` that the move is open for; make it for each of them by POST."""
    move = next((each for each, place in PLACES.items() if place.together and each.value == slug), None)
    if move is None:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    cases = shown(request, _ticked(request.post, given.getlist("n")))
    able = [case for case in cases if move in moves_now(request.post, case)]
    context = {
        "move": move,
        "article": TRANSITIONS[move].article,
        "able": able,
        "unable": [(case, State(case.state).label) for case in cases if case not in able],
        "back": _back(request, given.get("back", "")),
    }
    if request.method == "POST":
        results = [_make(request, case, move) for case in cases]
        failed = sum(1 for result in results if result.refusal)
        told = {"results": results, "failed": failed, "done": len(results) - failed}
        return render(request, "cases/worklists/together_done.html", context | told)
    form = MOVE_FORMS[move](case=able[0], post=request.post) if able else None
    return render(request, "cases/worklists/together.html", context | {"form": form})


def _ticked(post: Post, numbers: Sequence[str]) -> list[PetitionCase]:
    asked = [number for number in numbers if "\x00" not in number][:PAGE_SIZE]
    return list(visible_to(post).filter(number__in=asked).select_related(*_RELATED).order_by("due_on", "pk"))


def _make(request: StaffRequest, case: PetitionCase, move: Move) -> Result:
    """Make the move of one matter in its own transaction."""
    form: MoveForm = MOVE_FORMS[move](request.POST, request.FILES, case=case, post=request.post)
    if not form.is_valid():
        return Result(case, " ".join(str(error) for errors in form.errors.values() for error in errors))
    seen = PetitionCase(pk=case.pk, version=version_of(request.POST, of=f"version-{case.pk}"))
    try:
        perform(move, seen, by=request.post, at=timezone.now(), **form.cleaned_data)
    except Refusal as refusal:
        return Result(case, str(refusal))
    return Result(case)


def _back(request: StaffRequest, address: str) -> str:
    """Lead back to the list that was come from, never to another house."""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else "/"
