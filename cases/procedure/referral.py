"""甄别、转送、交办、签收: from the office's desk to the unit's (条例第二十二条、第二十三条)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.handing_over import ASSIGNMENT, PROCEDURAL_ACCEPTANCE, REFERRAL
from binzhou_xinfang.records.event_fields import KEPT, EventField, chosen
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.overlay import Norm
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from cases.engine import Effect, action
from cases.models import PetitionCase, Topic
from cases.procedure.destinations import (
    is_below,
    refuse_other_place,
    refuse_other_system,
    refuse_unfit_unit,
)
from cases.procedure.shared_fields import DAYS, TO_NAME, TOLD_NOTE
from cases.states import (
    HANDLERS,
    HEADS,
    OFFICE_HEADS,
    TRIAGERS,
    UNTOUCHED,
    WITH_UNIT,
    Duty,
    Group,
    Guard,
    Move,
    Place,
    State,
    Transition,
)
from cases.vocabulary import CLAIMING, WAYS_OF_KIND, Channel, Kind, LegalWay, Purpose, SimpleReason


@action(
    Move.TRIAGE,
    Transition(
        UNTOUCHED,
        State.TRIAGED,
        "第二十二条",
        cancels=(Rule.SIMPLE_RELAY,),
        simple=(Rule.SIMPLE_RELAY,),
        no_ground="按重新甄别的程序计算",
    ),
    Duty(TRIAGERS),
    Place(Group.INTAKE, road=20),
    {
        "kind": EventField("事项性质：", chosen(Kind)),
        "simple": EventField("简易办理：", chosen(SimpleReason)),
        "way": EventField("方式：", chosen(LegalWay)),
        "basis": EventField("管辖依据："),
        "topic": KEPT,
    },
)
def triage(
    case: PetitionCase,
    *,
    kind: str,
    legal_way: str,
    legal_basis: str,
    topic: Topic,
    simple: str = "",
    by: Post,
    at: datetime,
) -> Effect:
    """Settle nature, legal way and topic: nothing is passed on without them. `simple`: why the simple procedure fits.

    Raises Refusal when the way is not one that the law gives to this kind of matter, when a claim is called advice, or
    when it is not a simple one.
    """
    if LegalWay(legal_way) not in WAYS_OF_KIND[Kind(kind)]:
        raise Refusal(
            f"“{Kind(kind).label}”事项不能适用“{LegalWay(legal_way).label}”，请重新选择办理途径。", field="legal_way"
        )
    if kind == Kind.ADVICE and case.purpose in CLAIMING:
        raise Refusal(
            f"登记的信访目的是“{Purpose(case.purpose).label}”，信访人提出的是请求，不能按建议意见类办理（第三十一条）；"
            "登记有误的，请先更正登记。",
            field="kind",
        )
    case.kind, case.legal_way, case.legal_basis, case.topic = kind, legal_way, legal_basis, topic
    # 第三十条第三款：检举控告材料不得透露；once sealed, a matter is not opened again by a later change of its kind.
    case.is_sealed = case.is_sealed or kind == Kind.REPORT
    case.is_simple = bool(simple)
    if simple:
        refuse_not_simple(case, on=timezone.localdate(at))
    chosen = {"simple": SimpleReason(simple).value} if simple else {}
    return Effect({"kind": kind, "way": legal_way, "basis": legal_basis, "topic": topic.pk} | chosen)


def refuse_not_simple(case: PetitionCase, *, on: date) -> None:
    """Raise Refusal when the simple procedure may not be used on the day (信访事项简易办理办法第四条、第五条)."""
    regime = current_rulebook().on(on)
    hindrances = (
        (not regime.value(Key.SIMPLE_PROCEDURE), "本局没有启用简易办理"),
        (case.legal_way != LegalWay.PETITION, "依法应当通过其他法定途径处理"),
        (case.channel == Channel.FROM_ABOVE or case.is_assigned, "上级交办"),
        (case.petition_count > 1 or case.follows_id is not None, "不是初次信访事项"),
        (case.is_group, "集体访、联名信访"),
        (case.is_urgent, "重大紧急"),
        (case.is_cross_border, "涉及多个责任单位（三跨三分离）"),
        (case.is_joint, "涉及多个责任单位"),
    )
    if reasons := [reason for hinders, reason in hindrances if hinders]:
        raise Refusal(f"不能适用简易办理：{'、'.join(reasons)}。", field="simple")


def _pass_on(case: PetitionCase, to_unit: Unit, *, by: Post, at: datetime, passers: Sequence[int] = ()) -> None:
    refuse_unfit_unit(case, to_unit, by=by, at=at)
    refuse_other_place(case, to_unit, by=by)
    refuse_other_system(case, to_unit, by=by)
    case.sender, case.passers = by.unit, list(passers)
    hold(case, to_unit)


def hold(case: PetitionCase, unit: Unit) -> None:
    """Lay the matter on the desk of the unit that answers for it from now on, which owes what was assigned with it."""
    case.holder = case.responsible = unit
    case.assignee = None
    case.deadlines.running().filter(rule=Rule.ASSIGNMENT).update(unit=unit)


@action(
    Move.REFER,
    Transition(
        frozenset({State.TRIAGED}),
        State.REFERRED,
        "第二十二条第一项、第二项",
        starts=(Rule.NOTICE, Rule.OBJECTION),
        simple=(Rule.SIMPLE_ACCEPTANCE,),
        meets=(Rule.TRIAGE, Rule.SIMPLE_RELAY),
        letters=(REFERRAL, PROCEDURAL_ACCEPTANCE),
    ),
    Duty(TRIAGERS),
    Place(Group.INTAKE, road=30, together=True),
    {"to_unit": KEPT, "to_name": TO_NAME, "note": TOLD_NOTE},
)
def refer_case(case: PetitionCase, *, to_unit: Unit, note: str = "", by: Post, at: datetime) -> Effect:
    """转送 the matter to the unit that has the power to handle it. Raises Refusal for a unit that may not get it."""
    _pass_on(case, to_unit, by=by, at=at)
    return Effect({"to_unit": to_unit.code, "to_name": to_unit.name, "note": note})


@action(
    Move.ASSIGN,
    Transition(
        frozenset({State.TRIAGED}),
        State.ASSIGNED,
        "第二十二条第三项",
        starts=(Rule.NOTICE, Rule.OBJECTION, Rule.ASSIGNMENT),
        meets=(Rule.TRIAGE, Rule.SIMPLE_RELAY),
        letters=(ASSIGNMENT, PROCEDURAL_ACCEPTANCE),
        guards=(Guard.NOT_SIMPLE,),
    ),
    # 交办 carries a period of the office's own; the head of the office decides on it.
    Duty(OFFICE_HEADS),
    Place(Group.INTAKE, together=True),
    {"to_unit": KEPT, "to_name": TO_NAME, "days": DAYS, "note": TOLD_NOTE},
)
def assign_case(case: PetitionCase, *, to_unit: Unit, days: int, note: str = "", by: Post, at: datetime) -> Effect:
    """交办: as 转送, with a period of `days` natural days and a closing report demanded (第二十二条第三项).

    Raises Refusal for a body that handles by rules of its own (第二十二条第二款、第二十三条第四款): it is passed on to;
    and for one that does not stand at the own level or below.
    """
    if to_unit.has_own_rules:
        raise Refusal(
            f"{to_unit.name}依照自己的规定办理，不限定其办理期限，请转送（第二十二条第二款、第二十三条第四款）。",
            field="to_unit",
        )
    if not to_unit.path.startswith(by.unit.area.path):
        raise Refusal("不能向上级、其他地区的机关、单位交办，请转送（第二十二条第一款第三项）。", field="to_unit")
    _pass_on(case, to_unit, by=by, at=at)
    case.is_assigned, case.assigner = True, by.unit
    on = timezone.localdate(at)
    case.needs_assigner = current_rulebook().on(on).is_in_force(Norm.ASSIGNED_EXTENSION)
    detail = {"to_unit": to_unit.code, "to_name": to_unit.name, "days": days, "note": note}
    return Effect(detail, days=days)


@action(
    Move.PASS_DOWN,
    Transition(
        WITH_UNIT,
        State.REFERRED,
        "第二十二条第二项、第二十三条第一款",
        starts=(Rule.NOTICE, Rule.OBJECTION),
        simple=(Rule.SIMPLE_ACCEPTANCE,),
        meets=(Rule.NOTICE,),
        cancels=(Rule.OBJECTION, Rule.SIMPLE_ACCEPTANCE),
        no_ground="由下级单位重新计算",
        guards=(Guard.RECUSAL_DECIDED,),
        letters=(REFERRAL, PROCEDURAL_ACCEPTANCE),
    ),
    Duty(TRIAGERS | HEADS),
    # A petition office handles nothing by itself: below its own desk lies the only way on.
    Place(Group.INTAKE, beside=True, road=5, together=True),
    {"to_unit": KEPT, "to_name": TO_NAME, "note": TOLD_NOTE},
)
def pass_down(case: PetitionCase, *, to_unit: Unit, note: str = "", by: Post, at: datetime) -> Effect:
    """转下级办理: city → county → township, along the own line alone (第二十二条第二项、第二十三条第一款).

    Raises Refusal for a unit that does not stand below the own one or its area, and is not guided by it.
    """
    if not is_below(to_unit, by.unit):
        raise Refusal(f"{to_unit.name}不是本机关、本系统的下级单位；不属于本机关职权的，请提出异议。", field="to_unit")
    _pass_on(case, to_unit, by=by, at=at, passers=[*case.passers, by.unit_id])
    return Effect({"to_unit": to_unit.code, "to_name": to_unit.name, "note": note})


@action(
    Move.SIGN_FOR,
    Transition(
        frozenset({State.REFERRED, State.ASSIGNED}),
        State.SIGNED_FOR,
        "第二十三条第三款",
        restarts=(Rule.NOTICE, Rule.OBJECTION),
    ),
    # A petition office below receives from the one above, and a body handles by itself what it took up.
    Duty(HANDLERS | TRIAGERS),
    Place(Group.INTAKE, road=180, together=True),
)
def sign_for(case: PetitionCase, *, by: Post, at: datetime) -> Effect:
    """签收. The unit's clocks have run since the matter arrived; signing does not start them anew."""
    case.assignee = by.user
    return Effect()
