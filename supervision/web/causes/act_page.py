"""Acts on a 督办件, and bringing one up."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.process.ahead import refuse_now
from binzhou_xinfang.process.doors import row_of
from binzhou_xinfang.process.steps import Step
from binzhou_xinfang.process.taking import take
from binzhou_xinfang.process.telling import consequences
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.refusals import refusals_at
from cases.by_number import with_number
from cases.clocks.standing import light_of
from cases.queries import visible_to
from cases.web.drafts.draft_form import form_for
from supervision.causes import verbs
from supervision.causes.life import causes
from supervision.causes.prefill import facts_of_cause
from supervision.causes.steps import CauseStep
from supervision.models import Measure, SupervisionCase
from supervision.permissions import may_open
from supervision.web.causes.forms import BringUpForm
from supervision.web.causes.forms_of_acts import form_of
from supervision.web.causes.letters_page import find

Row = Step[SupervisionCase]
# Steps that are taken with the answer and the demand side by side.
_READING = (CauseStep.SIGN_ANSWER, CauseStep.RETURN_ANSWER, CauseStep.JUDGE, CauseStep.RECHECK)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def act(request: StaffRequest, pk: int, slug: str) -> HttpResponse:
    """Show by GET what the act asks; do it by POST."""
    supervision, wanted = find(request.post, pk), row_of(causes, slug)
    refuse_now(causes, wanted, supervision, request.post, timezone.localdate())
    if wanted.key is CauseStep.DRAFT and (kind := supervision.letter_kind):
        return _draft(request, supervision, wanted, kind)
    form = _bound(request, form_of(wanted, supervision))
    if form.is_valid():
        with refusals_at(form):
            take(causes, slug, supervision, **form.cleaned_data, by=request.post, at=timezone.now())
            messages.success(request, f"已{wanted.key.label}。")
            return redirect("supervision:letter", pk)
    return _page(request, supervision, wanted, [form], status=422 if form.is_bound else 200)


def _beside(request: StaffRequest, supervision: SupervisionCase) -> dict[str, Any]:
    """Gather what is read while it is judged: the answer, what was demanded, and the duty as it stands today."""
    duty, waiting = supervision.deadline, supervision.answers.filter(is_accepted=None)
    return {
        "answer": waiting.select_related("unit", "by_user", "signed_by").prefetch_related("files").first(),
        "records": supervision.records.order_by("pk"),
        "duty": light_of(duty, on=timezone.localdate()) if duty else None,
        "sees_case": visible_to(request.post).filter(pk=supervision.case_id).exists(),
    }


def _bound(request: StaffRequest, form_class: type[forms.Form], **kwargs: Any) -> forms.Form:
    if request.method != "POST":
        return form_class(**kwargs)
    return form_class(request.POST, request.FILES, **kwargs)


def _draft(request: StaffRequest, supervision: SupervisionCase, wanted: Row, kind: LetterKind) -> HttpResponse:
    """Show the letter filled in from the cause; sent, it goes to be checked and signed by others."""
    now = timezone.now()
    known = facts_of_cause(supervision, kind, by=request.post, on=timezone.localdate(now))
    form = _bound(request, form_for(kind), initial=known)
    if form.is_bound and form.is_valid():
        with refusals_at(form):
            done = verbs.draft(supervision, facts=form.cleaned_data, by=request.post, at=now)
            messages.success(request, f"已拟制{kind.label}，等待审核。")
            return redirect("cases:draft", supervision.case.number, done.draft_id)
    return _page(request, supervision, wanted, [form], status=422 if form.is_bound else 200)


def _page(
    request: StaffRequest, supervision: SupervisionCase, wanted: Row, asked: list[forms.Form], *, status: int = 200
) -> HttpResponse:
    context = {
        "found": supervision, "act": wanted, "forms": asked, "is_bound": any(form.is_bound for form in asked),
        "has_file": any(form.is_multipart() for form in asked), "told": consequences(causes, wanted, supervision),
        "beside": _beside(request, supervision) if wanted.key in _READING else None,
    }  # fmt: skip
    return render(request, "supervision/causes/act.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def bring_up(request: StaffRequest) -> HttpResponse:
    """提出督办 by hand, in the matter that `?case=` names."""
    if not may_open(request.post):
        raise NotPermitted("您当前的岗位不能提出督办。")
    visible = visible_to(request.post)
    form = _bound(request, BringUpForm, visible=visible, initial=_proposed(request))
    if form.is_valid():
        given = dict(form.cleaned_data)
        with refusals_at(form):
            case, measure = given.pop("case"), Measure(given.pop("measure"))
            supervision = verbs.bring_up(case, measure=measure, **given, by=request.post, at=timezone.now())
            messages.success(request, "已提出督办。")
            return redirect("supervision:letter", supervision.pk)
    return render(request, "supervision/causes/bring_up.html", {"form": form}, status=422 if form.is_bound else 200)


def _proposed(request: StaffRequest) -> dict[str, Any]:
    number, measure = request.GET.get("case", ""), request.GET.get("measure", "")
    case = with_number(request.post, number, ordinary=True) if number else None
    proposed: dict[str, Any] = {"measure": measure} if measure in Measure.values else {}
    if case is not None:
        proposed |= {"case": case.number, "unit": case.responsible.code if case.responsible else ""}
    return proposed
