"""导入法定途径、诉访分离、变更办理途径: the way of 第三十一条 is chosen by who has the power, and can change.

The office chooses it at the triage, the unit that has the power when it has signed for the matter, and again when it
learns in the handling that a court, an arbitration or another procedure decides (第二十八条第二款).
"""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT
from binzhou_xinfang.letters.kinds.notices import STATUTORY_ROUTE
from binzhou_xinfang.records.event_fields import KEPT, EventField, chosen
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.engine import Effect, action
from cases.facts import Facts
from cases.legal_routes import routes_for
from cases.models import LegalRoute, PetitionCase
from cases.outcome import told_takers
from cases.procedure.intake import SORTED
from cases.procedure.shared_fields import REASON
from cases.states import (
    EVERY_CLOCK,
    HEADS,
    IN_HANDLING,
    OFFICE_HEADS,
    POWER,
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
from cases.vocabulary import ROUTED_WAYS, WAYS_OF_KIND, Channel, Kind, LegalWay, ReviewResult

_ORGAN = Paper(PaperKind.ORGAN_LETTER, is_needed=False, help_text="法院、仲裁、复议等机关的受理文书")
# It ends the petitioner's claim to an opinion: a head decides it, and never on what the own unit took in on itself.
_LEADERS = Duty(HEADS | OFFICE_HEADS, POWER)
_LED = {
    "procedure": EventField("法定途径："),
    "organ": EventField("受理机关："),
    "time_limit": EventField("提出期限："),
    "answer_limit": EventField("该机关的办理期限："),
    "units": KEPT,
}


def _basis(case: PetitionCase) -> str:
    label = str(case.get_legal_way_display())
    basis = f"《信访工作条例》{label.rpartition('（')[2].removesuffix('）')}"
    if case.kind == Kind.LITIGATION and case.channel == Channel.VISIT:
        basis += "、第二十二条第二款"
    return basis


def _led(
    case: PetitionCase, *, procedure: str, organ: str, time_limit: str, materials: str, answer_limit: str,
    by: Post, facts: Facts | None = None, **said: Any
) -> Effect:  # fmt: skip
    told = {"procedure": procedure, "organ": organ, "time_limit": time_limit, "answer_limit": answer_limit}
    basis = _basis(case)
    known = {
        "route": procedure, "organ": organ, "time_limit": time_limit, "materials": materials, "basis": basis,
        "answer_limit": answer_limit, "findings": f"该事项属于{basis}规定的情形",
        "result": f"已告知信访人通过{procedure}解决，向{organ}提出",
    }  # fmt: skip
    return Effect(told | said | told_takers(case, by), facts=known | (facts or {}))


@action(
    Move.ROUTE,
    Transition(
        SORTED,
        State.ROUTED,
        "第二十二条第二款、第二十八条第二款、第三十一条第一项至第四项",
        meets=(Rule.TRIAGE, Rule.NOTICE, Rule.ASSIGNMENT),
        cancels=EVERY_CLOCK,
        letters=(STATUTORY_ROUTE, COMPLETION_REPORT),
        no_ground="依法应当通过其他程序处理，期限按该程序计算",
        guards=(Guard.WAY_ROUTED, Guard.RECUSAL_DECIDED, Guard.OWN_REPORT),
    ),
    _LEADERS,
    Place(Group.INTAKE, road=190),
    {**_LED, "reason": REASON},
)
def route(
    case: PetitionCase,
    *,
    procedure: str,
    organ: str,
    time_limit: str,
    materials: str,
    answer_limit: str = "",
    listed: LegalRoute | None = None,
    reason: str = "",
    by: Post,
    at: datetime,
) -> Effect:
    """导入法定途径、诉访分离: the petitioner is told which procedure, which organ, until when, with what.

    Raises Refusal for an entry of the table that leads another way, and, where the table has none for this content,
    without a reason; by a petition office for what did not come by a visit and concerns litigation.
    """
    way = LegalWay(case.legal_way)
    _refuse_guided(case, by, on=timezone.localdate(at))
    _refuse_entry(listed, way)
    if listed not in routes_for(case.topic, way) and not reason.strip():
        raise Refusal("法定途径清单中没有该内容的这一途径，请写明理由。", field="reason")
    return _led(
        case, procedure=procedure, organ=organ, time_limit=time_limit, materials=materials, answer_limit=answer_limit,
        by=by, facts={"findings": reason} if reason else None, reason=reason,
    )  # fmt: skip


def _refuse_guided(case: PetitionCase, by: Post, *, on: date) -> None:
    """Raise Refusal for guiding who wrote: the letter itself goes to the 政法 organ of the level (第二十二条第二款).

    Where none is registered, the petitioner is told the way.
    """
    if case.kind != Kind.LITIGATION or case.channel == Channel.VISIT or by.unit.kind != UnitKind.PETITION_OFFICE:
        return
    here = Unit.objects.current(on).filter(kind=UnitKind.JUDICIAL, path__startswith=by.unit.area.path)
    organs = [unit.name for unit in here if unit.area == by.unit.area]
    if organs:
        raise Refusal(
            f"来信等反映的涉法涉诉问题应当转送同级政法部门依法处理（{'、'.join(organs)}），"
            "只有走访的才当场引导（第二十二条第二款）；请“转送”。"
        )


def _refuse_entry(listed: LegalRoute | None, way: LegalWay) -> None:
    if listed is not None and listed.way != way:
        raise Refusal(f"所选的法定途径不属于“{way.label}”，请重新选择。", field="listed")


@action(
    Move.CHANGE_WAY,
    Transition(frozenset({State.SIGNED_FOR}), None, "第三十一条", guards=(Guard.CLAIM,)),
    # What leaves 第六项 ends the claim to an opinion: a head's word, told to who assigned it, as later (`turning`).
    Duty(HEADS),
    Place(Group.INTAKE, beside=True),
    {
        "way_before": EventField("原途径：", chosen(LegalWay)),
        "way": EventField("变更为：", chosen(LegalWay)),
        "reason": REASON,
        "units": KEPT,
    },
)
def change_way(case: PetitionCase, *, legal_way: str, reason: str, by: Post, at: datetime) -> Effect:
    """变更办理途径 by the unit that has the power (第三十一条：有权处理的机关、单位应当区分情况); its 15 days run on.

    Raises Refusal for the same way again, and for one that the law does not give to this kind of matter.
    """
    way, before = LegalWay(legal_way), LegalWay(case.legal_way)
    if way is before:
        raise Refusal("该事项已经是这一办理途径，请选择其他途径。", field="legal_way")
    refuse_way(case, way)
    case.legal_way, case.is_simple = way.value, case.is_simple and way is LegalWay.PETITION
    return Effect({"way_before": before.value, "way": way.value, "reason": reason} | told_takers(case, by))


def change_of_way(case: PetitionCase, reason: str) -> str:
    """Tell the petitioner in the new notice what becomes of the old one; `case` still has its old way."""
    noticed = "受理告知书" if case.legal_way == LegalWay.PETITION else "处理途径告知书"
    # 简易受理 is told without a paper.
    earlier = "原告知" if case.is_simple else f"原《{noticed}》告知"
    return f"经核查，{reason.rstrip('。；，')}，{earlier}的途径和期限不再适用，改按本告知书办理"


def refuse_way(case: PetitionCase, way: LegalWay) -> None:
    """Raise Refusal for a way that the law does not give to this kind of matter."""
    kind = Kind(case.kind)
    if way not in WAYS_OF_KIND[kind]:
        raise Refusal(f"“{kind.label}”事项不能适用“{way.label}”，请重新选择办理途径。", field="legal_way")


@action(
    Move.LEAD_OUT,
    Transition(
        IN_HANDLING | {State.REDO_ORDERED},
        State.ROUTED,
        "第二十八条第二款、第三十一条第一项至第四项",
        # The 60 days are not kept by it: they end because the 条例 no longer gives them (第三十四条). Who assigned it
        # is told of the end by the report (第二十二条第一款第三项).
        meets=(Rule.ASSIGNMENT,),
        cancels=EVERY_CLOCK,
        letters=(STATUTORY_ROUTE, COMPLETION_REPORT),
        no_ground="依法应当通过其他程序处理，期限按该程序计算",
        guards=(Guard.LEADABLE, Guard.RECUSAL_DECIDED, Guard.OWN_REPORT),
        papers=(_ORGAN,),
    ),
    _LEADERS,
    Place(Group.HANDLING, beside=True),
    {
        **_LED,
        "way_before": EventField("原途径：", chosen(LegalWay)),
        "way": EventField("途径：", chosen(LegalWay)),
        "reason": REASON,
    },
)
def lead_out(
    case: PetitionCase,
    *,
    legal_way: str,
    reason: str,
    procedure: str,
    organ: str,
    time_limit: str,
    materials: str,
    answer_limit: str = "",
    listed: LegalRoute | None = None,
    papers: Papers,
    by: Post,
    at: datetime,
) -> Effect:
    """办理中导入法定途径、诉访分离: found only after the matter was taken up. The duties are cancelled, not met.

    Raises Refusal for a way that leads nowhere else, and for one that this kind of matter does not have; of what a body
    above has ordered to be done again, without the paper of the organ that has taken it up.
    """
    way, before = LegalWay(legal_way), LegalWay(case.legal_way)
    if way not in ROUTED_WAYS:
        raise Refusal("请选择诉讼、仲裁、党员申诉或者行政程序（第三十一条第一项至第四项）。", field="legal_way")
    refuse_way(case, way)
    _refuse_entry(listed, way)
    if case.review_result == ReviewResult.REVOKE and _ORGAN.kind not in papers:
        raise Refusal(
            "复查、复核机关责令重新处理的事项，有关机关已经受理的才可以导入，请附其受理文书。", field=_ORGAN.field
        )
    change = change_of_way(case, reason)
    case.legal_way = way.value
    # Back from the assigner, who had an extension to decide on.
    case.holder = case.responsible or case.holder
    return _led(
        case, procedure=procedure, organ=organ, time_limit=time_limit, materials=materials, answer_limit=answer_limit,
        by=by, facts={"findings": reason, "change": change},
        way_before=before.value, way=way.value, reason=reason,
    )  # fmt: skip
