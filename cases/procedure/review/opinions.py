"""复查、复核的意见: drafted, signed by another hand, delivered; heard, revoked, published (第三十五条、第三十六条)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.hierarchy import refuse_not_above
from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.handling import DELIVERY_PROOF
from binzhou_xinfang.letters.kinds.review import RECHECK_OPINION, REVIEW_OPINION
from binzhou_xinfang.records.event_fields import EventField
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.engine import Effect, action, refuse_future
from cases.models import PetitionCase, Review
from cases.procedure.delivery import hand_over
from cases.procedure.delivery_entry import PROOFS, DeliveryEntry
from cases.procedure.opinion import refuse_unfit_wording
from cases.procedure.review.requests import current_review
from cases.procedure.shared_fields import DAYS, DELIVERED, HAPPENED_ON, NOTE, RESULT
from cases.states import (
    EVERY_CLOCK_BUT_EVALUATION,
    HANDLERS,
    OFFICE_HEADS,
    OWN,
    REVIEWERS,
    Duty,
    Group,
    Guard,
    Move,
    Place,
    State,
    Transition,
)
from cases.vocabulary import EndGround, LastAnswer, ReviewKind, ReviewResult


@dataclass(frozen=True)
class Decision:
    """The opinion of the body above. `above`: where a recheck may be asked for, unless it revokes; `redo_days` natural
    days; `needs_execution`: what it changes the opinion to supports something that has to be done.
    """

    result: str
    facts: str
    basis: str
    decision: str
    changed_to: str = ""
    needs_execution: bool = False
    redo_days: int | None = None
    above: Unit | None = None


def _draft(case: PetitionCase, opinion: Decision, *, by: Post, on: date) -> Effect:
    review, outcome = current_review(case), ReviewResult(opinion.result)
    if (outcome is ReviewResult.REVOKE) != (opinion.redo_days is not None):
        raise Refusal(
            "撤销的应当指定重新处理的天数；维持、变更的不填写（山东省信访条例第四十五条）。", field="redo_days"
        )
    if (outcome is ReviewResult.CHANGE) != bool(opinion.changed_to.strip()):
        raise Refusal("变更的应当写明变更后的处理意见；维持、撤销的不填写。", field="changed_to")
    if opinion.needs_execution and outcome is not ReviewResult.CHANGE:
        raise Refusal("只有变更的才填写变更后是否需要执行；维持的按原处理意见执行。", field="needs_execution")
    above = None if outcome is ReviewResult.REVOKE else opinion.above
    if above is None and review.kind == ReviewKind.REVIEW and outcome is not ReviewResult.REVOKE:
        raise Refusal("维持、变更的应当写明复核机关（第三十六条第一款）。", field="above")
    if above is not None:
        refuse_not_above(above, review.body, on=on, role="复核机关", article="第三十六条第一款", field="above")
    for name, value in (vars(opinion) | {"above": above}).items():
        setattr(review, name, value)
    review.drafted_by = case.drafter = by.user
    review.save(update_fields=[*vars(opinion), "drafted_by"])
    return Effect({"result": outcome.value})


def _sign(case: PetitionCase, *, by: Post, at: datetime) -> Effect:
    review, today = current_review(case), timezone.localdate(at)
    refuse_unfit_wording((review.facts, review.basis, review.decision, review.changed_to))
    review.signed_by, review.signed_on = by.user, today
    review.save(update_fields=["signed_by", "signed_on"])
    case.review_result, case.drafter = review.result, None
    if review.result == ReviewResult.CHANGE:
        _owe_what_it_says(case, review, on=today)
    return Effect({"result": review.result})


def _owe_what_it_says(case: PetitionCase, review: Review, *, on: date) -> None:
    """Let the changed opinion take the place of the unit's own: what it supports is owed, and nothing else."""
    case.owes_execution = review.needs_execution
    if not review.needs_execution:
        case.deadlines.running().filter(rule=Rule.EXECUTION).update(cancelled_on=on)


def _deliver(
    case: PetitionCase, delivery: DeliveryEntry, papers: Papers, *, gives_right: bool = False, by: Post, at: datetime
) -> Effect:
    effect = hand_over(case, delivery, papers, of=current_review(case), gives_right=gives_right, by=by, at=at)
    case.holder = case.responsible or case.registered_unit
    return effect


@action(
    Move.DRAFT_REVIEW,
    Transition(frozenset({State.REVIEWING}), State.REVIEW_DRAFTED, "第三十五条"),
    Duty(REVIEWERS, drafts=True),
    Place(Group.REVIEW, road=70),
    {"result": RESULT},
)
def draft_review(case: PetitionCase, *, opinion: Decision, by: Post, at: datetime) -> Effect:
    """拟稿复查意见: 维持, 变更, or 撤销 with the days for the redo."""
    return _draft(case, opinion, by=by, on=timezone.localdate(at))


@action(
    Move.DRAFT_RECHECK,
    Transition(frozenset({State.RECHECKING}), State.RECHECK_DRAFTED, "第三十六条第一款"),
    Duty(REVIEWERS, drafts=True),
    Place(Group.REVIEW, road=80),
    {"result": RESULT},
)
def draft_recheck(case: PetitionCase, *, opinion: Decision, by: Post, at: datetime) -> Effect:
    """拟稿复核意见, as `draft_review`; nobody stands above it."""
    return _draft(case, opinion, by=by, on=timezone.localdate(at))


@action(
    Move.RETURN_REVIEW,
    Transition(frozenset({State.REVIEW_DRAFTED}), State.REVIEWING, "第三十五条"),
    Duty(REVIEWERS),
    Place(Group.REVIEW),
    {"note": NOTE},
)
def return_review(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """退回复查意见, with what has to be mended."""
    case.drafter = None
    return Effect({"note": note})


@action(
    Move.RETURN_RECHECK,
    Transition(frozenset({State.RECHECK_DRAFTED}), State.RECHECKING, "第三十六条第一款"),
    Duty(REVIEWERS),
    Place(Group.REVIEW),
    {"note": NOTE},
)
def return_recheck(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """退回复核意见, with what has to be mended."""
    case.drafter = None
    return Effect({"note": note})


@action(
    Move.SIGN_REVIEW,
    Transition(
        frozenset({State.REVIEW_DRAFTED}),
        State.REVIEW_ISSUED,
        "第三十五条、山东省信访条例第四十五条",
        letters=(REVIEW_OPINION, DELIVERY_PROOF),
        guards=(Guard.RECUSAL_DECIDED,),
        late=(Rule.REVIEW,),
        moves=(Rule.EXECUTION,),
    ),
    Duty(REVIEWERS, other_hand=True),
    Place(Group.REVIEW, road=100),
    {"result": RESULT},
)
def sign_review(case: PetitionCase, *, by: Post, at: datetime) -> Effect:
    """签发复查意见; the 30 days are met when it is sent. Raises Refusal for unfit wording."""
    return _sign(case, by=by, at=at)


@action(
    Move.SIGN_RECHECK,
    Transition(
        frozenset({State.RECHECK_DRAFTED}),
        State.RECHECK_ISSUED,
        "第三十六条第一款",
        letters=(RECHECK_OPINION, DELIVERY_PROOF),
        guards=(Guard.RECUSAL_DECIDED, Guard.HEARING_DECIDED),
        late=(Rule.RECHECK,),
        moves=(Rule.EXECUTION,),
    ),
    Duty(REVIEWERS, other_hand=True),
    Place(Group.REVIEW, road=110),
    {"result": RESULT},
)
def sign_recheck(case: PetitionCase, *, by: Post, at: datetime) -> Effect:
    """签发复核意见; the 30 days are met when it is sent. Raises as `sign_review`."""
    return _sign(case, by=by, at=at)


@action(
    Move.DELIVER_REVIEW,
    Transition(
        frozenset({State.REVIEW_ISSUED}),
        State.REVIEW_DELIVERED,
        "第三十六条第一款",
        starts=(Rule.RECHECK_REQUEST,),
        meets=(Rule.REVIEW, Rule.DELIVERY),
        papers=PROOFS,
        guards=(Guard.UPHELD,),
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW, road=130),
    {**DELIVERED},
)
def deliver_review(case: PetitionCase, *, delivery: DeliveryEntry, papers: Papers, by: Post, at: datetime) -> Effect:
    """送达复查意见; the petitioner's 30 days for a recheck count from this day."""
    case.last_answer = LastAnswer.REVIEW
    return _deliver(case, delivery, papers, gives_right=True, by=by, at=at)


@action(
    Move.DELIVER_RECHECK,
    Transition(
        frozenset({State.RECHECK_ISSUED}),
        State.ENDED,
        "第三十六条第三款",
        meets=(Rule.RECHECK, Rule.DELIVERY, Rule.ARRIVAL),
        cancels=tuple(rule for rule in EVERY_CLOCK_BUT_EVALUATION if rule is not Rule.EXECUTION),
        no_ground="复核意见送达，信访程序终结",
        papers=PROOFS,
        guards=(Guard.UPHELD,),
        # The end of the road for the petitioner; for the unit, when it has done what was supported (第三十二条第二款).
        owing=State.EXECUTING,
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW, road=140),
    {**DELIVERED},
)
def deliver_recheck(case: PetitionCase, *, delivery: DeliveryEntry, papers: Papers, by: Post, at: datetime) -> Effect:
    """送达复核意见: the end of the road; the same facts and reasons are not taken again (第三十六条第三款)."""
    case.last_answer, case.end_ground = LastAnswer.RECHECK, EndGround.RECHECKED
    return _deliver(case, delivery, papers, by=by, at=at)


@action(
    Move.ORDER_REDO,
    Transition(
        frozenset({State.REVIEW_ISSUED, State.RECHECK_ISSUED}),
        State.REDO_ORDERED,
        "山东省信访条例第四十五条",
        starts=(Rule.REDO,),
        meets=(Rule.REVIEW, Rule.RECHECK, Rule.DELIVERY),
        cancels=(Rule.EXECUTION,),
        no_ground="原意见已被撤销，由重新处理的期限代替",
        papers=PROOFS,
        guards=(Guard.REVOKED,),
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW, road=120),
    {"days": DAYS, **DELIVERED},
)
def order_redo(case: PetitionCase, *, delivery: DeliveryEntry, papers: Papers, by: Post, at: datetime) -> Effect:
    """责令重新处理 in the days that the revoking opinion set; both parties have it."""
    effect, days = _deliver(case, delivery, papers, by=by, at=at), current_review(case).redo_days
    case.last_answer, case.owes_execution = "", False
    # The unit has it from now on, however long ago the petitioner received his copy.
    effect.days, effect.day = days, timezone.localdate(at)
    effect.detail["days"] = days
    return effect


@action(
    Move.RESTART,
    Transition(frozenset({State.REDO_ORDERED}), State.HANDLING, "山东省信访条例第四十五条"),
    Duty(HANDLERS),
    Place(Group.HANDLING, road=150),
)
def restart(case: PetitionCase, *, by: Post, at: datetime) -> Effect:
    """重新办理 by the unit whose opinion was revoked; the period has run since the order was received."""
    case.assignee = by.user
    return Effect()


@action(
    Move.PUBLISH,
    Transition(frozenset({State.ENDED, State.END_CONFIRMED}), None, "第三十六条第二款", guards=(Guard.HEARD,)),
    Duty(OFFICE_HEADS, OWN),
    Place(Group.REVIEW, beside=True),
    {"happened_on": HAPPENED_ON, "where": EventField("公示平台：")},
)
def publish(case: PetitionCase, *, where: str, published_on: date, by: Post, at: datetime) -> Effect:
    """公示复核意见 that was heard (第三十六条第二款)."""
    review = current_review(case)
    if review.published_on is not None:
        raise Refusal(f"该复核意见已于{review.published_on:%Y年%m月%d日}公示。")
    refuse_future(published_on, at=at, field="published_on")
    if review.delivered_on is not None and published_on < review.delivered_on:
        raise Refusal("公示日期不能早于复核意见的送达日期。", field="published_on")
    review.published_on = published_on
    review.save(update_fields=["published_on"])
    return Effect({"where": where, "happened_on": published_on.isoformat()})
