"""文书拟制: choosing a kind, filling it in, reading how it will look, and the steps to the signature."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import NotPermitted, Refusal, Stale
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds import FACTS, LetterKind
from binzhou_xinfang.process.ahead import Ahead, refuse_now
from binzhou_xinfang.process.permissions import refuse_post
from binzhou_xinfang.process.taking import take
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import sheet_or_page
from binzhou_xinfang.web.showing import note_shown
from cases.drafts.kinds import kinds_by_hand, kinds_for
from cases.drafts.life import drafts, likely_step, listed, offers_of, visible_drafts, waiting_for
from cases.drafts.prefill import prefill
from cases.drafts.receiver import Readers, unread
from cases.drafts.steps import READERS, DraftStep
from cases.drafts.verbs import draft_letter
from cases.models import LetterDraft, PetitionCase
from cases.states.drafts import DraftState
from cases.web.drafts.draft_form import form_for, form_of
from cases.web.finding import open_case, shown

_RELATED = ("lead", "topic", "region", "holder", "responsible", "sender", "assigner", "registered_unit")


@require_safe
@never_cache
@staff
def desk(request: StaffRequest) -> HttpResponse:
    """Show what waits for the post, and what its unit is making besides."""
    if request.post.role not in READERS:
        raise NotPermitted("您当前的岗位不拟制、审核、签发文书。")
    waiting = listed(waiting_for(request.post))
    open_rows = visible_drafts(request.post).exclude(state__in=(DraftState.SIGNED, DraftState.DISCARDED))
    others = [draft for draft in listed(open_rows) if draft not in waiting]
    shown(request, [*waiting, *others])
    return render(request, "cases/drafts/letter_drafts.html", {"waiting": waiting, "others": others})


@require_safe
@never_cache
@staff
def choose(request: StaffRequest, number: str) -> HttpResponse:
    """Show the kinds that the post may draft in this matter."""
    case = open_case(request, number)
    kinds = kinds_for(request.post, case)
    if not kinds:
        raise NotPermitted("您当前的岗位不能为该事项拟制文书。")
    refuse_beginning(request.post, case)
    return sheet_or_page(request, "cases/drafts/draft_choose", {"case": case, "kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def new(request: StaffRequest, number: str, kind: str) -> HttpResponse:
    """Show by GET the form with what the matter says already; keep the draft by POST and hand it on to be checked."""
    case, wanted = open_case(request, number, *_RELATED), _find_kind(kind)
    if wanted not in kinds_for(request.post, case):
        raise NotPermitted(f"您当前的岗位不能为该事项拟制{wanted.label}。")
    form_class, now = form_for(wanted), timezone.now()
    if request.method != "POST":
        refuse_beginning(request.post, case)
        known = prefill(wanted, case, by=request.post, on=timezone.localdate(now))
        return _form_page(request, case, wanted, form_class(initial=_typed(known)))
    form = form_class(request.POST)
    if form.is_valid():
        with refusals_at(form):
            draft = draft_letter(case, kind=wanted, facts=form.cleaned_data, by=request.post, at=now)
            messages.success(request, f"已拟制{wanted.label}，等待审核。")
            return redirect("cases:draft", number, draft.pk)
    return _form_page(request, case, wanted, form, status=422)


def refuse_beginning(post: Post, case: PetitionCase) -> None:
    """Raise Refusal before anything is typed for a letter that nobody else at the unit could check."""
    blank = LetterDraft(case=case, unit=post.unit, drafted_by=post.user)
    refuse_now(drafts, drafts.steps[DraftStep.DRAFT], blank, post, timezone.localdate())


def _find_kind(slug: str) -> LetterKind:
    match = next((kind for kind in kinds_by_hand() if kind.value == slug), None)
    if match is None:
        raise Http404
    return match


def _typed(facts: dict[str, Any]) -> dict[str, Any]:
    """Show the facts in the fields of the form."""
    return {name: "\n".join(value) if isinstance(value, list) else value for name, value in facts.items()}


def _form_page(
    request: StaffRequest,
    case: PetitionCase,
    kind: LetterKind,
    form: Form,
    *,
    draft: LetterDraft | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"case": case, "kind": kind, "form": form, "draft": draft}
    return render(request, "cases/drafts/draft_form.html", context, status=status)


@require_safe
@never_cache
@staff
def draft(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """Show the draft as it will read on paper, what is missing in it, and the steps that the post may take."""
    letter_draft = _find_draft(request, number, pk)
    kind = LetterKind(letter_draft.kind)
    try:
        letter, trouble = _as_letter(letter_draft, kind, request.post), ""
    except Refusal as refusal:
        letter, trouble = None, str(refusal)
    if letter is not None and letter.tells_in_full:
        note_shown()
    missing = issuing.missing_facts(kind, letter_draft.letter_facts)
    today = timezone.localdate()
    readers = Readers([letter_draft.facts], today)
    offers = offers_of(letter_draft, request.post, Ahead(drafts, [letter_draft], today), readers)
    steps = [offer.row.key for offer in offers if not offer.gap]
    context = {
        "case": letter_draft.case,
        "draft": letter_draft,
        "letter": letter,
        "trouble": trouble,
        "missing": [FACTS[name].label for name in missing],
        "unread": "" if letter_draft.letter else readers.unread(kind, letter_draft.facts),
        "steps": steps,
        "offers": offers,
        "likely": likely_step(steps, is_complete=not missing),
    }
    return render(request, "cases/drafts/draft.html", context)


def _as_letter(draft: LetterDraft, kind: LetterKind, post: Post) -> Any:
    if draft.letter is not None:
        return draft.letter
    return issuing.sketch(kind, unit=draft.unit, on=timezone.localdate(), facts=draft.letter_facts, by=post)


def _find_draft(request: StaffRequest, number: str, pk: int) -> LetterDraft:
    related = ("unit", "letter", "drafted_by", "checked_by", "noted_by")
    case = open_case(request, number)
    draft = get_object_or_404(visible_drafts(request.post).select_related(*related), case=case, pk=pk)
    draft.case = case
    return draft


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def draft_step(request: StaffRequest, number: str, pk: int, step: str) -> HttpResponse:
    """Show by GET what the step asks; take it by POST with the `version`."""
    letter_draft, chosen = _find_draft(request, number, pk), _find_step(step)
    row = drafts.steps[chosen]
    refuse_post(drafts, row, letter_draft, request.post)
    form_class, version = form_of(chosen, LetterKind(letter_draft.kind)), letter_draft.version
    if request.method != "POST":
        refuse_now(drafts, row, letter_draft, request.post, timezone.localdate())
        return _step_page(
            request, letter_draft, chosen, form_class(initial=_typed(letter_draft.facts)), version=version
        )
    form = form_class(request.POST)
    if form.is_valid():
        with refusals_at(form):
            try:
                return _take(request, letter_draft, chosen, form.cleaned_data)
            except Stale:
                version = LetterDraft.objects.get(pk=letter_draft.pk).version
                raise
    return _step_page(request, letter_draft, chosen, form, version=version, status=422)


def _find_step(slug: str) -> DraftStep:
    if slug not in drafts.steps or drafts.steps[slug].begins:
        raise Http404
    return DraftStep(slug)


def _take(request: StaffRequest, draft: LetterDraft, chosen: DraftStep, data: dict[str, Any]) -> HttpResponse:
    seen = LetterDraft(pk=draft.pk, case_id=draft.case_id, version=_version(request.POST))
    given = {"facts": data} if chosen is DraftStep.REVISE else data
    done = take(drafts, chosen, seen, by=request.post, at=timezone.now(), **given)
    number = f"，文号{done.letter.number}" if done.letter else ""
    messages.success(request, f"已{chosen.label}{draft.label}{number}。")
    return redirect("cases:draft", draft.case.number, draft.pk)


def _version(data: QueryDict) -> int:
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _step_page(
    request: StaffRequest, draft: LetterDraft, chosen: DraftStep, form: Form, *, version: int, status: int = 200
) -> HttpResponse:
    draft.version = version
    if chosen is DraftStep.REVISE:
        return _form_page(request, draft.case, LetterKind(draft.kind), form, draft=draft, status=status)
    kind = LetterKind(draft.kind)
    missing = issuing.missing_facts(kind, draft.letter_facts) if chosen is DraftStep.SIGN else []
    context = {
        "case": draft.case,
        "draft": draft,
        "step": chosen,
        "form": form,
        "missing": [FACTS[name].label for name in missing],
        "unread": unread(kind, draft.facts, on=timezone.localdate()) if chosen is DraftStep.SIGN else "",
        "row": drafts.steps[chosen],
    }
    return sheet_or_page(request, "cases/drafts/draft_step", context, status=status)
