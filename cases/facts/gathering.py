"""Register of the functions that gather the facts of a kind, filled by the rooms at the start."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.hooks import Registry
from binzhou_xinfang.letters.kinds import LetterKind, Voice
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT
from binzhou_xinfang.statute.periods import Rule
from cases.facts.matter import Facts, arrival
from cases.models import Deadline, PetitionCase
from cases.states import Transition

Gather = Callable[[PetitionCase, date, Post], Facts]
# The rooms say how the facts of their kinds are gathered on a day for a post.
GATHERERS: Registry[LetterKind, Gather] = Registry("cases.facts.GATHERERS")

# The due day that a letter prints is the legal day of the clock its move starts; some print its first day too.
DUE_FACT: Mapping[str, str] = {
    Rule.TRIAGE: "triage_due_on",
    Rule.NOTICE: "notice_due_on",
    Rule.OBJECTION: "objection_due_on",
    Rule.ASSIGNMENT: "report_due_on",
    Rule.HANDLING: "due_on",
    Rule.OWN_WAY: "due_on",
}
START_FACT: Mapping[str, str] = {Rule.HANDLING: "accepted_on", Rule.OWN_WAY: "accepted_on"}


def due_letters(row: Transition, case: PetitionCase, by: Post | None) -> list[LetterKind]:
    """List the letters of the row that this matter needs. The system signs nothing."""
    if by is None:
        return []
    # Whoever came is read only where it matters.
    is_anonymous = any(kind.is_notice for kind in row.letters) and case.lead.is_anonymous
    return needed(row, is_anonymous=is_anonymous, is_assigned=case.is_assigned)


def needed(row: Transition, *, is_anonymous: bool, is_assigned: bool) -> list[LetterKind]:
    """Leave out what nobody gets: there is no writing to who gave no name (第二十三条第二款), and the closing report is
    owed for an assigned matter alone (第二十二条第三项).
    """
    kinds = [kind for kind in row.letters if not (kind.is_notice and is_anonymous)]
    return [kind for kind in kinds if is_assigned or kind is not COMPLETION_REPORT]


def facts_of(
    kind: LetterKind, case: PetitionCase, *, on: date, by: Post, clocks: Sequence[Deadline], own: Facts
) -> Facts:
    """Gather all that the letter can say: the matter's facts, the clocks just started, what the act knows (`own`)."""
    dues = {DUE_FACT[clock.rule]: clock.legal_on for clock in clocks if clock.rule in DUE_FACT}
    starts = {START_FACT[clock.rule]: clock.started_on for clock in clocks if clock.rule in START_FACT}
    # A period that counts from an earlier notice may be over when this one is given.
    ended = [clock.legal_on for clock in clocks if clock.rule in START_FACT and clock.legal_on < on]
    over = {"lapsed_on": ended[0]} if ended else {}
    gather = GATHERERS.get(kind)
    # Who signs a paper speaks for themselves alone.
    alone = {"petitioner": case.lead.name} if kind.voice is Voice.PETITIONER else {}
    return arrival(case) | alone | dues | (gather(case, on, by) if gather else {}) | starts | over | own
