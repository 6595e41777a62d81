"""文书拟制: the letters written by hand, and their writers."""

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.letters.kinds import ByHand, LetterKind, Writer
from cases.drafts.steps import WRITERS
from cases.models import PetitionCase
from cases.permissions import reads_sealed


def kinds_by_hand() -> list[LetterKind]:
    """List the kinds that an office writes about one matter and that no move leaves behind."""
    return [kind for kind in LetterKind if isinstance(kind.owner, ByHand)]


def kinds_for(post: Post, case: PetitionCase) -> list[LetterKind]:
    """List the kinds that the post may draft in this matter; the caller has found it among what the post sees."""
    if post.role not in WRITERS or post.user_id in case.recused or (case.is_sealed and not reads_sealed(post, case)):
        return []
    is_office = post.unit.kind == UnitKind.PETITION_OFFICE
    handles = post.unit_id in (case.holder_id, case.responsible_id)
    if not is_office and not handles and post.unit_id != case.registered_unit_id:
        return []
    writers = {Writer.OFFICE: is_office, Writer.HANDLER: handles}
    return [kind for kind in LetterKind if isinstance(kind.owner, ByHand) and writers[kind.owner.writer]]
