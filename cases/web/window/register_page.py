"""Registration at the window: a new matter, or an arrival that joins an open one, taken down once."""

from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.reckoning import reckon
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.refusals import refusals_at
from cases.by_number import with_number
from cases.merged import master_of
from cases.models import Petition, PetitionCase
from cases.queries import taken_in, visible_to
from cases.web.window.entry_fields import rows_of
from cases.web.window.parties import PartiesInput
from cases.web.window.receipt import receipt_answer
from cases.web.window.registration_form import RegistrationForm, RepeatForm
from cases.window.carrying import carry_over
from cases.window.earlier_matters import case_to_join
from cases.window.identity import read_id_number
from cases.window.one_registration import AlreadyRegistered, new_token, register_once
from cases.window.registration import Arrival, register_repeat
from cases.window.registration import register as register_arrival

AnyForm = RegistrationForm | RepeatForm


@never_cache
@sensitive_post_parameters()
@staff
def register(request: StaffRequest, repeat: bool = False) -> HttpResponse:
    """Take an arrival down: a new matter, or (`repeat`, or the field `case`) one that joins an open matter.

    The button `join` changes between the two, `follow` links a closed matter, `carry` takes over who the person was
    the last time; all keep what was typed. A form sent twice registers once.
    """
    require_right(request.post)
    form, token = _form(request, repeat=repeat), request.POST.get("once") or new_token()
    if form.is_bound and form.is_valid():
        with refusals_at(form):
            try:
                return _registered(request, _save(form, token, by=request.post))
            except AlreadyRegistered:
                token = new_token()
                raise
    return _show(request, form, token)


def _registered(request: StaffRequest, petition: Petition) -> HttpResponse:
    """Lead on to the receipt. What has left the office by being registered has none to come back to: it is shown now,
    once."""
    if taken_in(request.post).filter(pk=petition.pk).exists():
        return redirect(f"{reverse('cases:receipt', args=[petition.number])}?print=1")
    return receipt_answer(request, petition, is_fresh=True)


def require_right(post: Post) -> None:
    """Refuse a post that registers nothing. Raises NotPermitted."""
    if not has_right(post, Right.REGISTER):
        raise NotPermitted("您当前的岗位不能登记信访件。如需登记，请在右上角切换到窗口接待或办信登记岗位。")


# The buttons that change the form and keep what was typed: nothing is registered by them.
_CHANGES = frozenset({"join", "follow", "carry"})


def _form(request: StaffRequest, *, repeat: bool) -> AnyForm:
    typed, asked = request.POST, request.GET.get("case", "")
    if "join" in typed:
        asked, repeat = typed["join"], bool(typed["join"])
    repeat = repeat or ("case" in typed and "join" not in typed)
    kind: type[AnyForm] = RepeatForm if repeat else RegistrationForm
    if request.method == "POST" and not _CHANGES & set(typed):
        return kind(typed, request.FILES, post=request.post)
    so_far = {**_carried_over(request), **typed_so_far(typed)}
    beside = {"follows": typed["follow"]} if "follow" in typed else {"case": asked} if asked else {}
    form = (RegistrationForm if "follow" in typed else kind)(initial=so_far | beside, post=request.post)
    # What was typed is no look, and what is carried over has its own line.
    form.is_logged = True
    return form


def typed_so_far(typed: QueryDict) -> dict[str, Any]:
    """Gather what was typed as first values of a form; what is empty proposes nothing."""
    rows = PartiesInput().value_from_datadict(typed, {}, "companions")
    return {name: value for name, value in typed.items() if value} | ({"companions": rows} if rows else {})


def _carried_over(request: StaffRequest) -> dict[str, Any]:
    """Take over the person's latest registration when the button asks for it and the ID can be read."""
    typed = request.POST
    if "carry" not in typed:
        return {}
    try:
        number, _ = read_id_number(typed.get("id_kind", ""), typed.get("id_number", ""), on=timezone.localdate())
    except Refusal:
        return {}
    return carry_over(number, by=request.post, ip=request.META.get("REMOTE_ADDR"))


def _save(form: AnyForm, token: str, *, by: Post) -> Petition:
    at = timezone.now()

    def save(arrival: Arrival) -> Petition:
        if isinstance(form, RepeatForm):
            data = form.cleaned_data
            case = case_to_join(by, data["case"], id_number=data["id_number"], phone=data["phone"])
            return register_repeat(arrival, case, by=by, at=at)
        return register_arrival(arrival, form.matter(), by=by, at=at)

    return register_once(form.arrival(form.cleaned_data.get("requests")), token, save, by=by)


def _show(request: StaffRequest, form: AnyForm, token: str) -> HttpResponse:
    today, is_repeat = timezone.localdate(), isinstance(form, RepeatForm)
    asked = str(form["case"].value() or "").replace("\x00", "") if is_repeat else ""
    rows = rows_of(form)
    is_refused = any(one.bound.errors for one in rows["FOLDED"].all)
    context = {
        "form": form,
        "token": token,
        "is_repeat": is_repeat,
        "joined": _joined(request.post, asked),
        # What only the other form asks goes along unseen, and is there again after a change back.
        "carried": [(name, value) for name, value in request.POST.items() if _is_carried(name, form)],
        "rows": rows,
        "folded_is_open": "follow" in request.POST or is_refused,
        "notice_due": _triage_due(today),
        "typed_before": request.method == "POST",
        "lost_files": [file.name for file in request.FILES.getlist("attachments")],
    }
    return render(request, "cases/window/register.html", context, status=422 if form.errors else 200)


def _joined(post: Post, number: str) -> PetitionCase | None:
    """Find the matter that the arrival would join, as far as the post sees it."""
    case = with_number(post, number) if number else None
    return visible_to(post).filter(pk=master_of(case).pk).first() if case else None


def _triage_due(today: date) -> date:
    period = current_rulebook().period(Rule.TRIAGE, today)
    return reckon(Rule.TRIAGE, today, calendar=current_calendar(), period=period).legal


def _is_carried(name: str, form: AnyForm) -> bool:
    return name not in form.fields and name in RegistrationForm.base_fields
