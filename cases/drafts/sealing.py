"""The end of the letters that are being made in a matter once it has become 检举控告 (第三十条第三款)."""

from datetime import datetime

from binzhou_xinfang.accounts.models import Post
from cases.models import LetterDraft, PetitionCase
from cases.states.drafts import OPEN_DRAFTS, DraftState

REASON = "该事项已转为检举控告保密件"


def discard_drafts(case: PetitionCase, by: Post | None, at: datetime) -> None:
    """Discard every letter that is not signed: who drafted it does not know the matter any longer, and nobody signs
    what was written for an ordinary one. The caller holds the matter."""
    waiting = LetterDraft.objects.filter(case=case, state__in=OPEN_DRAFTS)
    waiting.update(state=DraftState.DISCARDED, note=REASON, noted_by=by.user if by else None)
