"""撤回复查、复核申请: the request rests, the opinion that it was against stands, and nothing else ends.

The 条例 does not speak of it (reference §1.6); it is a narrower word than to withdraw the matter, and takes no right.
"""

from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.refusals import REVIEW_WITHDRAWAL
from binzhou_xinfang.records.event_fields import EventField
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.engine import Effect, action, refuse_future
from cases.models import PetitionCase
from cases.procedure.review.requests import current_review
from cases.procedure.review.rights import resume_right
from cases.procedure.shared_fields import HAPPENED_ON, TOLD_NOTE
from cases.states import REVIEWERS, Duty, Group, Move, Paper, PaperKind, Place, State, Transition
from cases.vocabulary import ReviewKind

_PAPER = Paper(PaperKind.WITHDRAWAL, help_text="信访人本人书写并签名的扫描件或者照片")
_NO_GROUND = "只终止信访人自己提出的申请，原意见和信访人的其他权利不受影响"
_WITHDRAWN = {"happened_on": HAPPENED_ON, "verified_by": EventField("核实："), "note": TOLD_NOTE}


def _withdraw(
    case: PetitionCase, *, statement: str, withdrawn_on: date, verified_by: str, is_free_will: bool, at: datetime
) -> Effect:
    if not is_free_will:
        raise Refusal("撤回应当核实系信访人自愿，请核实后勾选。", field="is_free_will")
    review = current_review(case)
    refuse_future(withdrawn_on, at=at, field="withdrawn_on")
    if withdrawn_on < review.requested_on:
        raise Refusal(f"日期不能早于收到申请之日（{review.requested_on:%Y年%m月%d日}）。", field="withdrawn_on")
    review.ended_on = timezone.localdate(at)
    review.save(update_fields=["ended_on"])
    right = resume_right(case, ReviewKind(review.kind), at=at, is_open=True)
    case.holder, case.drafter = case.responsible or case.registered_unit, None
    is_left = right is not None and right.legal_on > timezone.localdate(at)
    remaining = f"你可以在{right.legal_on:%Y年%m月%d日}以前（含当日）再次提出申请" if right and is_left else ""
    told = {"happened_on": withdrawn_on.isoformat(), "verified_by": verified_by, "note": statement}
    facts = {"applied_on": withdrawn_on, "remaining": remaining}
    return Effect(told, facts=facts, moved=[right] if right else [])


@action(
    Move.WITHDRAW_REVIEW,
    Transition(
        frozenset({State.REVIEW_ASKED, State.REVIEWING, State.REVIEW_DRAFTED}),
        State.DELIVERED,
        "第三十五条（信访人自愿）",
        cancels=(Rule.REVIEW, Rule.REVIEW_ACCEPTANCE),
        letters=(REVIEW_WITHDRAWAL,),
        papers=(_PAPER,),
        no_ground=_NO_GROUND,
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW, beside=True),
    _WITHDRAWN,
)
def withdraw_review(
    case: PetitionCase,
    *,
    statement: str,
    withdrawn_on: date,
    verified_by: str,
    is_free_will: bool,
    papers: Papers,
    by: Post,
    at: datetime,
) -> Effect:
    """撤回复查申请: the matter stands where the opinion was delivered. Raises Refusal without the free will."""
    return _withdraw(
        case, statement=statement, withdrawn_on=withdrawn_on, verified_by=verified_by, is_free_will=is_free_will, at=at
    )


@action(
    Move.WITHDRAW_RECHECK,
    Transition(
        frozenset({State.RECHECK_ASKED, State.RECHECKING, State.RECHECK_HEARING, State.RECHECK_DRAFTED}),
        State.REVIEW_DELIVERED,
        "第三十六条（信访人自愿）",
        cancels=(Rule.RECHECK, Rule.RECHECK_ACCEPTANCE, Rule.HEARING_END),
        letters=(REVIEW_WITHDRAWAL,),
        papers=(_PAPER,),
        no_ground=_NO_GROUND,
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW, beside=True),
    _WITHDRAWN,
)
def withdraw_recheck(
    case: PetitionCase,
    *,
    statement: str,
    withdrawn_on: date,
    verified_by: str,
    is_free_will: bool,
    papers: Papers,
    by: Post,
    at: datetime,
) -> Effect:
    """撤回复核申请: the matter stands where the opinion of the review was delivered. Raises as `withdraw_review`."""
    effect = _withdraw(
        case, statement=statement, withdrawn_on=withdrawn_on, verified_by=verified_by, is_free_will=is_free_will, at=at
    )
    reviewed = case.reviews.filter(kind=ReviewKind.REVIEW).exclude(delivered_on=None).first()
    case.review_result = reviewed.result if reviewed else ""
    return effect
