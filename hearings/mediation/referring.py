"""Reference to a point: sent by consent of both sides, accepted or declined in time, taken back from a wrong one."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.mediation import MEDIATION_REFERRAL
from binzhou_xinfang.process.steps import Effect, Step
from binzhou_xinfang.process.taking import beginning, verb
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from cases.engine import issue_letter
from cases.models import PetitionCase
from cases.queries import visible_to
from cases.states import Move, State
from hearings.mediation.letters import facts_of_referral
from hearings.mediation.life import BY_BOTH, BY_POINT, BY_UNIT, mediations
from hearings.mediation.points import points_for
from hearings.mediation.sessions import drop_plans
from hearings.mediation.steps import MediationStep
from hearings.models import OPEN_MEDIATIONS, Expert, Mediation, MediationPoint, MediationState, PointState
from hearings.pool.conflicts import interests, sides_of

_REFERRED = frozenset({MediationState.REFERRED})
_AT_POINT = frozenset(OPEN_MEDIATIONS) - _REFERRED


@beginning(
    mediations,
    Step(key=MediationStep.REFER, targets=(MediationState.REFERRED,), who=BY_UNIT, article="第三十三条"),
)
def refer(*, case: str, point: str, dispute: str, by: Post, at: datetime) -> tuple[Mediation, Effect]:
    """委派: a matter whose sides have agreed to be mediated goes to a point. Raises Refusal while another point has
    it."""
    matter = _matter_of(case, by)
    chosen, consent = find_point(point, by), consent_of(matter)
    mediation = Mediation(
        case=matter, point=chosen, unit=by.unit, referred_by=by.user, other_party=consent.get("other_party", ""),
        dispute=dispute, referred_on=timezone.localdate(at),
    )  # fmt: skip
    told = facts_of_referral(mediation, consent, by)
    number = issue_letter(matter, None, MEDIATION_REFERRAL, told, unit=by.unit, by=by, on=mediation.referred_on)
    return mediation, Effect({"point": chosen.name, "letter": f"《{MEDIATION_REFERRAL.label}》（{number}）"})


def _matter_of(number: str, by: Post) -> PetitionCase:
    """Find and lock the matter that the unit has in hand and that is being mediated."""
    seen = visible_to(by).filter(number=number, is_sealed=False).values("pk").first() if "\x00" not in number else None
    if seen is None:
        raise Refusal("没有这个编号的信访事项，请核对。", field="case")
    matter = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen["pk"])
    if matter.holder_id != by.unit_id:
        raise Refusal("委派由正在办理的单位作出，这个事项现在不由本单位办理。", field="case")
    if matter.state != State.MEDIATING:
        raise Refusal("双方当事人同意调解的才能委派，请先在该事项中“启动调解和解”。", field="case")
    there = Mediation.objects.filter(case=matter, state__in=OPEN_MEDIATIONS).select_related("point").first()
    if there is not None:
        raise Refusal(f"这个事项已经委派给{there.point.name}，没有结果以前不再委派；委派错的请先撤回。", field="case")
    return matter


def find_point(code: str, by: Post) -> MediationPoint:
    """Find the open point of this code. Raises Refusal at its field."""
    number = code.removeprefix("TJ")
    there = points_for(by).filter(state=PointState.OPEN).select_related("unit")
    # Who closes the point waits for what is being referred to it.
    there = there.select_for_update(of=("self",), no_key=True)
    found = there.filter(pk=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 12 else None
    if found is None:
        raise Refusal("没有这个调解点，或者已经停用，请从列表中选择。", field="point")
    return found


def consent_of(case: PetitionCase) -> dict[str, Any]:
    """Read what the move 启动调解和解 has written down of both sides."""
    started = case.events.filter(kind=Move.MEDIATE.value).order_by("-seq").first()
    return dict(started.detail) if started else {}


@verb(
    mediations,
    Step(key=MediationStep.ACCEPT, sources=_REFERRED, targets=(MediationState.ACCEPTED,), who=BY_POINT),
)
def accept(
    mediation: Mediation, *, mediator: str, accepted_on: date, paper: str = "", by: Post, at: datetime
) -> Effect:
    """接收, with the mediator. Raises Refusal for one who has an interest in it."""
    _refuse_day(mediation, accepted_on, at, field="accepted_on")
    _refuse_without_paper(mediation, paper)
    mediation.mediator = _mediator(mediation, mediator, at)
    mediation.answered_on = accepted_on
    who = str(mediation.mediator) if mediation.mediator else ""
    return Effect({"mediator": who, "happened_on": accepted_on.isoformat(), "paper": paper})


@verb(
    mediations,
    Step(
        key=MediationStep.DECLINE, sources=_REFERRED, targets=(MediationState.DECLINED,), who=BY_POINT, onward=False,
        says="事项仍在调解和解中，由承办单位另行委派或者登记调解不成",
    ),
)  # fmt: skip
def decline(mediation: Mediation, *, reason: str, declined_on: date, paper: str = "", by: Post, at: datetime) -> Effect:
    """不予接收, with the reason: the unit decides what is next."""
    _refuse_day(mediation, declined_on, at, field="declined_on")
    _refuse_without_paper(mediation, paper)
    mediation.answered_on = declined_on
    return Effect({"reason": reason, "happened_on": declined_on.isoformat(), "paper": paper})


@verb(
    mediations,
    Step(
        key=MediationStep.RECALL, sources=frozenset(OPEN_MEDIATIONS), targets=(MediationState.RECALLED,), who=BY_UNIT,
        onward=False, says="该调解点不再看到这件调解",
    ),
)  # fmt: skip
def recall(mediation: Mediation, *, reason: str, by: Post, at: datetime) -> Effect:
    """撤回委派: sent to a wrong point, or better mediated by another."""
    drop_plans(mediation, reason, by=by, at=at)
    return Effect({"reason": reason})


@verb(mediations, Step(key=MediationStep.CHANGE_MEDIATOR, sources=_AT_POINT, who=BY_BOTH))
def change_mediator(mediation: Mediation, *, mediator: str, reason: str, by: Post, at: datetime) -> Effect:
    """变更调解员: one is ill, has left, or was entered wrongly."""
    before, found = mediation.mediator, _mediator(mediation, mediator, at)
    if found == before:
        raise Refusal("调解员没有变动，无需保存。", field="mediator")
    mediation.mediator = found
    told = {"before": str(before) if before else "", "mediator": str(found) if found else ""}
    return Effect({**told, "reason": reason})


def _mediator(mediation: Mediation, code: str, at: datetime) -> Expert | None:
    """Find one of the mediators of the point. Raises Refusal at the field for a missing, another, or interested one."""
    there = {one.code: one for one in mediation.point.mediators.all()}
    if not code and not there:
        return None
    if code not in there:
        raise Refusal("请选择这个调解点的调解员。", field="mediator")
    on = timezone.localdate(at)
    years = current_rulebook().on(on).number(Key.FORMER_UNIT_YEARS)
    sides = sides_of(mediation.case, [mediation.other_party], [mediation.other_party])
    if why := interests(there[code], sides, on=on, former_years=years):
        said = "、".join(str(reason.label) for reason in why)
        raise Refusal(f"{there[code].name}与当事人有利害关系（{said}），请另选调解员。", field="mediator")
    return there[code]


def _refuse_day(mediation: Mediation, on: date, at: datetime, *, field: str) -> None:
    if not mediation.referred_on <= on <= timezone.localdate(at):
        raise Refusal(f"日期应在委派之日（{mediation.referred_on:%Y年%m月%d日}）至今天之间，请核对。", field=field)


def _refuse_without_paper(mediation: Mediation, paper: str) -> None:
    if mediation.point.unit_id is None and not paper.strip():
        raise Refusal("这个调解点没有人员在系统中登记，请写明依据的书面材料，例如：调解点回函。", field="paper")
