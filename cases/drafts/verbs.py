"""文书拟制: a letter drafted, checked and signed by three hands. Nothing of it touches the state of the matter.

The course of the matter tells that a letter is being made, and names it only when it is signed: a draft is the
business of the unit that writes it.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal, Stale
from binzhou_xinfang.hooks import Hook
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds import LetterKind
from cases.drafts.kinds import kinds_for, may_step, visible_drafts
from cases.drafts.steps import OPEN_DRAFTS, STEPS, DraftStep
from cases.engine import note as write_event
from cases.models import CaseLetter, LetterDraft, PetitionCase
from cases.queries import visible_to

# What `CaseLetter.move` holds for a letter that no move left behind.
NO_MOVE = ""
# What the apps above do when a letter by hand has taken a step, in its transaction: (draft, step, by, at).
AFTER_STEP: Hook[[LetterDraft, DraftStep, Post, datetime], None] = Hook("cases.drafts.AFTER_STEP")


@transaction.atomic
def draft_letter(seen: PetitionCase, *, kind: LetterKind, facts: dict[str, Any], by: Post, at: datetime) -> LetterDraft:
    """拟制. Facts may still be missing. Raises NotPermitted; Refusal when a draft of the kind is open at the unit."""
    case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.pk)
    if kind not in kinds_for(by, case) or not visible_to(by).filter(pk=case.pk).exists():
        raise NotPermitted(f"您当前的岗位不能为该事项拟制{kind.label}。")
    if LetterDraft.objects.filter(case=case, unit=by.unit, kind=kind, state__in=OPEN_DRAFTS).exists():
        raise Refusal(f"本单位已有一份正在拟制的{kind.label}，请在那一份上修改，或者先作废。")
    draft = LetterDraft.objects.create(
        case=case, unit=by.unit, kind=kind.value, facts=facts, drafted_by=by.user, drafted_at=at
    )
    write_event(case, "letter-drafted", by=by, at=at, detail={"draft": draft.pk})
    return draft


@transaction.atomic
def take_step(seen: LetterDraft, step: DraftStep, *, by: Post, at: datetime, **given: Any) -> LetterDraft:
    """Take a step of `STEPS`; `given`: `facts` to revise, `note` to return or discard.

    Raises Stale when somebody has changed the draft since `seen` was read, NotPermitted, and Refusal for the wrong
    state, a missing note, or at the signature a missing fact.
    """
    case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.case_id)
    draft = LetterDraft.objects.select_for_update(of=("self",)).select_related("unit").get(pk=seen.pk)
    row = STEPS[step]
    if draft.version != seen.version:
        raise Stale(f"这份{draft.label}刚刚已由他人改动，现为“{draft.get_state_display()}”，请核对后再操作。")
    if not may_step(by, step, draft) or not visible_drafts(by).filter(pk=draft.pk).exists():
        raise NotPermitted(f"您当前的岗位不能{step.label}这份{draft.label}：拟稿、审核、签发应当由三个人分别办理。")
    if draft.state not in row.sources:
        raise Refusal(f"这份{draft.label}现为“{draft.get_state_display()}”，不能{step.label}。")
    detail = _DO[step](case, draft, by, at, given)
    draft.state, draft.version = row.target, draft.version + 1
    draft.save()
    write_event(case, row.event, by=by, at=at, detail={"draft": draft.pk} | detail)
    AFTER_STEP(draft, step, by, at)
    return draft


Given = dict[str, Any]


def _revise(case: PetitionCase, draft: LetterDraft, by: Post, at: datetime, given: Given) -> dict[str, Any]:
    draft.facts, draft.drafted_at = given["facts"], at
    draft.checked_by = draft.checked_at = None
    return {}


def _check(case: PetitionCase, draft: LetterDraft, by: Post, at: datetime, given: Given) -> dict[str, Any]:
    draft.checked_by, draft.checked_at = by.user, at
    return {}


def _put_back(case: PetitionCase, draft: LetterDraft, by: Post, at: datetime, given: Given) -> dict[str, Any]:
    if not given.get("note", "").strip():
        raise Refusal("请写明理由。", field="note")
    draft.note, draft.noted_by = given["note"], by.user
    return {}


def _sign(case: PetitionCase, draft: LetterDraft, by: Post, at: datetime, given: Given) -> dict[str, Any]:
    kind, on = LetterKind(draft.kind), timezone.localdate(at)
    draft.letter = issuing.issue(kind, unit=draft.unit, on=on, facts=draft.told, by=by, is_sealed=case.is_sealed)
    CaseLetter.objects.create(case=case, letter=draft.letter, move=NO_MOVE)
    return {"document": str(kind.label), "letters": [draft.letter.number]}


_DO = {
    DraftStep.REVISE: _revise,
    DraftStep.CHECK: _check,
    DraftStep.RETURN: _put_back,
    DraftStep.SIGN: _sign,
    DraftStep.DISCARD: _put_back,
}
