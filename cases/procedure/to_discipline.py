"""移送纪检监察机关: the way of 检举控告 found at a unit that has no power over it (条例第二十二条第二款、第三十条).

Before it is passed on the office triages it as 检举控告; once a unit has it, this is the way out. It becomes sealed,
and exists from then on for nobody at the unit: the office that took it in decides on an objection of the organ.
"""

from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.handing_over import PROCEDURAL_ACCEPTANCE, REFERRAL
from binzhou_xinfang.records.event_fields import KEPT, EventField
from cases.attaching import Papers
from cases.engine import Effect, action
from cases.lateness import lapse_of, late_clock
from cases.models import PetitionCase, RequestAnswer
from cases.procedure.destinations import refuse_unfit_unit
from cases.procedure.referral import hold
from cases.procedure.shared_fields import TO_NAME
from cases.states import (
    EVERY_CLOCK,
    HEADS,
    IN_HANDLING,
    OFFICE_HEADS,
    TRANSITIONS,
    WITH_UNIT,
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
from cases.vocabulary import Kind, LegalWay

BASIS = "属于检举控告类信访事项，按照管理权限由纪检监察机关处理"


_REPORT = Paper(
    PaperKind.OTHER_PROOF,
    is_needed=False,
    help_text="反映违纪违法问题的来件、核查材料；承办的机关、单位移送的必须附",
)


def _refuse_of_own(case: PetitionCase, worker: int, papers: Papers, *, on: date) -> None:
    late = late_clock([case], [TRANSITIONS[Move.TO_DISCIPLINE]], unit=worker, on=on)
    if late is not None:
        raise Refusal(
            f"{lapse_of(late)}，不能由承办单位移送，请将材料报登记机构（本单位登记的，报上级信访部门），由其决定移送（第三十条）。"
        )
    if _REPORT.kind not in papers:
        raise Refusal("请附反映违纪违法问题的来件或者核查材料。", field=_REPORT.field)


@action(
    Move.TO_DISCIPLINE,
    Transition(
        # Whoever has it on the desk: a report does not wait until an objection or an extension is decided on.
        WITH_UNIT | IN_HANDLING | {State.OBJECTED, State.DISPUTED, State.REDO_ORDERED},
        State.REFERRED,
        "第二十二条第二款、第三十条",
        cancels=EVERY_CLOCK,
        letters=(REFERRAL, PROCEDURAL_ACCEPTANCE),
        no_ground="属于检举控告，由纪检监察机关按其规定处理，信访程序的期限不再计算",
        guards=(Guard.UNSEALED,),
        papers=(_REPORT,),
        alone="检举控告由纪检监察机关处理；承办单位在期限内移送的附来件，逾期的由登记机构或者上级信访部门决定（第二十二条第二款、第三十条）",
    ),
    # It ends the petitioner's claim to an opinion, and the unit sees it no more: a head decides it.
    Duty(HEADS | OFFICE_HEADS, (Desk.HOLDER, Desk.RESPONSIBLE, Desk.REGISTERED, Desk.DECIDER)),
    Place(Group.HANDLING, beside=True, tone="soon"),
    {"to_unit": KEPT, "to_name": TO_NAME, "reason": EventField("理由："), "units": KEPT},
)
def to_discipline(case: PetitionCase, *, to_unit: Unit, reason: str, papers: Papers, by: Post, at: datetime) -> Effect:
    """移送纪检监察机关, sealed: the unit's duties are cancelled, not met. Who is named for reports where it was taken
    in is told, and has the letters, which the unit can no longer read.

    Raises Refusal for a unit that is no organ of discipline, or stands within the accused one, and for a matter that an
    opinion has answered: what is reported beside a claim is registered by itself. Of the unit that handles it, too,
    without the report, and once a period of its own has ended: nobody puts off by it what he owes.
    """
    # While a body above decides on what the unit asked for, the unit is still the one that handles it.
    worker = case.responsible_id or case.holder_id
    if by.unit_id == worker:
        _refuse_of_own(case, worker, papers, on=timezone.localdate(at))
    if RequestAnswer.objects.filter(opinion__case=case, opinion__delivered_on__isnull=False).exists():
        raise Refusal("该事项已经作出并送达处理意见，其中的检举控告内容请由信访部门另行登记（第三十条）。")
    case.is_sealed, case.kind, case.legal_way = True, Kind.REPORT.value, LegalWay.DISCIPLINE.value
    case.legal_basis, case.is_simple = BASIS, False
    refuse_unfit_unit(case, to_unit, by=by, at=at)
    # The unit may not know of it any more (第三十条第三款): an objection of the organ comes to who took it in.
    case.sender, case.passers, case.assigner = case.registered_unit, [], None
    case.is_assigned = case.needs_assigner = False
    hold(case, to_unit)
    told = [case.registered_unit_id] if case.registered_unit_id != by.unit_id else []
    return Effect({"to_unit": to_unit.code, "to_name": to_unit.name, "reason": reason, "units": told})
