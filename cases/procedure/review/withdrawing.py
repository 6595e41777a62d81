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
from cases.procedure.grounds import RIGHTS
from cases.procedure.review.requests import current_review
from cases.procedure.review.rights import last_day_of, let_stand
from cases.procedure.shared_fields import HAPPENED_ON, TOLD_NOTE
from cases.states import REVIEWERS, Duty, Group, Move, Paper, PaperKind, Place, State, Transition

_PAPER = Paper(PaperKind.WITHDRAWAL, help_text="信访人本人书写并签名的扫描件或者照片")
_NO_GROUND = "只终止信访人自己提出的申请，原意见和信访人的其他权利不受影响"
_WITHDRAWN = {"happened_on": HAPPENED_ON, "verified_by": EventField("核实："), "note": TOLD_NOTE}


def _row(sources: frozenset[State], target: State, article: str, cancels: tuple[Rule, ...]) -> Transition:
    return Transition(
        sources,
        target,
        article,
        cancels=cancels,
        letters=(REVIEW_WITHDRAWAL,),
        papers=(_PAPER,),
        no_ground=_NO_GROUND,
        moves=RIGHTS,
        unexplained="信访人自己撤回，期限不再约束任何人",
    )


def _withdraw(
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
    """撤回复查、复核申请: the matter stands where the opinion was delivered that the request was against.

    Raises Refusal without the free will, and for days that cannot be.
    """
    if not is_free_will:
        raise Refusal("撤回应当核实系信访人自愿，请核实后勾选。", field="is_free_will")
    review = current_review(case)
    refuse_future(withdrawn_on, at=at, field="withdrawn_on")
    if withdrawn_on < review.requested_on:
        raise Refusal(f"日期不能早于收到申请之日（{review.requested_on:%Y年%m月%d日}）。", field="withdrawn_on")
    review.ended_on = timezone.localdate(at)
    review.save(update_fields=["ended_on"])
    right = let_stand(case, review, at=at, is_open=True)
    is_left = right is not None and right.legal_on > timezone.localdate(at)
    remaining = f"你可以在{last_day_of(right)}再次提出申请" if right and is_left else ""
    told = {"happened_on": withdrawn_on.isoformat(), "verified_by": verified_by, "note": statement}
    facts = {"applied_on": withdrawn_on, "remaining": remaining}
    return Effect(told, facts=facts, moved=[right] if right else [])


withdraw_review = action(
    Move.WITHDRAW_REVIEW,
    _row(
        frozenset({State.REVIEW_ASKED, State.REVIEWING, State.REVIEW_DRAFTED}), State.DELIVERED,
        "第三十五条（信访人自愿）", (Rule.REVIEW, Rule.REVIEW_ACCEPTANCE),
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW, beside=True),
    _WITHDRAWN,
)(_withdraw)  # fmt: skip
withdraw_recheck = action(
    Move.WITHDRAW_RECHECK,
    _row(
        frozenset({State.RECHECK_ASKED, State.RECHECKING, State.RECHECK_HEARING, State.RECHECK_DRAFTED}),
        State.REVIEW_DELIVERED, "第三十六条（信访人自愿）",
        (Rule.RECHECK, Rule.RECHECK_ACCEPTANCE, Rule.HEARING_END),
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW, beside=True),
    _WITHDRAWN,
)(_withdraw)  # fmt: skip
