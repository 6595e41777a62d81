"""督办件: the list, one of them, and what may be done with it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.records.letter_kinds import LetterKind
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.paging import capped_count, page_of
from binzhou_xinfang.web.refusals import refusals_at
from cases.actions.letter_drafts import draft_letter
from cases.forms.letter_draft import form_for
from cases.standing import light_of
from supervision import actions
from supervision.forms import AnswerForm, DropForm, JudgeForm, TalkForm
from supervision.models import Measure, Stage, SupervisionCase
from supervision.prefill import facts_of_cause
from supervision.queries import visible_supervisions
from supervision.rules import ACTS, READERS, Act, acts_now

_RELATED = (
    "case__lead", "case__topic", "case__region", "case__holder", "case__responsible", "case__sender",
    "case__registered_unit", "office", "unit", "deadline", "clock", "draft__letter", "handled_by",
)  # fmt: skip
_FORMS: dict[str, type[forms.Form]] = {"drop": DropForm, "talk": TalkForm, "answer": AnswerForm, "judge": JudgeForm}
NO_STAGE = ""


@require_safe
@never_cache
@staff
def letters(request: StaffRequest) -> HttpResponse:
    """The 督办件 that the post may see, by stage and measure, the newest first."""
    if request.post.role not in READERS:
        raise NotPermitted("您当前的岗位不办理督办件。")
    found = visible_supervisions(request.post)
    stage, measure = request.GET.get("stage", NO_STAGE), request.GET.get("measure", "")
    if stage in Stage.values:
        found = found.filter(stage=stage)
    if measure in Measure.values:
        found = found.filter(measure=measure)
    rows = found.select_related("case", "unit", "office", "clock", "deadline")
    page, today = page_of(rows, by=("-pk",), query=request.GET), timezone.localdate()
    lights = [(one, light_of(one.deadline, on=today) if one.deadline else None) for one in page.rows]
    context = {
        "page": page, "rows": lights, "total": capped_count(found), "stages": Stage.choices,
        "measures": Measure.choices, "stage": stage, "measure": measure, "today": today,
    }  # fmt: skip
    return render(request, "supervision/letters.html", context)


def _find(post: Post, pk: int) -> SupervisionCase:
    return get_object_or_404(visible_supervisions(post).select_related(*_RELATED), pk=pk)


@require_safe
@never_cache
@staff
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """One 督办件: why, where it stands, its letter, the answers, and what the post may do."""
    found = _find(request.post, pk)
    answers = found.answers.select_related("by_user", "unit", "judged_by", "evidence")
    context = {"found": found, "answers": answers, "acts": acts_now(request.post, found), "today": timezone.localdate()}
    return render(request, "supervision/letter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def act(request: StaffRequest, pk: int, slug: str) -> HttpResponse:
    """GET what the act asks; POST does it."""
    found, wanted = _find(request.post, pk), ACTS.get(slug)
    if wanted is None:
        raise Http404
    if wanted not in acts_now(request.post, found):
        raise NotPermitted(f"这件督办现为“{found.get_stage_display()}”，您当前不能“{wanted.label}”。")
    kind = Measure(found.measure).kind
    if wanted.slug == "draft" and kind:
        return _draft(request, found, wanted, kind)
    form = _FORMS[slug](request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = _FORMS[slug](request.POST, request.FILES)
    if form.is_valid():
        with refusals_at(form):
            _do(found, wanted, form.cleaned_data, request.post)
            messages.success(request, f"已{wanted.label}。")
            return redirect("supervision:letter", pk)
    return _page(request, found, wanted, form, status=422 if form.is_bound else 200)


def _do(found: SupervisionCase, wanted: Act, data: dict[str, Any], by: Post) -> None:
    verb = getattr(actions, {"talk": "record_talk"}.get(wanted.slug, wanted.slug))
    verb(found, **data, by=by, at=timezone.now())


def _draft(request: StaffRequest, found: SupervisionCase, wanted: Act, kind: LetterKind) -> HttpResponse:
    """The letter filled in from the cause; sent, it goes to be checked and signed by others."""
    form_class, now = form_for(kind), timezone.now()
    if request.method != "POST":
        known = facts_of_cause(found, kind, by=request.post, on=timezone.localdate(now))
        return _page(request, found, wanted, form_class(initial=known))
    form = form_class(request.POST)
    if form.is_valid():
        with refusals_at(form):
            with transaction.atomic():
                draft = draft_letter(found.case, kind=kind, facts=form.cleaned_data, by=request.post, at=now)
                actions.take_up(found, draft)
            messages.success(request, f"已拟制{kind.label}，等待审核。")
            return redirect("cases:draft", found.case.number, draft.pk)
    return _page(request, found, wanted, form, status=422)


def _page(
    request: StaffRequest, found: SupervisionCase, wanted: Act, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    context = {"found": found, "act": wanted, "form": form, "has_file": form.is_multipart()}
    return render(request, "supervision/act.html", context, status=status)
