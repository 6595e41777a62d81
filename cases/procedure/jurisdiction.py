"""管辖争议: the bodies do not agree, the common superior or the joint conference decides (条例第二十四条)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import LEADERS, OFFICE_HEADS
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.handing_over import JURISDICTION
from binzhou_xinfang.records.event_fields import KEPT, EventField
from binzhou_xinfang.statute.periods import Rule
from cases.engine import Effect, action
from cases.models import CaseEvent, PetitionCase
from cases.procedure.destinations import refuse_unfit_unit
from cases.procedure.referral import hold
from cases.procedure.shared_fields import TO_NAME
from cases.states import HEADS, TRIAGERS, WITH_UNIT, Duty, Group, Guard, Move, Place, State, Transition, may_keep


@action(
    Move.DISPUTE,
    Transition(WITH_UNIT | {State.OBJECTED}, State.DISPUTED, "第二十四条第一款", guards=(Guard.RECUSAL_DECIDED,)),
    Duty(TRIAGERS | HEADS),
    Place(Group.INTAKE, beside=True),
    {
        "other_name": EventField("争议另一方："),
        "decider": EventField("由其决定："),
        "reason": EventField("理由："),
        "disputed_by": KEPT,
        "parties": KEPT,
    },
)
def dispute(
    case: PetitionCase, *, other_unit: Unit, reason: str, by_conference: bool = False, by: Post, at: datetime
) -> Effect:
    """提请指定管辖. It goes to the place above both, or to the joint conference at that place's petition office.

    Raises Refusal for the own unit. The clocks run on.
    """
    if other_unit == by.unit:
        raise Refusal("请选择与本单位有争议的另一单位。", field="other_unit")
    if case.is_sealed:
        raise Refusal("检举控告类事项按照管理权限确定受理机关，不能提请指定管辖。")
    place = common_place(by.unit, other_unit)
    decider = _conference_of(place) if by_conference else place
    case.holder = decider
    detail = {"other_name": other_unit.name, "decider": decider.name, "reason": reason}
    return Effect(detail | {"disputed_by": by.unit.name, "parties": [by.unit.code, other_unit.code]})


def parties_in(cases: Sequence[PetitionCase], *, by: Post, on: date) -> dict[int, list[Unit]]:
    """Find for each of the disputed matters, by its key, the bodies that dispute it and could be given it, the one
    that asked first. Two queries."""
    asked = CaseEvent.objects.filter(case__in=[case.pk for case in cases], kind=Move.DISPUTE.value)
    latest = {event.case_id: event.detail for event in asked.order_by("case_id", "-seq").distinct("case_id")}
    named = {key: _named(detail) for key, detail in latest.items()}
    words = {word for words in named.values() for word in words}
    units = [unit for unit in Unit.objects.filter(Q(code__in=words) | Q(name__in=words)) if _is_fit(unit, by, on)]
    by_word = {word: unit for unit in units for word in (unit.name, unit.code)}
    return {key: [by_word[word] for word in words if word in by_word] for key, words in named.items()}


def _named(detail: Mapping[str, Any]) -> list[str]:
    """Read the parties by their codes; an event of before the codes were kept has their names alone."""
    return list(detail.get("parties") or [detail["disputed_by"], detail["other_name"]])


def _is_fit(unit: Unit, by: Post, on: date) -> bool:
    can_keep = unit.kind != UnitKind.AREA and may_keep(State.REFERRED, unit.kind)
    return can_keep and unit.pk != by.unit_id and unit.exists_on(on)


def common_place(one: Unit, other: Unit) -> Unit:
    """Find the nearest place at or above both units. Raises Refusal when there is none: then the conference
    coordinates."""
    codes = [code for code, same in zip(one.path.split("/"), other.path.split("/"), strict=False) if code == same]
    places = Unit.objects.filter(code__in=[code for code in codes if code], kind=UnitKind.AREA)
    common = sorted(places, key=lambda unit: -len(unit.path))
    if not common:
        raise Refusal(
            "两单位没有共同的上一级机关，请提请共同的信访工作联席会议协调（第二十四条）。", field="other_unit"
        )
    return common[0]


def _conference_of(place: Unit) -> Unit:
    """Find the petition office of the place, where the office of the joint conference sits."""
    office = Unit.objects.filter(parent=place, kind=UnitKind.PETITION_OFFICE, valid_to=None).order_by("pk").first()
    if office is None:
        raise Refusal(f"{place.name}没有设置信访工作联席会议办公室。", field="by_conference")
    return office


@action(
    Move.DECIDE_JURISDICTION,
    Transition(
        frozenset({State.DISPUTED}),
        State.REFERRED,
        "第二十四条",
        # A unit whose notice is due already keeps its day: what a row cancels and starts alike goes on.
        starts=(Rule.NOTICE,),
        cancels=(Rule.NOTICE, Rule.OBJECTION, Rule.SIMPLE_ACCEPTANCE),
        no_ground="由决定的受理机关重新计算",
        letters=(JURISDICTION,),
    ),
    # 第二十四条：由其共同的上一级机关、单位决定；没有共同的上一级的，由共同的信访工作联席会议协调处理
    Duty(OFFICE_HEADS | LEADERS),
    Place(Group.INTAKE, road=170),
    {"to_unit": KEPT, "to_name": TO_NAME, "basis": EventField("管辖依据：")},
)
def decide_jurisdiction(case: PetitionCase, *, to_unit: Unit, basis: str, by: Post, at: datetime) -> Effect:
    """决定受理机关. Another body owes its notice from today; one that has had the matter keeps its first days, for a
    dispute buys nobody time, nor does a second. Neither may object again, and what was disputed is not simple.
    """
    refuse_unfit_unit(case, to_unit, by=by, at=at)
    views = _views(case)
    case.sender, case.passers, case.is_simple = case.registered_unit, [], False
    hold(case, to_unit)
    # A place has no letters of its own: the office of its joint conference writes for the leader who decided.
    is_place = by.unit.kind == UnitKind.AREA
    return Effect(
        {"to_unit": to_unit.code, "to_name": to_unit.name, "basis": basis},
        facts={
            "views": views,
            "decided_unit": to_unit.name,
            "addressee": _parties(case, to_unit),
            "decider": f"{by.unit.name}党委、政府领导" if is_place else "",
            "reason": basis,
            "basis": "《信访工作条例》第二十四条第一款",
        },
        issuer=_conference_of(by.unit) if is_place else None,
    )


def _parties(case: PetitionCase, to_unit: Unit) -> str:
    """Name the bodies that did not agree, and the one that has to handle the matter, which stands first."""
    asked = case.events.filter(kind=Move.DISPUTE.value).order_by("-seq").first()
    others = [asked.detail["disputed_by"], asked.detail["other_name"]] if asked else []
    return "、".join(dict.fromkeys([to_unit.name, *others]))


def _views(case: PetitionCase) -> list[str]:
    asked = case.events.filter(kind=Move.DISPUTE.value).order_by("-seq").first()
    if asked is None:
        return ["有关单位对受理有争议"]
    detail = asked.detail
    return [f"{detail['disputed_by']}：{detail['reason']}", f"{detail['other_name']}：对受理有争议"]
