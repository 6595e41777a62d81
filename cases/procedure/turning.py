"""变更办理途径 once the petitioner was told: an opinion, or an answer by statutory duty (第三十一条第五项、第六项).

What ends the claim to an opinion and a review is a head's decision on a ground of the list; what gives them is that of
anybody who handles. The nature of a matter (事项性质) is the office's to sort: a claim becomes advice only by the word
of who made it, and a claim again by that of the unit; what proves a report of wrongdoing goes another way
(`to_discipline`). The period of either way
counts from the first notice: nobody gains days by the detour.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE, OWN_WAY_NOTICE
from binzhou_xinfang.records.event_fields import KEPT, EventField, chosen
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.engine import Effect, action
from cases.models import PetitionCase
from cases.outcome import told_takers
from cases.procedure.grounds import TURNING
from cases.procedure.leading import change_of_way
from cases.procedure.own_way import refuse_unfounded
from cases.procedure.shared_fields import DAYS, PERIOD_BASIS, REASON
from cases.states import (
    ACCEPTED,
    HANDLERS,
    HEADS,
    Desk,
    Duty,
    Group,
    Guard,
    Move,
    Paper,
    PaperKind,
    Place,
    State,
    Transition,
)
from cases.states.ground_lists import OtherWay
from cases.vocabulary import Kind, LegalWay

_TURNED = {
    "way_before": EventField("原途径：", chosen(LegalWay)),
    "way": EventField("变更为：", chosen(LegalWay)),
    "reason": REASON,
    "units": KEPT,
}
_WAY_OF = {OtherWay.DUTY: LegalWay.STATUTORY_DUTY, OtherWay.ADVICE: LegalWay.ADVICE}


def _told(case: PetitionCase, before: LegalWay, way: LegalWay, reason: str, by: Post) -> dict[str, Any]:
    """Tell who took the matter in and who assigned it what is changed: the days of a way are the unit's own word."""
    return {"way_before": before.value, "way": way.value, "reason": reason} | told_takers(case, by)


@action(
    Move.TAKE_AS_DUTY,
    Transition(
        ACCEPTED,
        State.UNDERTAKEN,
        "第二十九条、第三十一条第五项",
        starts=(Rule.OWN_WAY,),
        # The 60 days bind 第三十一条第六项 alone (第三十四条); what has lapsed stays lapsed.
        cancels=(Rule.HANDLING, Rule.SIMPLE_HANDLING, Rule.EXTENSION_DECISION),
        letters=(OWN_WAY_NOTICE,),
        guards=(Guard.WAY_PETITION, Guard.NOT_REDONE, Guard.RECUSAL_DECIDED),
        papers=(Paper(PaperKind.OTHER_PROOF, is_needed=False, help_text="信访人说明所提系建议意见的书面材料"),),
        grounds=TURNING,
        alone="有法定职责的机关、单位依法履行或者答复，书面告知（第三十一条第五项）；改按建议意见的，须信访人书面说明",
    ),
    # Its own, also while an extension waits with who assigned it.
    Duty(HEADS, (Desk.RESPONSIBLE,)),
    Place(Group.HANDLING, beside=True),
    {"ground": EventField("情形：", chosen(OtherWay)), **_TURNED, "days": DAYS, "period_basis": PERIOD_BASIS},
)
def take_as_duty(
    case: PetitionCase,
    *,
    ground: str,
    reason: str,
    days: int,
    period_basis: str = "",
    contact_phone: str,
    papers: Papers,
    by: Post,
    at: datetime,
) -> Effect:
    """转依职责办理: the unit finds that it has to act or answer by another law, not to give an opinion. An opinion in
    the making is dropped; `days` (natural) count from the first notice. Raises Refusal for days that are over, and for
    more than those of an opinion without the rule that gives them.
    """
    refuse_unfounded(days, period_basis)
    told = case.deadlines.filter(rule__in=(Rule.HANDLING, Rule.SIMPLE_HANDLING)).order_by("pk").first()
    if told is not None and told.started_on + timedelta(days=days) < timezone.localdate(at):
        raise Refusal("期限自原告知之日起算，该天数已经届满，请按该途径规定的期限填写。", field="days")
    before, way, change = LegalWay(case.legal_way), _WAY_OF[OtherWay(ground)], change_of_way(case, reason)
    case.legal_way, case.is_simple, case.drafter = way.value, False, None
    if way is LegalWay.ADVICE:
        case.kind = Kind.ADVICE.value
    case.holder = by.unit
    case.opinions.filter(signed_on=None).delete()
    case.assignee = case.assignee or by.user
    return Effect(
        {"ground": ground, "days": days, "period_basis": period_basis} | _told(case, before, way, reason, by),
        days=days,
        facts={
            "handler": case.assignee.name,
            "handler_phone": contact_phone,
            "change": change,
            "period_basis": period_basis,
        },
    )


@action(
    Move.TAKE_AS_CLAIM,
    Transition(
        frozenset({State.UNDERTAKEN}),
        State.ACCEPTED,
        "第三十一条第六项、第三十四条",
        starts=(Rule.HANDLING,),
        cancels=(Rule.OWN_WAY,),
        no_ground="应当出具信访处理意见书，期限自原告知之日起算",
        letters=(ACCEPTANCE,),
        guards=(Guard.ONCE_CLAIM, Guard.RECUSAL_DECIDED),
    ),
    Duty(HANDLERS),
    Place(Group.HANDLING, beside=True),
    _TURNED,
)
def take_as_claim(case: PetitionCase, *, reason: str, contact_phone: str, by: Post, at: datetime) -> Effect:
    """转信访程序办理: no other law obliges the unit, or the claim was not advice after all, so that it owes an opinion;
    the 60 days count from the first notice."""
    before, change = LegalWay(case.legal_way), change_of_way(case, reason)
    case.kind, case.legal_way = Kind.CLAIM.value, LegalWay.PETITION.value
    case.assignee = case.assignee or by.user
    facts = {"handler": case.assignee.name, "handler_phone": contact_phone, "change": change}
    return Effect(_told(case, before, LegalWay.PETITION, reason, by), facts=facts)
