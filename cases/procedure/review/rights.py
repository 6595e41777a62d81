"""Rights to a review and a recheck: the days on which they are used, and what goes on when a request comes to nothing.

Without the latter a matter whose request was declined would wait for nobody and never be closed.
"""

from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.hierarchy import body_above
from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.wording import day as say_day
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.periods import Rule
from cases.clocks.ladder import arm
from cases.clocks.making import new_clock
from cases.clocks.moving import reckoning_of
from cases.models import Deadline, PetitionCase, Petitioner, Review
from cases.vocabulary import LastAnswer, ReviewKind

RIGHT = {ReviewKind.REVIEW: Rule.REVIEW_REQUEST, ReviewKind.RECHECK: Rule.RECHECK_REQUEST}
# What a request of the kind is about.
_ANSWER = {ReviewKind.REVIEW: LastAnswer.OPINION, ReviewKind.RECHECK: LastAnswer.REVIEW}


def let_stand(case: PetitionCase, review: Review, *, at: datetime, is_open: bool) -> Deadline | None:
    """Let the matter stand where the answer was delivered that the request was against, for one that ends without an
    opinion; gives the right that goes on, if any (see `resume_right`)."""
    case.holder, case.drafter = case.responsible or case.registered_unit, None
    if review.kind == ReviewKind.RECHECK:
        reviewed = case.reviews.filter(kind=ReviewKind.REVIEW).exclude(delivered_on=None).first()
        case.review_result = reviewed.result if reviewed else ""
    return resume_right(case, ReviewKind(review.kind), at=at, is_open=is_open)


def last_day_of(right: Deadline) -> str:
    """Word the last day of a right for the petitioner; it is included (第三十五条)."""
    return f"{say_day(right.legal_on)}以前（含当日）"


def resume_right(case: PetitionCase, kind: ReviewKind, *, at: datetime, is_open: bool) -> Deadline | None:
    """Let the right that a request had used go on from its own first day, for a request that ended without an opinion.

    Where its last day has passed it ends today, in a matter that `is_open` again, so that the watch closes that one.
    """
    rule, today = RIGHT[kind], timezone.localdate(at)
    used = case.deadlines.filter(rule=rule).order_by("-pk").first()
    if used is None or used.is_running:
        return None
    # The day of delivery may have been proven or put right to a later one while the request was under way.
    delivery = case.deliveries.filter(answer=_ANSWER[kind]).first()
    since = max(used.started_on, delivery.counts_from) if delivery else used.started_on
    clock = new_clock(case, rule, on=since, unit=used.unit)
    has_passed = max(clock.legal_on, used.legal_on) < today
    if has_passed and not is_open:
        return None
    clock.not_before = today if has_passed else used.legal_on if since > used.started_on else used.not_before
    due = reckoning_of(clock)
    clock.strict_on, clock.legal_on, clock.is_provisional = due.strict, due.legal, due.provisional
    arm(clock, current_rulebook().on(today).ladder(rule), at=at)
    clock.save()
    return clock


def received_on(case: PetitionCase, right: Deadline) -> date:
    """Find the day on which the answer was delivered as entered, which may lie before the one that the right counts
    from."""
    delivery = case.deliveries.filter(counts_from=right.started_on).first()
    return min(delivery.delivered_on, right.started_on) if delivery else right.started_on


def reviewing_body(named: Unit, maker: Unit, *, on: date) -> Unit:
    """Find the body to which a request goes: the one that was named, or who goes on with its powers; where that has
    become one with the maker of the opinion, the next above."""
    body = named.going_on(on)
    return body if body != maker.going_on(on) else above_the_maker(body, on=on)


def above_the_maker(body: Unit, *, on: date) -> Unit:
    """Find the body next above one that would review its own opinion. Raises Refusal where none is registered."""
    above = body_above(body, on=on)
    if above is None:
        raise Refusal(
            f"{body.name}既是作出意见的机关、又是复查复核机关，没有登记其上一级机关、单位，请由系统管理员登记后再办理。"
        )
    return above


def refuse_days(delivered_on: date, requested_on: date, posted_on: date | None) -> None:
    """Raise Refusal for days of a request that cannot be."""
    if requested_on < delivered_on:
        raise Refusal("申请日期不能早于意见书送达日期。", field="requested_on")
    if posted_on is not None and not delivered_on <= posted_on <= requested_on:
        raise Refusal("投邮日期应当在意见书送达日期与收到申请日期之间。", field="posted_on")


def last_day_for(case: PetitionCase, right: Deadline, applicant: Petitioner | None) -> date | None:
    """Find the last day on which this petitioner may ask, by his own delivery (None: the first petitioner); None for
    one who was never given the answer: his days have not begun (第三十五条：自收到书面答复之日起)."""
    own = case.deliveries.filter(party=applicant).first()
    if own is None:
        return right.legal_on if applicant is None else None
    if own.counts_from == right.started_on or not case.deliveries.exclude(party=None).exists():
        return right.legal_on
    counted = new_clock(case, Rule(right.rule), on=own.counts_from, unit=right.unit).legal_on
    first = case.deadlines.filter(rule=right.rule, started_on=own.counts_from).order_by("-pk").first()
    return max(counted, first.legal_on) if first else counted


def is_too_late(case: PetitionCase, right: Deadline, applicant: Petitioner | None, used_on: date) -> bool:
    """Check that a right was used after the last day of who used it."""
    last = last_day_for(case, right, applicant)
    return last is not None and used_on > last
