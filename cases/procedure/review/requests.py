"""复查、复核的申请: asked for in time, at the body above, accepted or declined (第三十五条、第三十六条)."""

from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.hierarchy import refuse_not_above
from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.kinds.refusals import REVIEW_REFUSAL
from binzhou_xinfang.letters.kinds.review import RECHECK_REQUEST, REVIEW_OPINION, REVIEW_REQUEST
from binzhou_xinfang.records.event_fields import EventField, chosen, day
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.overlay import Norm
from binzhou_xinfang.statute.periods import Rule
from cases.engine import Effect, action, refuse_future
from cases.facts import earlier_letter
from cases.models import PetitionCase, Review
from cases.procedure.grounds import DECLINING_REVIEW
from cases.procedure.review.rights import RIGHT, received_on, refuse_days, resume_right, reviewing_body
from cases.procedure.sent_late import is_in_question
from cases.procedure.shared_fields import OPTIONAL_NOTE, TOLD_NOTE
from cases.states import (
    CLERKS,
    CLOSED_STATES,
    HANDLERS,
    REVIEWERS,
    Desk,
    Duty,
    Group,
    Guard,
    Move,
    Place,
    State,
    Transition,
)
from cases.vocabulary import EndGround, ReviewKind, ReviewRefusal

_ASKED_FOR = {
    "body": EventField("复查复核机关："),
    "requested_on": EventField("收到申请：", day),
    "claim": EventField("请求："),
    "excuse": EventField("逾期的理由："),
    "note": TOLD_NOTE,
}
_DECLINED = {"ground": EventField("理由：", chosen(ReviewRefusal)), "note": TOLD_NOTE}
_AGAINST = {
    ReviewKind.REVIEW: OPINION,
    ReviewKind.RECHECK: REVIEW_OPINION,
}


def current_review(case: PetitionCase) -> Review:
    """Find the request that is being dealt with. Raises Refusal when there is none."""
    review = case.reviews.order_by("-pk").first()
    if review is None:
        raise Refusal("该事项没有复查、复核申请。")
    return review


def _ask(
    case: PetitionCase,
    kind: ReviewKind,
    *,
    body: Unit,
    requested_on: date,
    posted_on: date | None,
    grounds: str,
    claim: str,
    excuse: str,
    at: datetime,
) -> Effect:
    refuse_future(requested_on, at=at, field="requested_on")
    right = case.deadlines.filter(rule=RIGHT[kind]).order_by("-pk").first()
    if right is None:
        raise Refusal("没有送达可以申请复查、复核的意见。")
    refuse_days(received_on(case, right), requested_on, posted_on)
    # 民事诉讼法第八十八条: posted before the end of the period is in time.
    used_on = posted_on or requested_on
    against = earlier_letter(case, _AGAINST[kind])
    review = Review.objects.create(
        case=case, kind=kind, body=body, requested_on=requested_on, posted_on=posted_on, grounds=grounds, claim=claim,
        excuse=excuse, is_late=used_on > right.legal_on, against=against.number if against else "",
    )  # fmt: skip
    case.holder, case.review_result, case.was_heard, case.end_ground = body, "", False, ""
    # Who asks has had the answer: its day is no question of the right any longer; the unit's may be.
    case.is_delivery_doubted = is_in_question(case)
    detail = {"body": body.name, "requested_on": requested_on.isoformat(), "claim": claim, "note": grounds}
    if review.is_late:
        detail["excuse"] = excuse or "逾期，未说明正当理由"
    return Effect(detail, day=requested_on, met_on=used_on)


@action(
    Move.ASK_REVIEW,
    # The request may come after the file was closed: the right outlives it.
    Transition(
        frozenset({State.DELIVERED, State.EXECUTING, State.CLOSED, State.RESOLVED, State.WITHDRAWN}),
        State.REVIEW_ASKED,
        "第三十五条",
        starts=(Rule.REVIEW, Rule.REVIEW_ACCEPTANCE),
        meets=(Rule.REVIEW_REQUEST,),
        # Nobody orders what the body above may change; afterwards it is owed anew.
        cancels=(Rule.EXECUTION_ORDER, Rule.COMPLETION),
        no_ground="复查、复核期间不督促执行、不报告办结，答复后重新计算",
        letters=(REVIEW_REQUEST,),
        guards=(Guard.OPINION_STANDS,),
    ),
    # The petitioner brings or posts the request; whoever has it writes it down and passes it up.
    Duty(CLERKS | HANDLERS, (Desk.REGISTERED, Desk.RESPONSIBLE)),
    Place(Group.REVIEW, beside=True),
    {**_ASKED_FOR},
)
def ask_review(
    case: PetitionCase,
    *,
    requested_on: date,
    posted_on: date | None = None,
    claim: str,
    grounds: str,
    excuse: str = "",
    by: Post,
    at: datetime,
) -> Effect:
    """登记复查申请. It goes to the body that the opinion named; a late one goes there too, to be decided on.

    Raises Refusal for days that cannot be.
    """
    opinion = case.opinions.exclude(delivered_on=None).select_related("review_body").first()
    if opinion is None:
        raise Refusal("没有送达的处理意见，不能申请复查。")
    maker = case.responsible or case.registered_unit
    body = reviewing_body(opinion.review_body, maker, on=timezone.localdate(at))
    return _ask(
        case, ReviewKind.REVIEW, body=body, requested_on=requested_on, posted_on=posted_on,
        grounds=grounds, claim=claim, excuse=excuse, at=at,
    )  # fmt: skip


@action(
    Move.ASK_RECHECK,
    Transition(
        # Ended because nobody asked in time: who had a good reason may still be heard (山东省信访条例第四十六条).
        frozenset(
            {
                State.REVIEW_DELIVERED,
                State.EXECUTING,
                State.CLOSED,
                State.RESOLVED,
                State.ENDED,
                State.WITHDRAWN,
            }
        ),
        State.RECHECK_ASKED,
        "第三十六条第一款",
        starts=(Rule.RECHECK, Rule.RECHECK_ACCEPTANCE),
        meets=(Rule.RECHECK_REQUEST,),
        cancels=(Rule.EXECUTION_ORDER, Rule.COMPLETION),
        no_ground="复查、复核期间不督促执行、不报告办结，答复后重新计算",
        letters=(RECHECK_REQUEST,),
        guards=(Guard.ENDED_FOR_GOOD, Guard.REVIEW_STANDS),
    ),
    Duty(CLERKS | HANDLERS, (Desk.REGISTERED, Desk.RESPONSIBLE)),
    Place(Group.REVIEW, beside=True),
    {**_ASKED_FOR},
)
def ask_recheck(
    case: PetitionCase,
    *,
    body: Unit,
    requested_on: date,
    posted_on: date | None = None,
    claim: str,
    grounds: str,
    excuse: str = "",
    by: Post,
    at: datetime,
) -> Effect:
    """登记复核申请 to the body above the reviewer. Raises Refusal for one that is not next above it."""
    reviewed = case.reviews.filter(kind=ReviewKind.REVIEW).exclude(delivered_on=None).select_related("body").first()
    if reviewed is None:
        raise Refusal("没有送达的复查意见，不能申请复核。")
    refuse_not_above(
        body, reviewed.body, on=timezone.localdate(at), role="复核机关", article="第三十六条第一款", field="body"
    )
    return _ask(
        case, ReviewKind.RECHECK, body=body, requested_on=requested_on, posted_on=posted_on,
        grounds=grounds, claim=claim, excuse=excuse, at=at,
    )  # fmt: skip


def _accept(case: PetitionCase, *, note: str, at: datetime) -> Effect:
    review = current_review(case)
    is_barred = current_rulebook().on(timezone.localdate(at)).is_in_force(Norm.NO_REVIEW_IN_TIME)
    if is_barred and review.is_late and not review.excuse.strip():
        raise Refusal("该申请超过规定期限且没有正当理由（山东省信访条例第四十六条），应当不予受理。")
    review.accepted_on = timezone.localdate(at)
    review.save(update_fields=["accepted_on"])
    return Effect({"note": note})


def _decline(case: PetitionCase, *, ground: str, explanation: str, at: datetime) -> Effect:
    review, refusal = current_review(case), ReviewRefusal(ground)
    review.declined_on, review.refusal = timezone.localdate(at), refusal.value
    review.save(update_fields=["declined_on", "refusal"])
    case.holder = case.responsible or case.registered_unit
    if case.previous_state == State.ENDED:
        case.end_ground = EndGround.NO_REQUEST
    is_open = case.previous_state not in CLOSED_STATES
    right = resume_right(case, ReviewKind(review.kind), at=at, is_open=is_open)
    return Effect(
        {"ground": refusal.value, "note": explanation},
        facts={"reason": f"{refusal.label}。{explanation}"},
        moved=[right] if right else [],
    )


@action(
    Move.ACCEPT_REVIEW,
    Transition(
        frozenset({State.REVIEW_ASKED}),
        State.REVIEWING,
        "第三十五条、山东省信访条例第四十三条",
        meets=(Rule.REVIEW_ACCEPTANCE,),
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW, road=50),
    {"note": OPTIONAL_NOTE},
)
def accept_review(case: PetitionCase, *, note: str = "", by: Post, at: datetime) -> Effect:
    """受理复查. Raises Refusal for a late request without a good reason."""
    return _accept(case, note=note, at=at)


@action(
    Move.ACCEPT_RECHECK,
    Transition(
        frozenset({State.RECHECK_ASKED}),
        State.RECHECKING,
        "第三十六条第一款、山东省信访条例第四十四条",
        meets=(Rule.RECHECK_ACCEPTANCE,),
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW, road=60),
    {"note": OPTIONAL_NOTE},
)
def accept_recheck(case: PetitionCase, *, note: str = "", by: Post, at: datetime) -> Effect:
    """受理复核. Raises Refusal for a late request without a good reason."""
    return _accept(case, note=note, at=at)


@action(
    Move.DECLINE_REVIEW,
    Transition(
        frozenset({State.REVIEW_ASKED}),
        None,
        "第三十五条、山东省信访条例第四十三条",
        meets=(Rule.REVIEW_ACCEPTANCE,),
        cancels=(Rule.REVIEW,),
        grounds=DECLINING_REVIEW,
        letters=(REVIEW_REFUSAL,),
        returns=True,
        guards=(Guard.RECUSAL_DECIDED,),
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW),
    {**_DECLINED},
)
def decline_review(case: PetitionCase, *, ground: str, explanation: str, by: Post, at: datetime) -> Effect:
    """不予受理复查, in writing with the reason; the matter stands where it stood."""
    return _decline(case, ground=ground, explanation=explanation, at=at)


@action(
    Move.DECLINE_RECHECK,
    Transition(
        frozenset({State.RECHECK_ASKED}),
        None,
        "第三十六条第一款、山东省信访条例第四十四条",
        meets=(Rule.RECHECK_ACCEPTANCE,),
        cancels=(Rule.RECHECK,),
        grounds=DECLINING_REVIEW,
        letters=(REVIEW_REFUSAL,),
        returns=True,
        guards=(Guard.RECUSAL_DECIDED,),
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW),
    {**_DECLINED},
)
def decline_recheck(case: PetitionCase, *, ground: str, explanation: str, by: Post, at: datetime) -> Effect:
    """不予受理复核, in writing with the reason."""
    return _decline(case, ground=ground, explanation=explanation, at=at)
