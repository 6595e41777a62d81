"""The window: who comes with what, whether they were here before, and the arrival taken down once."""

from datetime import date

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.crypto import digest
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.reckoning import reckon
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.refusals import refusals_at
from cases.models import Petition
from cases.queries import visible_to
from cases.vocabulary import IdKind
from cases.web.window.entry_fields import rows_of
from cases.web.window.registration_form import RegistrationForm, RepeatForm
from cases.window.earlier_matters import Told, case_to_join, earlier_matters
from cases.window.identity import Identity, read_id_number, read_phone
from cases.window.one_registration import AlreadyRegistered, new_token, register_once
from cases.window.registration import Arrival, register_repeat
from cases.window.registration import register as register_arrival

AnyForm = RegistrationForm | RepeatForm

# The same look-up while somebody goes on typing is one line in the log, not twenty.
_LOGGED_FOR_SECONDS = 3600


@never_cache
@sensitive_post_parameters()
@staff
def register(request: StaffRequest, repeat: bool = False) -> HttpResponse:
    """Take an arrival down: a new matter, or (`repeat`, or the field `case`) one that joins an open matter.

    The button `join` changes between the two, `follow` links a closed matter; both keep what was typed. A form sent
    twice registers once.
    """
    require_right(request.post)
    form, token = _form(request, repeat=repeat), request.POST.get("once") or new_token()
    if form.is_bound and form.is_valid():
        with refusals_at(form):
            try:
                petition = _save(form, token, by=request.post)
                return redirect(f"{reverse('cases:receipt', args=[petition.number])}?print=1")
            except AlreadyRegistered:
                token = new_token()
                raise
    return _show(request, form, token)


def require_right(post: Post) -> None:
    """Raises NotPermitted for a post that registers nothing."""
    if not has_right(post, Right.REGISTER):
        raise NotPermitted("您当前的岗位不能登记信访件。如需登记，请在右上角切换到窗口接待或办信登记岗位。")


def _form(request: StaffRequest, *, repeat: bool) -> AnyForm:
    typed, asked = request.POST, request.GET.get("case", "")
    if "join" in typed:
        asked, repeat = typed["join"], bool(typed["join"])
    repeat = repeat or ("case" in typed and "join" not in typed)
    kind: type[AnyForm] = RepeatForm if repeat else RegistrationForm
    if request.method == "POST" and not {"join", "follow"} & set(typed):
        return kind(typed, post=request.post)
    if "follow" in typed:
        return RegistrationForm(initial={**typed.dict(), "follows": typed["follow"]}, post=request.post)
    return kind(initial={**typed.dict(), "case": asked}, post=request.post)


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
        "joined": visible_to(request.post).filter(number=asked).first() if asked else None,
        # What only the other form asks goes along unseen, and is there again after a change back.
        "carried": [(name, value) for name, value in request.POST.items() if _is_carried(name, form)],
        "rows": rows,
        "folded_is_open": "follow" in request.POST or is_refused,
        "notice_due": _triage_due(today),
        "typed_before": request.method == "POST",
    }
    return render(request, "cases/window/register.html", context, status=422 if form.errors else 200)


def _triage_due(today: date) -> date:
    period = current_rulebook().period(Rule.TRIAGE, today)
    return reckon(Rule.TRIAGE, today, calendar=current_calendar(), period=period).legal


def _is_carried(name: str, form: AnyForm) -> bool:
    return name not in form.fields and name in RegistrationForm.base_fields


@require_POST
@sensitive_post_parameters()
@staff
def person(request: StaffRequest) -> HttpResponse:
    """What the ID says, and the person's earlier matters, while the form is being filled in (htmx)."""
    require_right(request.post)
    typed, today = request.POST, timezone.localdate()
    id_number, identity, fault = _read_id(typed.get("id_kind", ""), typed.get("id_number", ""), today)
    phone = _read_phone(typed.get("phone", ""))
    told = Told(typed.get("content", ""), typed.get("topic", ""), typed.get("region", ""))
    matters = earlier_matters(request.post, id_number=id_number, phone=phone, told=told, on=today)
    if id_number or phone:
        _log_once(request.post, id_number=id_number, phone=phone, found=len(matters))
    context = {
        "matters": matters,
        "asked": bool(id_number or phone),
        "identity": identity,
        "age": identity.age(today) if identity else None,
        "fault": fault,
        "may_join": "case" not in typed,
    }
    return render(request, "cases/window/_person_answer.html", context)


def _read_id(kind: str, text: str, on: date) -> tuple[str, Identity | None, str]:
    """The number once it is whole, what it says, and its fault or how many characters are still to come."""
    length = len("".join(text.split()))
    if kind == IdKind.RESIDENT and 0 < length < 18 and length != 15:
        return "", None, f"已输入 {length} 位，居民身份证号码为 18 位"
    if kind != IdKind.RESIDENT and length < 6:
        return "", None, ""
    try:
        return *read_id_number(kind, text, on=on), ""
    except Refusal as refusal:
        return "", None, str(refusal)


def _read_phone(text: str) -> str:
    """The number once it is long enough to belong to somebody."""
    try:
        phone = read_phone(text)
    except Refusal:
        return ""
    return phone if len(phone) >= 10 else ""


def _log_once(post: Post, *, id_number: str, phone: str, found: int) -> None:
    who = digest(id_number, kind="id_number") + digest(phone, kind="phone")
    if cache.add(f"looked-up:{post.pk}:{who.hex()}", 1, _LOGGED_FOR_SECONDS):
        by = "、".join(word for word, given in (("证件号码", id_number), ("电话", phone)) if given)
        access.log(post, AccessAct.FIND_PERSON, f"窗口登记：{by}，找到 {found} 件")
