"""更正申请日期: the day of a request that was written down wrongly, put right by the body that decides on it.

Whoever is complained of may have written it down; the day that was stays in the course beside the right one
(条例第三十五条、第三十六条).
"""

from datetime import date, datetime

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import EventField, day
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.clocks.moving import recount_clock
from cases.engine import Effect, action, refuse_future
from cases.models import Deadline, PetitionCase, Review
from cases.procedure.review.requests import REQUEST, current_review, keep_proof
from cases.procedure.review.rights import RIGHT, is_too_late, received_on, refuse_days
from cases.procedure.shared_fields import REASON
from cases.states import REVIEWERS, Duty, Group, Move, PaperKind, Place, State, Transition
from cases.vocabulary import ReviewKind

# While a hearing is called, the clock stands still.
_UNDECIDED = frozenset(
    {
        State.REVIEW_ASKED, State.REVIEWING, State.REVIEW_DRAFTED, State.RECHECK_ASKED, State.RECHECKING,
        State.RECHECK_DRAFTED,
    }
)  # fmt: skip
_OWED = (Rule.REVIEW, Rule.REVIEW_ACCEPTANCE, Rule.RECHECK, Rule.RECHECK_ACCEPTANCE)


@action(
    Move.CORRECT_REQUEST,
    Transition(
        _UNDECIDED,
        None,
        "第三十五条、第三十六条第一款",
        papers=(REQUEST,),
        moves=(*RIGHT.values(), *_OWED),
    ),
    # The body above alone: neither the unit complained of nor the window makes a request late, or mends it, by a word.
    Duty(REVIEWERS),
    Place(Group.REVIEW, beside=True),
    {
        "before": EventField("原登记收到申请：", day),
        "posted_before": EventField("原登记投邮日期：", day),
        "requested_on": EventField("收到申请：", day),
        "posted_on": EventField("投邮日期：", day),
        "reason": REASON,
    },
)
def correct_request(
    case: PetitionCase,
    *,
    requested_on: date,
    posted_on: date | None = None,
    reason: str,
    papers: Papers,
    by: Post,
    at: datetime,
) -> Effect:
    """更正申请日期: its lateness and the days of the body above are reckoned anew.

    A later day wants its proof, and lengthens no duty of the body that decides. Raises Refusal without it, for the same
    days again, and for days that cannot be.
    """
    review = current_review(case)
    right = case.deadlines.filter(rule=RIGHT[ReviewKind(review.kind)]).order_by("pk").last()
    if right is None or (requested_on, posted_on) == (review.requested_on, review.posted_on):
        raise Refusal("与原登记的日期相同，不需要更正。", field="requested_on")
    refuse_future(requested_on, at=at, field="requested_on")
    refuse_days(received_on(case, right), requested_on, posted_on)
    used_on = posted_on or requested_on
    if used_on > review.used_on and PaperKind.REQUEST not in papers:
        raise Refusal("改为更晚的日期，应当附上载明该日期的凭证。", field=REQUEST.field)
    before = {"before": review.requested_on, "posted_before": review.posted_on}
    days = {**before, "requested_on": requested_on, "posted_on": posted_on}
    moved = _owed_since(case, review.requested_on, requested_on, at=at)
    _set(review, right, requested_on, posted_on)
    told = {name: on.isoformat() for name, on in days.items() if on is not None}
    return Effect({**told, "reason": reason}, moved=moved, on_kept=lambda kept: keep_proof(review, kept))


def _set(review: Review, right: Deadline, requested_on: date, posted_on: date | None) -> None:
    review.requested_on, review.posted_on = requested_on, posted_on
    review.is_late = is_too_late(review.case, right, review.applicant, review.used_on)
    review.save(update_fields=["requested_on", "posted_on", "is_late"])
    # Used in time it did not run out, whatever the watch found meanwhile.
    if right.met_on is not None or not review.is_late:
        Deadline.objects.filter(pk=right.pk).update(met_on=review.used_on, cancelled_on=None)


def _owed_since(case: PetitionCase, before: date, requested_on: date, *, at: datetime) -> list[Deadline]:
    """Count what the body above owes from the earlier of the two days; gives the clocks whose last day moved."""
    if requested_on >= before:
        return []
    running = list(case.deadlines.running().filter(rule__in=_OWED, started_on=before))
    for clock in running:
        recount_clock(clock, since=requested_on, not_before=None, at=at)
    return running
