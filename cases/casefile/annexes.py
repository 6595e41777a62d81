"""Annexes that only some matters have: helpers, recusals, the word of the bodies above, other matters tied to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.statute.periods import Rule
from cases.evaluation.window import Evaluated, evaluated, window_of
from cases.models import CoHandling, Deadline, Delivery, Evaluation, PetitionCase, Recusal, Review
from cases.queries import visible_to

_OF_REVIEWS = frozenset({Rule.REVIEW, Rule.RECHECK})

_rounds = Prepared(lambda case: Review.objects.filter(case=case).select_related("body", "above", "signed_by", "proof"))
_said = Prepared(
    lambda case: Delivery.objects.filter(case=case).select_related("party", "proof", "entered_by", "judged_by")
)
_judged = Prepared(lambda case: Evaluation.objects.filter(case=case).select_related("unit", "recorded_unit"))
_tied = Prepared(
    lambda merged_into, follows: (
        PetitionCase.objects.filter(Q(merged_into=merged_into) | Q(follows=follows)).order_by().values_list("pk")
    )
)


@dataclass(frozen=True, slots=True)
class Help:
    """One 协办, with the day by which its answer is due while it is owed."""

    task: CoHandling
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Annexes:
    """Annexes of a matter; empty for an ordinary one, which costs no query. `merged`: what was merged into it;
    `merged_into`, `follows` and `followers` hold only what the reader may see. `evaluations`: whom the petitioner
    evaluates within `window`."""

    co_handlings: list[Help]
    recusals: list[Recusal]
    reviews: list[Review]
    merged_into: PetitionCase | None
    merged: list[PetitionCase]
    follows: PetitionCase | None
    followers: list[PetitionCase]
    evaluations: list[Evaluated]
    window: Deadline | None
    deliveries: list[Delivery]

    @property
    def has_links(self) -> bool:
        return bool(self.merged_into or self.merged or self.follows or self.followers)


def read_annexes(case: PetitionCase, post: Post, deadlines: Sequence[Deadline]) -> Annexes:
    """Read what the flags and clocks of the matter say that there is. `deadlines`: all of them."""
    linked = _linked(case, post, deadlines)
    by_key = {each.pk: each for each in linked}
    window = window_of(deadlines)
    return Annexes(
        co_handlings=_helpers(case, deadlines) if case.is_joint else [],
        recusals=_recusals(case, post),
        reviews=reviews_for(case, post) if any(clock.rule in _OF_REVIEWS for clock in deadlines) else [],
        merged_into=by_key.get(case.merged_into_id or 0),
        merged=[each for each in linked if each.merged_into_id == case.pk],
        follows=by_key.get(case.follows_id or 0),
        followers=[each for each in linked if each.follows_id == case.pk],
        evaluations=_evaluations(case, window) if window else [],
        window=window,
        deliveries=_deliveries(case) if case.last_answer or any(c.rule in _OF_REVIEWS for c in deadlines) else [],
    )


def _deliveries(case: PetitionCase) -> list[Delivery]:
    """List how each answer reached the petitioner, the latest first."""
    return _said(case.pk)


def _evaluations(case: PetitionCase, window: Deadline) -> list[Evaluated]:
    return evaluated(case, window, _judged(case.pk))


def _helpers(case: PetitionCase, deadlines: Sequence[Deadline]) -> list[Help]:
    due = {clock.unit_id: clock.legal_on for clock in deadlines if clock.rule == Rule.CO_HANDLING and clock.is_running}
    tasks = case.co_handlings.select_related("unit", "fed_back_by")
    return [Help(task, due.get(task.unit_id) if task.is_open else None) for task in tasks]


def _recusals(case: PetitionCase, post: Post) -> list[Recusal]:
    """List pending and granted recusals; they concern who works on the matter alone."""
    if not (case.is_recusal_asked or case.recused) or post.unit_id not in (case.holder_id, case.responsible_id):
        return []
    return list(case.recusals.exclude(is_granted=False).select_related("person", "decided_by"))


def reviews_for(case: PetitionCase, post: Post) -> list[Review]:
    """List every round, the latest first. What a body has only drafted is blanked for everybody outside it."""
    reviews = _rounds(case.pk)
    for review in reviews:
        review.case = case
        if review.signed_on is None and review.body_id != post.unit_id:
            review.result = review.facts = review.basis = review.decision = review.changed_to = ""
            review.redo_days, review.above, review.needs_execution = None, None, False
    return reviews


def _linked(case: PetitionCase, post: Post, deadlines: Sequence[Deadline]) -> list[PetitionCase]:
    """List other matters tied to this one that the post may see. Only a closed or once closed matter has followers,
    only a counted repeat was merged into it."""
    was_opened_again = sum(clock.rule == Rule.TRIAGE for clock in deadlines) > 1
    may_have = case.merged_into_id or case.follows_id or case.petition_count > 1 or not case.is_open
    if not may_have and not was_opened_again:
        return []
    tied = [key for key in (case.merged_into_id, case.follows_id, *(key for (key,) in _tied(case.pk, case.pk))) if key]
    return list(visible_to(post).filter(pk__in=tied).order_by("pk")) if tied else []
