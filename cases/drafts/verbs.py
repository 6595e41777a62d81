"""文书拟制: a letter drafted, checked and signed by three hands. Nothing of it touches the state of the matter.

The course of the matter tells that a letter is being made, and names it only when it is signed: a draft is the
business of the unit that writes it.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.process.steps import Effect, Seat, Step
from binzhou_xinfang.process.taking import beginning, verb
from binzhou_xinfang.records.event_fields import KEPT, EventField
from cases.drafts.kinds import kinds_for
from cases.drafts.life import drafts
from cases.drafts.receiver import refuse_unread
from cases.drafts.steps import READERS, SIGNERS, WRITERS, Desk, DraftStep, Hand
from cases.models import NO_MOVE, CaseLetter, LetterDraft, PetitionCase
from cases.queries import visible_to
from cases.states import EVENTS
from cases.states.drafts import OPEN_DRAFTS, DraftState

# The course of the matter tells of each step; the draft itself stands beside it.
for _kind, _label in (
    ("letter-drafted", "拟制文书"),
    ("letter-revised", "修改文书稿"),
    ("letter-checked", "审核文书稿"),
    ("letter-returned", "退回文书稿"),
    ("letter-discarded", "作废文书稿"),
):
    EVENTS.declare(_kind, _label, {"draft": KEPT})
EVENTS.declare("letter-signed", "签发文书", {"draft": KEPT, "document": EventField("文书："), "letters": KEPT})

_WRITERS, _SIGNERS, _READERS = ((Seat(roles, (Desk.UNIT,)),) for roles in (WRITERS, SIGNERS, READERS))


@beginning(
    drafts,
    Step(
        key=DraftStep.DRAFT,
        targets=(DraftState.DRAFTED,),
        who=_WRITERS,
        fills=Hand.DRAFTER,
        event="letter-drafted",
    ),
)
def draft_letter(
    seen: PetitionCase, *, kind: LetterKind, facts: dict[str, Any], by: Post, at: datetime
) -> tuple[LetterDraft, Effect]:
    """拟制. Facts may still be missing. Raises NotPermitted; Refusal when a draft of the kind is open at the unit."""
    case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.pk)
    if kind not in kinds_for(by, case) or not visible_to(by).filter(pk=case.pk).exists():
        raise NotPermitted(f"您当前的岗位不能为该事项拟制{kind.label}。")
    if LetterDraft.objects.filter(case=case, unit=by.unit, kind=kind, state__in=OPEN_DRAFTS).exists():
        raise Refusal(f"本单位已有一份正在拟制的{kind.label}，请在那一份上修改，或者先作废。")
    draft = LetterDraft(case=case, unit=by.unit, kind=kind.value, facts=facts, drafted_by=by.user, drafted_at=at)
    return draft, Effect()


@verb(
    drafts,
    Step(
        key=DraftStep.REVISE,
        sources=frozenset({DraftState.DRAFTED, DraftState.RETURNED}),
        targets=(DraftState.DRAFTED,),
        who=_WRITERS,
        own=Hand.DRAFTER,
        event="letter-revised",
    ),
)
def revise(draft: LetterDraft, *, facts: dict[str, Any], by: Post, at: datetime) -> Effect:
    """修改: all facts anew; who had checked it checks again."""
    draft.facts, draft.drafted_at = facts, at
    draft.checked_by = draft.checked_at = None
    return Effect()


# As with an opinion (第三十二条) one hand drafts, another checks, a third signs.
@verb(
    drafts,
    Step(
        key=DraftStep.CHECK,
        sources=frozenset({DraftState.DRAFTED}),
        targets=(DraftState.CHECKED,),
        who=_WRITERS,
        others_than=(Hand.DRAFTER,),
        fills=Hand.CHECKER,
        event="letter-checked",
    ),
)
def check(draft: LetterDraft, *, by: Post, at: datetime) -> Effect:
    """审核通过."""
    draft.checked_by, draft.checked_at = by.user, at
    return Effect()


@verb(
    drafts,
    Step(
        key=DraftStep.RETURN,
        sources=frozenset({DraftState.DRAFTED, DraftState.CHECKED}),
        targets=(DraftState.RETURNED,),
        who=_READERS,
        others_than=(Hand.DRAFTER,),
        event="letter-returned",
        onward=False,
    ),
)
def put_back(draft: LetterDraft, *, note: str = "", by: Post, at: datetime) -> Effect:
    """退回修改, with the reason."""
    return _with_reason(draft, note, by)


@verb(
    drafts,
    Step(
        key=DraftStep.SIGN,
        sources=frozenset({DraftState.CHECKED}),
        targets=(DraftState.SIGNED,),
        who=_SIGNERS,
        others_than=(Hand.DRAFTER, Hand.CHECKER),
        event="letter-signed",
        says="编定文号，列入事项的文书，以后不能改动",
    ),
)
def sign(draft: LetterDraft, *, by: Post, at: datetime) -> Effect:
    """签发: the letter with its number. Raises Refusal for a missing fact, and when nobody would read it."""
    kind, on = LetterKind(draft.kind), timezone.localdate(at)
    refuse_unread(kind, draft.facts, on=on)
    is_sealed = draft.case.is_sealed
    draft.letter = issuing.issue(kind, unit=draft.unit, on=on, facts=draft.letter_facts, by=by, is_sealed=is_sealed)
    CaseLetter.objects.create(case=draft.case, letter=draft.letter, move=NO_MOVE)
    return Effect({"document": str(kind.label), "letters": [draft.letter.reference]})


@verb(
    drafts,
    Step(
        key=DraftStep.DISCARD,
        sources=frozenset(OPEN_DRAFTS),
        targets=(DraftState.DISCARDED,),
        who=_READERS,
        own=Hand.DRAFTER,
        or_by=SIGNERS,
        event="letter-discarded",
        onward=False,
    ),
)
def discard(draft: LetterDraft, *, note: str = "", by: Post, at: datetime) -> Effect:
    """作废, with the reason."""
    return _with_reason(draft, note, by)


def _with_reason(draft: LetterDraft, note: str, by: Post) -> Effect:
    if not note.strip():
        raise Refusal("请写明理由。", field="note")
    draft.note, draft.noted_by = note, by.user
    return Effect()
