"""文书拟制: which letters are written by hand, and who writes them."""

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.letters.facts import FACTS, OPTIONAL_FACTS, ROWS
from binzhou_xinfang.letters.kinds import SIGNED_BY_PARTIES, LetterKind
from cases.drafts.steps import WRITERS
from cases.models import PetitionCase
from cases.permissions import reads_sealed
from cases.states import TRANSITIONS

# Printed with the registration, or of no single matter.
_OTHERWISE = frozenset({LetterKind.REGISTRATION_FORM, LetterKind.RECEIPT, LetterKind.ANNUAL_REPORT})
# Letters by which the petition office supervises and proposes (第三十九条、第四十条), and what it lays before a leader.
OF_THE_OFFICE = frozenset(
    {
        LetterKind.SUPERVISION_LETTER, LetterKind.RISK_LETTER, LetterKind.ACCOUNTABILITY_LETTER,
        LetterKind.IMPROVEMENT_PROPOSAL, LetterKind.POLICY_PROPOSAL, LetterKind.LIABILITY_PROPOSAL,
        LetterKind.LEADER_READING,
    }
)  # fmt: skip
# Written by who handles the matter.
OF_THE_HANDLER = frozenset({LetterKind.INVESTIGATION_REPORT, LetterKind.RESOLUTION_REPORT})


def facts_wanted(kind: LetterKind) -> tuple[str, ...]:
    """The names of all facts of the kind, what it must be told first."""
    return (*FACTS.get(kind, ()), *OPTIONAL_FACTS.get(kind, ()))


def kinds_by_hand() -> list[LetterKind]:
    """The kinds that no move owns and that an office writes about one matter; tables are not typed by hand."""
    owned = {kind for row in TRANSITIONS.values() for kind in row.letters}
    left_out = owned | _OTHERWISE | SIGNED_BY_PARTIES
    return [kind for kind in LetterKind if kind not in left_out and not ROWS.keys() & set(facts_wanted(kind))]


def kinds_for(post: Post, case: PetitionCase) -> list[LetterKind]:
    """The kinds that the post may draft in this matter; the caller has found it among what the post sees."""
    if post.role not in WRITERS or post.user_id in case.recused or (case.is_sealed and not reads_sealed(post, case)):
        return []
    is_office = post.unit.kind == UnitKind.PETITION_OFFICE
    handles = post.unit_id in (case.holder_id, case.responsible_id)
    if not is_office and not handles and post.unit_id != case.registered_unit_id:
        return []
    foreign = (OF_THE_OFFICE if not is_office else frozenset()) | (OF_THE_HANDLER if not handles else frozenset())
    return [kind for kind in kinds_by_hand() if kind not in foreign]
