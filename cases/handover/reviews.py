"""复查复核 of a hand-over: who made an opinion does not review it (条例第三十五条、第三十六条：上一级机关、单位)."""

from collections.abc import Sequence
from datetime import date

from binzhou_xinfang.statute.periods import Rule
from cases.models import Deadline, PetitionCase, Review
from cases.procedure.review.rights import above_the_maker
from cases.vocabulary import ReviewKind

# In what went over with a matter: the requests that went on to the next body above.
LIFTED = "lifted"
_OF_THE_BODY = (Rule.REVIEW, Rule.REVIEW_ACCEPTANCE, Rule.RECHECK, Rule.RECHECK_ACCEPTANCE, Rule.HEARING_END)


def lift_reviews(keys: Sequence[int], old: int, new: int, *, on: date) -> dict[int, list[int]]:
    """Bring each request of these matters whose body has become one with the maker of the opinion, now that `new` goes
    on for `old`, to the next body above, with its clocks; gives the requests by matter.

    Raises Refusal where none is registered.
    """
    pending = Review.objects.filter(case__in=keys, signed_on=None, declined_on=None, ended_on=None)
    lifted: dict[int, list[int]] = {}
    for review in pending.select_related("case", "body").order_by("pk"):
        maker = _maker(review)
        if review.body_id != (new if maker == old else maker):
            continue
        above = above_the_maker(review.body, on=on)
        running = Deadline.objects.running().filter(case=review.case_id, unit=review.body_id, rule__in=_OF_THE_BODY)
        running.update(unit=above)
        PetitionCase.objects.filter(pk=review.case_id, holder=review.body_id).update(holder=above)
        Review.objects.filter(pk=review.pk).update(body=above)
        lifted[review.case_id] = [review.pk]
    return lifted


def _maker(review: Review) -> int | None:
    """Find the body that made the opinion which the request is against."""
    if review.kind == ReviewKind.REVIEW:
        return review.case.responsible_id
    reviewed = review.case.reviews.filter(kind=ReviewKind.REVIEW).exclude(delivered_on=None).first()
    return reviewed.body_id if reviewed else None
