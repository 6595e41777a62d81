"""The end of the letters that are being made in a matter once it has become 检举控告 (第三十条第三款)."""

from datetime import datetime

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.process import taking
from binzhou_xinfang.process.steps import Effect, Step
from cases.drafts.life import drafts
from cases.drafts.steps import DraftStep
from cases.models import LetterDraft, PetitionCase
from cases.states.drafts import OPEN_DRAFTS, DraftState

REASON = "该事项已转为检举控告保密件"
# The system's own end, whatever the hands have come to; the course tells of the seal itself.
_ENDED = Step[LetterDraft](
    key=DraftStep.DISCARD,
    sources=frozenset(OPEN_DRAFTS),
    targets=(DraftState.DISCARDED,),
    by_system=True,
    event="",
)


def discard_drafts(case: PetitionCase, by: Post | None, at: datetime) -> None:
    """Discard every letter that is not signed: who drafted it does not know the matter any longer, and nobody signs
    what was written for an ordinary one. The caller holds the matter."""
    waiting = LetterDraft.objects.filter(case=case, state__in=OPEN_DRAFTS).select_for_update(of=("self",))
    for draft in waiting.select_related("unit"):
        draft.case, draft.note, draft.noted_by = case, REASON, by.user if by else None
        taking.settle(drafts, _ENDED, draft, Effect(), by=by, at=at)
