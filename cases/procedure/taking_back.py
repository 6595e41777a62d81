"""收回转送、交办、转下级: the way back from a wrong unit before it has signed (条例第二十二条、第二十三条第一款)."""

from datetime import datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.kinds.handing_over import TAKING_BACK
from binzhou_xinfang.records.event_fields import KEPT, EventField
from binzhou_xinfang.statute.periods import Rule
from cases.engine import Effect, action
from cases.facts import handing_letter
from cases.models import PetitionCase
from cases.procedure.objection import give_back
from cases.procedure.shared_fields import REASON
from cases.states import HEADS, TRIAGERS, Desk, Duty, Group, Guard, Move, Place, State, Transition


@action(
    Move.TAKE_BACK,
    # The first due day of the office is kept, as when an objection is agreed to.
    Transition(
        frozenset({State.REFERRED, State.ASSIGNED}),
        State.TRIAGED,
        "第二十二条第一款",
        starts=(Rule.TRIAGE,),
        simple=(Rule.SIMPLE_RELAY,),
        cancels=(Rule.NOTICE, Rule.OBJECTION, Rule.ASSIGNMENT, Rule.SIMPLE_ACCEPTANCE),
        no_ground="单位尚未签收；信访部门按原期限继续处理",
        letters=(TAKING_BACK,),
        guards=(Guard.FROM_TRIAGE,),
    ),
    Duty(TRIAGERS, (Desk.SENDER,)),
    Place(Group.INTAKE, beside=True, tone="soon"),
    {"to_name": EventField("收回自："), "reason": REASON, "units": KEPT},
)
def take_back(case: PetitionCase, *, reason: str, by: Post, at: datetime) -> Effect:
    """收回转送、交办 while the unit has not signed for it: a wrong unit, or a wrong way. The unit is told by letter."""
    effect = _taken_back(case, reason, at)
    case.holder, case.responsible, case.assignee, case.assigner = by.unit, None, None, None
    case.is_assigned = case.needs_assigner = False
    return effect


def _taken_back(case: PetitionCase, reason: str, at: datetime) -> Effect:
    """Tell the unit that has it now by which letter it had come; `case` has not been changed yet."""
    unit, handed = case.holder, handing_letter(case)
    return Effect(
        {"to_name": unit.name, "reason": reason, "units": [unit.pk]},
        facts={
            "addressee": unit.name,
            "referral_number": handed.number if handed else "",
            "referred_on": handed.issued_on if handed else timezone.localdate(at),
            "reason": reason,
        },
    )


@action(
    Move.RETRIEVE,
    # The days of who passed it down are kept, as when the objection of the unit below is agreed to.
    Transition(
        frozenset({State.REFERRED}),
        State.SIGNED_FOR,
        "第二十三条第一款",
        starts=(Rule.NOTICE,),
        simple=(Rule.SIMPLE_ACCEPTANCE,),
        cancels=(Rule.NOTICE, Rule.OBJECTION, Rule.SIMPLE_ACCEPTANCE),
        no_ground="下级单位尚未签收；转办的单位按自己的原期限继续办理",
        letters=(TAKING_BACK,),
        guards=(Guard.LAST_PASSED_DOWN,),
    ),
    Duty(TRIAGERS | HEADS, (Desk.SENDER,)),
    Place(Group.INTAKE, beside=True, tone="soon"),
    {"to_name": EventField("收回自："), "reason": REASON, "units": KEPT},
)
def retrieve(case: PetitionCase, *, reason: str, by: Post, at: datetime) -> Effect:
    """收回转下级 while the unit below has not signed: who passed it on last has it again; an assignment stands."""
    effect = _taken_back(case, reason, at)
    give_back(case, by.unit)
    return effect
