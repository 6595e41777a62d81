"""撤回 by the petitioner's own writing (条例第十七条): nobody withdraws what is another's.

The petition office confirms it; what the petitioner may still ask for above goes on.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.ending import WITHDRAWAL
from binzhou_xinfang.records.event_fields import KEPT, EventField, chosen, lines
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.engine import Effect, action, refuse_impossible
from cases.merged import merged_into
from cases.models import PetitionCase, Petitioner
from cases.outcome import told_units
from cases.people import is_same_person, others_of
from cases.procedure.ending import drop_pending
from cases.procedure.grounds import RIGHTS, WITHDRAWING
from cases.procedure.review.rights import last_day_of, let_stand
from cases.procedure.shared_fields import HAPPENED_ON, TOLD_NOTE
from cases.states import (
    HEADS,
    NOT_ALONE,
    OFFICE_HEADS,
    OPEN,
    Duty,
    Group,
    Move,
    Paper,
    PaperKind,
    Place,
    State,
    Transition,
)
from cases.states.ground_lists import AskedEnd

# What the petitioner may still claim is not the office's to end, whoever withdraws what.
_KEPT = frozenset({Rule.REVIEW_REQUEST, Rule.RECHECK_REQUEST, Rule.JUDICIAL_CONFIRMATION, Rule.EVALUATION})


@action(
    Move.WITHDRAW,
    # 条例 does not speak of a withdrawal (reference §1.6): practice takes it when it is signed and free.
    Transition(
        OPEN,
        State.WITHDRAWN,
        "第十七条（信访人自愿）",
        meets=(Rule.END_DECISION,),
        cancels=tuple(rule for rule in Rule if rule not in _KEPT),
        unexplained="信访人自己撤回，期限不再约束任何人",
        letters=(WITHDRAWAL,),
        papers=(Paper(PaperKind.WITHDRAWAL, help_text="信访人本人书写并签名的扫描件或者照片"),),
        grounds=WITHDRAWING,
        moves=RIGHTS,
    ),
    Duty(OFFICE_HEADS | HEADS, NOT_ALONE),
    Place(Group.ENDING, beside=True),
    {
        "ground": EventField("理由：", chosen(AskedEnd)),
        "happened_on": HAPPENED_ON,
        "verified_by": EventField("核实："),
        "signed_by": EventField("一并签名的信访人：", lines),
        "note": TOLD_NOTE,
        "units": KEPT,
    },
)
def withdraw(
    case: PetitionCase,
    *,
    ground: str = AskedEnd.WITHDRAWN,
    statement: str,
    withdrawn_on: date,
    verified_by: str,
    is_free_will: bool,
    signed_by: Collection[Petitioner] = (),
    papers: Papers,
    by: Post,
    at: datetime,
) -> Effect:
    """撤回: the petitioner's own writing, its free will asked for and written down; the petition office confirms it.

    The duties end; what the petitioner may still ask for above goes on. Raises Refusal without the free will, and while
    a signed answer is on its way to the petitioner, or while others who made the claim with him have not signed too.
    """
    if not is_free_will:
        raise Refusal("撤回应当核实系信访人自愿，请核实后勾选。", field="is_free_will")
    refuse_impossible(case, withdrawn_on, at=at, field="withdrawn_on")
    _refuse_without_the_others(case, signed_by)
    if case.is_sent:
        # Who has received it may ask for a review, and nobody knows yet whether he has.
        raise Refusal(
            "意见书已经交邮或者公告，送达结果尚未登记；请先登记送达，再办理撤回，以免影响信访人申请复查、复核。"
        )
    units = told_units(case, by)
    # A request that has no opinion yet used the right: it goes on, as where the request alone is withdrawn.
    asked = case.reviews.filter(declined_on=None, ended_on=None, delivered_on=None).first()
    resumed = let_stand(case, asked, at=at, is_open=False) if asked else None
    right = resumed or case.deadlines.running().filter(rule__in=RIGHTS).first()
    remaining = f"你对已送达意见申请复查、复核的权利不受影响，可以在{last_day_of(right)}提出" if right else ""
    drop_pending(case, on=timezone.localdate(at))
    detail = {"ground": ground, "note": statement, "verified_by": verified_by, "happened_on": withdrawn_on.isoformat()}
    also = {"signed_by": [person.name for person in signed_by]} if signed_by else {}
    facts = {"applied_on": withdrawn_on, "remaining": remaining}
    return Effect(detail | units | also, facts=facts, moved=[resumed] if resumed else [])


def _refuse_without_the_others(case: PetitionCase, signed_by: Collection[Petitioner]) -> None:
    """Raise Refusal while somebody who made the claim with the first petitioner goes on with it: nobody withdraws what
    is another's. Who came by a matter of his own that was merged in goes on with that one (`parting`)."""
    merged = [one.lead for one in merged_into(case)]
    signed = {person.pk for person in signed_by}
    others = [person for person in others_of(case) if not any(is_same_person(person, lead) for lead in merged)]
    if left := [person.name for person in others if person.pk not in signed]:
        raise Refusal(
            f"{'、'.join(left)}没有在撤回申请书上签名，其诉求应当继续办理，不能撤回；本人不再参加的，登记补充信息说明。",
            field="signed_by",
        )
