"""Several matters at once: one form for all that were ticked, each its own act with its own answer."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.paging import PAGE_SIZE
from binzhou_xinfang.web.sheets import version_of
from binzhou_xinfang.web.sought import note_all_sought
from binzhou_xinfang.web.together import Result, Several, answer, ask, way_back
from cases.models import PetitionCase
from cases.permissions import moves_now
from cases.procedure import perform
from cases.queries import visible_to
from cases.states import PLACES, TRANSITIONS, Move, State
from cases.web.finding import shown
from cases.web.procedure.forms import MOVE_FORMS, MoveForm

_RELATED = ("lead", "holder", "sender", "assigner", "responsible", "registered_unit", "topic")


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
    checked = [_checked(request.post, case, move) for case in cases]
    form = _form(request, [result.row for result in checked if not result.refusal], move)
    if request.method == "POST" and (form is None or form.is_valid()):
        return answer(request, _several(request, move), [_make(request, case, move) for case in cases])
    return ask(request, _several(request, move), form, checked)


def _several(request: StaffRequest, move: Move) -> Several:
    given = request.POST if request.method == "POST" else request.GET
    return Several(
        label=str(move.label), things="清单", back=way_back(request, given.get("back", ""), otherwise="/"),
        line="cases/worklists/_together_line.html", note=f"依据：《信访工作条例》{TRANSITIONS[move].article}",
    )  # fmt: skip


def _ticked(post: Post, numbers: Sequence[str]) -> list[PetitionCase]:
    asked = [number for number in numbers if "\x00" not in number][:PAGE_SIZE]
    found = list(visible_to(post).filter(number__in=asked).select_related(*_RELATED).order_by("due_on", "pk"))
    note_all_sought(set(asked) - {case.number for case in found})
    return found


def _checked(post: Post, case: PetitionCase, move: Move) -> Result:
    if move not in moves_now(post, case):
        return Result(case, f"现在“{State(case.state).label}”")
    return Result(case, sends=(("n", case.number), (f"version-{case.pk}", str(case.version))))


def _form(request: StaffRequest, able: Sequence[PetitionCase], move: Move) -> MoveForm | None:
    """Build the form that asks for all, as that of the first."""
    if not able:
        return None
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form: MoveForm = MOVE_FORMS[move](data, files, case=able[0], post=request.post)
    form.ask_lateness(able)
    return form


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
