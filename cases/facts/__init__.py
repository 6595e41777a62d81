"""What a letter of a matter has to be told: gathered from the matter once, at the move that owns the letter."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.statute.periods import Rule
from cases.facts import hand_over, handling, review
from cases.facts.catalogue import catalogue, catalogue_facts
from cases.facts.matter import Facts, accepted_on, arrival, earlier_letter, handing_letter, signed_opinion
from cases.models import Deadline, PetitionCase
from cases.states import Transition

__all__ = [
    "Facts",
    "accepted_on",
    "catalogue",
    "due_letters",
    "earlier_letter",
    "facts_of",
    "handing_letter",
    "signed_opinion",
]

# The due day that a letter prints is the legal day of the clock its move starts; some print its first day too.
DUE_FACT: Mapping[str, str] = {
    Rule.NOTICE: "notice_due_on",
    Rule.OBJECTION: "objection_due_on",
    Rule.ASSIGNMENT: "report_due_on",
    Rule.HANDLING: "due_on",
    Rule.OWN_WAY: "due_on",
}
START_FACT: Mapping[str, str] = {Rule.HANDLING: "accepted_on", Rule.OWN_WAY: "accepted_on"}
TO_PETITIONER = frozenset(
    {
        LetterKind.PROCEDURAL_ACCEPTANCE, LetterKind.ACCEPTANCE, LetterKind.EXTENSION, LetterKind.DECLINE,
        LetterKind.NO_FURTHER_ACCEPTANCE, LetterKind.STATUTORY_ROUTE,
    }
)  # fmt: skip


def due_letters(row: Transition, case: PetitionCase, by: Post | None) -> list[LetterKind]:
    """The letters of the row that this matter needs.

    The system signs nothing; nobody can be written to who gave no name (第二十三条第二款); the closing report is owed
    for an assigned matter alone (第二十二条第三项).
    """
    if by is None:
        return []
    kinds = [kind for kind in row.letters if not (kind in TO_PETITIONER and case.lead.is_anonymous)]
    if not case.is_assigned and LetterKind.COMPLETION_REPORT in kinds:
        kinds.remove(LetterKind.COMPLETION_REPORT)
    return kinds


def facts_of(
    kind: LetterKind, case: PetitionCase, *, on: date, by: Post, clocks: Sequence[Deadline], own: Facts
) -> Facts:
    """All that the letter can say: the matter's facts, the clocks just started, and what the act knows (`own`)."""
    dues = {DUE_FACT[clock.rule]: clock.legal_on for clock in clocks if clock.rule in DUE_FACT}
    starts = {START_FACT[clock.rule]: clock.started_on for clock in clocks if clock.rule in START_FACT}
    gather = _GATHER.get(kind)
    return arrival(case) | dues | (gather(case, on, by) if gather else {}) | starts | own


_GATHER: Mapping[LetterKind, Callable[[PetitionCase, date, Post], Facts]] = {
    LetterKind.REFERRAL: hand_over.hand_over,
    LetterKind.ASSIGNMENT: hand_over.hand_over,
    LetterKind.PROCEDURAL_ACCEPTANCE: hand_over.procedural,
    LetterKind.OBJECTION: hand_over.objection,
    LetterKind.JURISDICTION: hand_over.jurisdiction,
    LetterKind.ACCEPTANCE: handling.acceptance,
    LetterKind.STATUTORY_ROUTE: handling.notice,
    LetterKind.DECLINE: handling.notice,
    LetterKind.NO_FURTHER_ACCEPTANCE: handling.notice,
    LetterKind.EXTENSION: handling.extension,
    LetterKind.OPINION: handling.opinion,
    LetterKind.DELIVERY_PROOF: handling.proof,
    LetterKind.COMPLETION_REPORT: handling.report,
    LetterKind.HEARING_NOTICE: review.hearing,
    LetterKind.HEARING_RECORD: review.hearing,
    LetterKind.HEARING_REPORT: review.hearing,
    LetterKind.REVIEW_REQUEST: review.request,
    LetterKind.RECHECK_REQUEST: review.request,
    LetterKind.REVIEW_OPINION: review.opinion,
    LetterKind.RECHECK_OPINION: review.opinion,
    LetterKind.RESOLUTION_REPORT: review.resolution,
    LetterKind.COMMITMENT: review.resolution,
    LetterKind.FILE_CATALOGUE: catalogue_facts,
}
