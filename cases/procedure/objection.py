"""异议: a unit has no power over what was passed on to it, and who passed it on decides (条例第二十三条第三款)."""

from datetime import datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.handing_over import OBJECTION
from binzhou_xinfang.records.event_fields import Ask, EventField
from binzhou_xinfang.statute.periods import Rule
from cases.clocks.moving import say_length
from cases.engine import Effect, action, running_clock
from cases.models import PetitionCase
from cases.procedure.referral import hold
from cases.procedure.shared_fields import NOTE
from cases.states import (
    HANDLERS,
    HEADS,
    TRIAGERS,
    WITH_UNIT,
    Duty,
    Group,
    Guard,
    Move,
    Place,
    State,
    Transition,
)


@action(
    Move.OBJECT,
    Transition(
        WITH_UNIT,
        State.OBJECTED,
        "第二十三条第三款",
        meets=(Rule.OBJECTION,),
        letters=(OBJECTION,),
        guards=(Guard.HANDED_OVER, Guard.RECUSAL_DECIDED),
    ),
    Duty(HANDLERS | TRIAGERS),
    Place(Group.INTAKE, tone="soon"),
    {
        "reason": EventField(
            "理由：", ask=Ask("异议理由", "应当详细说明理由（第二十三条），至少10字", rows=5, least=10, longest=2000)
        ),
        "proper_unit": EventField("建议承办单位：", ask=Ask("建议由谁办理", required=False, rows=1, longest=100)),
    },
)
def object_to_referral(case: PetitionCase, *, reason: str, proper_unit: str = "", by: Post, at: datetime) -> Effect:
    """异议: the unit has no power over the matter. Raises Refusal after the last day or a second time."""
    clock = running_clock(case, Rule.OBJECTION)
    if clock is None and not case.holder.has_own_rules:
        raise Refusal(
            "本单位已提出过一次异议，或者已将该事项转下级办理，应当继续办理（第二十三条）；对受理有争议的，请提请指定管辖。"
        )
    if clock is not None and timezone.localdate(at) > clock.legal_on:
        raise Refusal(
            f"异议应当在收到之日起{say_length(clock)}内提出，期限已于{clock.legal_on:%Y年%m月%d日}届满，请依法办理。"
        )
    case.holder = case.sender or case.registered_unit
    return Effect(
        {"reason": reason, "proper_unit": proper_unit},
        facts={"reasons": [reason], "proper_unit": proper_unit or "有权处理的机关、单位"},
    )


@action(
    Move.AGREE_OBJECTION,
    # The first due day of the office is kept: 条例 knows no pause for an objection.
    Transition(
        frozenset({State.OBJECTED}),
        State.REGISTERED,
        "第二十三条第三款",
        starts=(Rule.TRIAGE,),
        cancels=(Rule.NOTICE, Rule.ASSIGNMENT, Rule.SIMPLE_ACCEPTANCE),
        no_ground="异议经核实同意，单位没有这项职责；信访部门按原期限继续处理",
        guards=(Guard.SORTED_HERE,),
    ),
    Duty(TRIAGERS | HEADS),
    Place(Group.INTAKE, road=160),
    {"returned_by": EventField("退回单位："), "note": NOTE},
)
def agree_objection(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """核实同意: the material comes back for a new triage; the office's first due day is kept."""
    returned_by = case.responsible.name if case.responsible else ""
    # `sender` stays: it tells that the matter was handed over before, and who took a report in no longer sees it.
    case.responsible = case.assignee = case.assigner = None
    case.is_assigned = case.needs_assigner = case.is_simple = False
    return Effect({"note": note, "returned_by": returned_by})


@action(
    Move.RECLAIM,
    # 条例 knows no pause for an objection: who passed it down goes on with the days that it had.
    Transition(
        frozenset({State.OBJECTED}),
        State.SIGNED_FOR,
        "第二十三条第三款",
        starts=(Rule.NOTICE,),
        cancels=(Rule.NOTICE, Rule.SIMPLE_ACCEPTANCE),
        no_ground="异议经核实同意，下级单位没有这项职责；转办的单位按自己的原期限继续办理",
        simple=(Rule.SIMPLE_ACCEPTANCE,),
        guards=(Guard.PASSED_DOWN,),
    ),
    Duty(TRIAGERS | HEADS),
    Place(Group.INTAKE, road=165),
    {"returned_by": EventField("退回单位："), "note": NOTE},
)
def reclaim(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """核实同意 by who had passed it down: the matter is its own again, as it was signed for; the assignment stands."""
    returned_by = case.responsible.name if case.responsible else ""
    give_back(case, by.unit)
    return Effect({"note": note, "returned_by": returned_by})


def give_back(case: PetitionCase, unit: Unit) -> None:
    """Give the matter back to the unit that passed it down last."""
    case.passers = case.passers[:-1]
    case.sender = _passed_on_by(case, to=unit)
    hold(case, unit)


def _passed_on_by(case: PetitionCase, *, to: Unit) -> Unit | None:
    """Find who passed the matter on to this unit: the one before in the line, or the desk that sorted it."""
    if case.passers:
        return Unit.objects.get(pk=case.passers[-1])
    return None if case.registered_unit_id == to.pk else case.registered_unit


@action(
    Move.REFUSE_OBJECTION,
    Transition(frozenset({State.OBJECTED}), None, "第二十三条第三款", returns=True),
    Duty(TRIAGERS | HEADS),
    Place(Group.INTAKE),
    {"note": NOTE},
)
def refuse_objection(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """不同意异议: the unit goes on; its clocks have run all the time."""
    case.holder = case.responsible or case.holder
    return Effect({"note": note})
