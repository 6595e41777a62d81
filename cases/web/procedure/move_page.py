"""Page of a move: its form with the preview, and the making of it."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import Stale
from binzhou_xinfang.statute.reckoning import ReckoningError
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import sheet_or_page, version_of
from cases.casefile.dossier import last_event, opinion_for
from cases.casefile.event_text import results, tell, unseen
from cases.engine import offers, refuse_actor
from cases.models import PetitionCase
from cases.procedure import perform
from cases.procedure.preview import consequences, receiving
from cases.queries import visible_to
from cases.states import MAY, PLACES, TRANSITIONS, Move, State, target_of
from cases.web.finding import open_case
from cases.web.procedure.forms import MOVE_FORMS, MoveForm
from cases.web.procedure.forms.base import RECEIVER
from cases.web.procedure.opinion_page import show_drafting

# Stands in the address of a move that is opened from the home page, and in its form.
FROM_HOME = "from=home"
RELATED = ("lead", "holder", "sender", "assigner", "responsible", "registered_unit", "topic")
# Two requests of one form come within this time: of a double click, or of a form sent again without an answer.
_DOUBLE_CLICK = timedelta(minutes=10)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def move(request: StaffRequest, number: str, slug: str) -> HttpResponse:
    """Show by GET the form of a move with its preview (for the days typed so far); make the move by POST."""
    case, act = open_case(request, number, *RELATED), _find_move(slug)
    if request.method == "POST":
        return _make(request, case, act)
    refuse_actor(request.post, act, case)
    target_of(act, State(case.state), None)
    return _show(request, case, act, _begun(request, case, act), version=case.version)


def _begun(request: StaffRequest, case: PetitionCase, act: Move) -> MoveForm:
    """Make the form as it begins, with what the card has chosen from which it was opened."""
    kind = MOVE_FORMS[act]
    chosen = {name: request.GET[name] for name in kind.from_card if name in request.GET}
    return kind(case=case, post=request.post, initial=chosen)


def _find_move(slug: str) -> Move:
    move = next((move for move in MOVE_FORMS if move.value == slug), None)
    if move is None:
        raise Http404
    return move


def _make(request: StaffRequest, case: PetitionCase, act: Move) -> HttpResponse:
    form, version = MOVE_FORMS[act](request.POST, request.FILES, case=case, post=request.post), version_of(request.POST)
    # Whose desk the matter has just left is told that it has changed, not that the post lacks the right.
    if version == case.version or request.post.role not in MAY[act].roles:
        refuse_actor(request.post, act, case)
    if form.is_valid():
        with refusals_at(form):
            try:
                return _perform(request, case, act, form.cleaned_data, version=version)
            except Stale:
                # What has changed stands above the form; who sends it again has seen it.
                version = case.version
                raise
    return _show(request, case, act, form, version=version, status=422)


def _perform(
    request: StaffRequest, case: PetitionCase, act: Move, data: dict[str, Any], *, version: int
) -> HttpResponse:
    at, seen = timezone.now(), PetitionCase(pk=case.pk, version=version)
    try:
        done = perform(act, seen, by=request.post, at=at, **data)
    except Stale:
        if not _was_just_made(act, seen, by=request.post, at=at):
            raise
        messages.info(request, f"“{act.label}”刚才已经办好，没有重复办理。")
    else:
        event = last_event(done)
        said = results(event, on=timezone.localdate(at)) if event else ""
        messages.success(request, f"已办理“{act.label}”。{said and said + '。'}")
    return redirect(resolve_url("cases:home") if _is_from_home(request.POST) else _next_place(request.post, case))


def _was_just_made(act: Move, seen: PetitionCase, *, by: Post, at: datetime) -> bool:
    """Recognise the second request of a double click: this very form was sent a moment ago."""
    now = PetitionCase.objects.get(pk=seen.pk)
    event = last_event(now)
    is_mine = event is not None and event.kind == act and event.actor_id == by.user_id
    return is_mine and now.version == seen.version + 1 and at - now.last_move_at < _DOUBLE_CLICK


def _is_from_home(data: QueryDict) -> bool:
    """Recognise the form that was opened from a card of the home page, which is where its maker goes on."""
    return data.get("from") == "home"


def _next_place(post: Post, case: PetitionCase) -> str:
    """Find the next page: the matter, or the desk when the matter has gone where this post does not see it."""
    is_visible = visible_to(post).filter(pk=case.pk).exists()
    return case.get_absolute_url() if is_visible else resolve_url("cases:home")


def _show(
    request: StaffRequest, case: PetitionCase, act: Move, form: MoveForm, *, version: int, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    offered, event = offers(request.post, case, on=today), last_event(case)
    is_possible = act in offered.moves
    opinion = opinion_for(case, request.post) if PLACES[act].shows_opinion else None
    context = {
        "case": case,
        "move": act,
        "article": TRANSITIONS[act].article,
        "form": form,
        "version": version,
        "is_from_home": _is_from_home(request.POST or request.GET),
        "is_possible": is_possible,
        "gaps": [gap for gap in offered.gaps if gap.startswith(f"不能{act.label}：")],
        "last": tell(event, on=today, hidden=unseen(request.post, [event])) if event else None,
        "opinion": opinion,
        "answers": opinion.answers.select_related("request") if opinion else [],
        "consequences": _foretold(request, case, act, form) if is_possible else [],
    }
    if act is Move.DRAFT:
        return show_drafting(request, case, context, status=status)
    return sheet_or_page(request, "cases/procedure/move", context, status=status)


def _foretold(request: StaffRequest, case: PetitionCase, act: Move, form: MoveForm) -> list[str]:
    data = request.POST or request.GET
    on, said = form.counted(lambda name: _typed(form, name, data))
    days, receiver = _typed(form, "days", data), _typed(form, RECEIVER, data)
    said = [*(receiving(receiver, on=timezone.localdate()) if receiver else []), *said]
    try:
        return [*said, *consequences(case, act, by=request.post, on=on, days=days)]
    except ReckoningError as fault:
        return [str(fault)]


def _typed(form: Form, name: str, data: QueryDict) -> Any:
    """Read a field at this moment, or None when the form has no such field or nothing valid in it."""
    field = form.fields.get(name)
    if field is None:
        return None
    try:
        return field.clean(data.get(name, form.get_initial_for_field(field, name)))
    except ValidationError:
        return None
