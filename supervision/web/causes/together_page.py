"""Several 督办件 at once: one form for all that were ticked, each its own act with its own answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds import FACTS
from binzhou_xinfang.process.ahead import Ahead
from binzhou_xinfang.process.permissions import refuse
from binzhou_xinfang.process.steps import Step
from binzhou_xinfang.process.taking import take
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.paging import PAGE_SIZE
from binzhou_xinfang.web.together import Result, Several, answer, ask, way_back
from cases.looks import log_lines
from cases.web.drafts.draft_form import form_for
from supervision.causes.life import causes
from supervision.causes.prefill import facts_of_cause
from supervision.causes.several import TOGETHER, why_alone
from supervision.causes.steps import CauseStep
from supervision.models import SupervisionCase
from supervision.queries import known_matters, visible_supervisions
from supervision.web.causes.forms_of_acts import FORMS
from supervision.web.causes.letters_page import RELATED_TO_DRAFT, read_only

_DRAFTED = "函稿按各件的情况自动填写，仍由其他人逐件审核、签发，签发后才发出。"


class DraftTogetherForm(OfficeForm):
    """拟函: asks nothing; each letter is filled in from its own cause."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def together(request: StaffRequest, slug: str) -> HttpResponse:
    """Ask once, by GET, for the ticked 督办件 `n` that the step is open for; take it for each of them by POST."""
    step = next((each for each in TOGETHER if each.value == slug), None)
    if step is None:
        raise Http404
    read_only(request)
    given = request.POST if request.method == "POST" else request.GET
    ticked, form = _ticked(request, given), _form_of(step)(request.POST if request.method == "POST" else None)
    several, known = _several(request, step, given.get("back", "")), known_matters(request.post, ticked)
    if form.is_valid():
        results = [_take(request, cause, step, form.cleaned_data) for cause in ticked]
        return answer(request, several, results, known=known)
    return ask(request, several, form, _checked(ticked, step, request.post), known=known)


def _several(request: StaffRequest, step: CauseStep, back: str) -> Several:
    is_draft = step is CauseStep.DRAFT
    return Several(
        label=str(step.label), things="督办件",
        back=way_back(request, back, otherwise=reverse("supervision:letters")),
        line="supervision/causes/_together_line.html", note=_DRAFTED if is_draft else "",
        onwards=("查看文书稿", reverse("cases:drafts")) if is_draft else None,
    )  # fmt: skip


def _ticked(request: StaffRequest, given: QueryDict) -> list[SupervisionCase]:
    asked = [text for text in given.getlist("n") if text.isascii() and text.isdigit() and len(text) < 10][:PAGE_SIZE]
    rows = visible_supervisions(request.post).filter(pk__in=asked).select_related(*RELATED_TO_DRAFT).order_by("-pk")
    ticked = list(rows)
    log_lines(request.post, ticked, ip=request.META.get("REMOTE_ADDR"))
    return ticked


def _form_of(step: CauseStep) -> type[forms.Form]:
    return DraftTogetherForm if step is CauseStep.DRAFT else FORMS[step.value]


def _checked(ticked: Sequence[SupervisionCase], step: CauseStep, post: Post) -> list[Result]:
    """Tell of each why the step is not open; "" where it is."""
    ahead, row = Ahead(causes, ticked, timezone.localdate()), causes.steps[step]
    return [Result(cause, _refusal(ahead, row, cause, post), (("n", str(cause.pk)),)) for cause in ticked]


def _refusal(ahead: Ahead[SupervisionCase], row: Step[SupervisionCase], cause: SupervisionCase, post: Post) -> str:
    try:
        refuse(causes, row, cause, post)
    except Refusal as refusal:
        return str(refusal)
    return why_alone(CauseStep(row.key), cause) or ahead.gap(cause, row, post)


def _take(request: StaffRequest, cause: SupervisionCase, step: CauseStep, data: dict[str, Any]) -> Result:
    """Take the step with one of them in its own transaction."""
    at = timezone.now()
    try:
        if alone := why_alone(step, cause):
            raise Refusal(alone)
        given = {"facts": _facts(cause, request.post)} if step is CauseStep.DRAFT else data
        take(causes, step, cause, **given, by=request.post, at=at)
    except Refusal as refusal:
        return Result(cause, str(refusal))
    return Result(cause)


def _facts(cause: SupervisionCase, post: Post) -> dict[str, Any]:
    """Read what the form of the letter, filled in from the cause, would send. Raises Refusal when that is not
    enough for a signature."""
    kind = cause.letter_kind
    if kind is None:
        return {}
    form = form_for(kind)(facts_of_cause(cause, kind, by=post, on=timezone.localdate()))
    missing = [name for name in kind.required if form.is_valid() and not form.cleaned_data.get(name)]
    if missing or not form.is_valid():
        lacking = "、".join(str(FACTS[name].label) for name in missing or form.errors)
        raise Refusal(f"还缺{lacking}，请打开这一件逐项填写。")
    facts: dict[str, Any] = form.cleaned_data
    return facts
