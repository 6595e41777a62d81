"""文书拟制: which letters are written by hand, who writes them, and for whom a draft waits."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.letters.facts import FACTS, OPTIONAL_FACTS, ROWS
from binzhou_xinfang.letters.kinds import SIGNED_BY_PARTIES, LetterKind
from cases.drafts.steps import READERS, SIGNERS, STEPS, WRITERS, DraftState, DraftStep
from cases.models import LetterDraft, PetitionCase
from cases.permissions import reads_sealed
from cases.queries import visible_to
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


def visible_drafts(post: Post) -> QuerySet[LetterDraft]:
    """A draft is the business of the unit that writes it, and of those there who see the matter."""
    if post.role not in READERS:
        return LetterDraft.objects.none()
    return LetterDraft.objects.filter(unit=post.unit_id, case__in=visible_to(post))


def may_step(post: Post, step: DraftStep, draft: LetterDraft) -> bool:
    """Whether the post may take the step on this draft, whatever its state. Asks nothing of the matter itself."""
    row = STEPS[step]
    if post.role not in row.roles or post.unit_id != draft.unit_id:
        return False
    if row.own and post.role not in row.or_by and getattr(draft, f"{row.own.value}_id") != post.user_id:
        return False
    return all(getattr(draft, f"{hand.value}_id") != post.user_id for hand in row.others_than)


def steps_now(post: Post, draft: LetterDraft) -> list[DraftStep]:
    """The steps that the post may take on the draft now."""
    return [step for step, row in STEPS.items() if draft.state in row.sources and may_step(post, step, draft)]


def likely_step(steps: Sequence[DraftStep], *, is_complete: bool) -> DraftStep | None:
    """The step that is most likely next; what lacks a fact goes back to its drafter instead of to the signature."""
    onwards = (DraftStep.REVISE, DraftStep.CHECK, DraftStep.SIGN if is_complete else DraftStep.RETURN)
    return next((step for step in onwards if step in steps), None)


def waiting_for(post: Post) -> QuerySet[LetterDraft]:
    """The drafts that wait for this post: to be checked, to be signed, or returned to it."""
    mine, me = Q(pk__in=[]), post.user_id
    if post.role in STEPS[DraftStep.CHECK].roles:
        mine |= Q(state=DraftState.DRAFTED) & ~Q(drafted_by=me)
        mine |= Q(state=DraftState.RETURNED, drafted_by=me)
    if post.role in SIGNERS:
        mine |= Q(state=DraftState.CHECKED) & ~Q(drafted_by=me) & ~Q(checked_by=me)
    return visible_drafts(post).filter(mine)
