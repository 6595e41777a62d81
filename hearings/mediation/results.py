"""调解结果: reported by the point, written down by the move of the matter, and what a court says of an agreement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.steps import Effect, Step
from binzhou_xinfang.process.taking import verb
from binzhou_xinfang.records.words import in_full
from binzhou_xinfang.statute.periods import Rule
from cases.clocks.beside import meet_beside, start_beside
from cases.models import Deadline, PetitionCase
from hearings.mediation.life import BY_BOTH, BY_POINT, BY_UNIT, mediations
from hearings.mediation.sessions import drop_plans
from hearings.mediation.steps import MediationStep
from hearings.models import OPEN_MEDIATIONS, Court, Mediation, MediationState

_ACCEPTED = frozenset({MediationState.ACCEPTED})
_REPORTED = frozenset({MediationState.AGREEMENT_TOLD, MediationState.FAILURE_TOLD})
_ARTICLE = "《中华人民共和国人民调解法》第三十三条"


@dataclass(frozen=True)
class Agreed:
    """An agreement as the point reports it: what the letter of the matter says (人民调解法第二十九条)."""

    findings: str
    disputes: str
    liability: str
    terms: list[str]
    performance: str
    performance_time: str
    signed_on: date


@verb(
    mediations,
    Step(
        key=MediationStep.TELL_AGREEMENT, sources=_ACCEPTED, targets=(MediationState.AGREEMENT_TOLD,), who=BY_POINT,
        says="由承办单位核对后在事项中登记，生成《调解协议书》",
    ),
)  # fmt: skip
def tell_agreement(
    mediation: Mediation, *, findings: str, disputes: str, liability: str, terms: list[str], performance: str,
    performance_time: str, signed_on: date, by: Post, at: datetime,
) -> Effect:  # fmt: skip
    """报送调解协议: typed once, here; the matter proposes it to its handler, whose move makes the letter."""
    _refuse_day(mediation, signed_on, at, field="signed_on")
    mediation.result = {
        "findings": findings, "disputes": disputes, "liability": liability, "terms": terms,
        "performance": performance, "performance_time": performance_time, "signed_on": signed_on.isoformat(),
    }  # fmt: skip
    return Effect({"happened_on": signed_on.isoformat(), "terms": terms})


@verb(
    mediations,
    Step(
        key=MediationStep.TELL_FAILURE, sources=_ACCEPTED, targets=(MediationState.FAILURE_TOLD,), who=BY_POINT,
        says="由承办单位在事项中登记调解不成，继续办理",
    ),
)  # fmt: skip
def tell_failure(mediation: Mediation, *, note: str, failed_on: date, by: Post, at: datetime) -> Effect:
    """报送调解不成: the handling goes on, whose clock has run all the time."""
    _refuse_day(mediation, failed_on, at, field="failed_on")
    mediation.result = {"note": note, "failed_on": failed_on.isoformat()}
    return Effect({"happened_on": failed_on.isoformat(), "note": note})


@verb(
    mediations,
    Step(key=MediationStep.RETURN, sources=_REPORTED, targets=(MediationState.ACCEPTED,), who=BY_BOTH, onward=False),
)
def put_back(mediation: Mediation, *, reason: str, by: Post, at: datetime) -> Effect:
    """退回报送: something is missing or wrong, or the point itself wants it back."""
    return Effect({"reason": reason})


# Open wherever the point has it: the matter's own moves write the result down (`following`). No way onward of the
# mediation itself, so that a point where nobody could answer is asked nothing.
CONCLUDED = Step[Mediation](
    key=MediationStep.CONCLUDE, sources=frozenset(OPEN_MEDIATIONS),
    targets=(MediationState.AGREED, MediationState.SETTLED, MediationState.FAILED), by_system=True, onward=False,
)  # fmt: skip
ENDED = Step[Mediation](
    key=MediationStep.END, sources=frozenset(OPEN_MEDIATIONS), targets=(MediationState.ENDED,), by_system=True,
    onward=False,
)  # fmt: skip


@verb(mediations, CONCLUDED)
def conclude(mediation: Mediation, *, result: MediationState, on: date, by: Post | None, at: datetime) -> Effect:
    """事项登记调解结果: follows the move of the matter."""
    drop_plans(mediation, "已有调解结果", by=by, at=at)
    mediation.ended_on = on
    return Effect({"result": result.value}, target=result)


@verb(mediations, ENDED)
def end(mediation: Mediation, *, reason: str, by: Post | None, at: datetime) -> Effect:
    """调解终止: the matter goes another way."""
    drop_plans(mediation, reason, by=by, at=at)
    mediation.ended_on = timezone.localdate(at)
    return Effect({"reason": reason})


@verb(
    mediations,
    Step(
        key=MediationStep.APPLY, sources=frozenset({MediationState.AGREED}), targets=(MediationState.APPLIED,),
        who=BY_BOTH, article="第三十三条", is_awaited=False,
    ),
)  # fmt: skip
def apply(mediation: Mediation, *, court: str, applied_on: date, by: Post, at: datetime) -> Effect:
    """登记申请司法确认: both sides together, within 30 days of the effect (人民调解法第三十三条)."""
    right = right_of(mediation)
    if right is None:
        raise Refusal("这个事项没有计算申请司法确认的期限，请核对调解协议。")
    if not right.started_on <= applied_on <= timezone.localdate(at):
        raise Refusal("申请日期应在协议生效之日至今天之间，请核对。", field="applied_on")
    if applied_on > right.legal_on:
        raise Refusal(
            f"申请司法确认的期限于{right.legal_on:%Y年%m月%d日}届满（{_ARTICLE}），不能再申请。", field="applied_on"
        )
    meet_beside(right.pk, met_on=applied_on, today=timezone.localdate(at))
    mediation.court, mediation.applied_on = court, applied_on
    return Effect({"court": court, "happened_on": applied_on.isoformat()})


_OF_COURT: Mapping[Court, MediationState] = {
    Court.CONFIRMED: MediationState.CONFIRMED, Court.NOT_CONFIRMED: MediationState.NOT_CONFIRMED,
    Court.WITHDRAWN: MediationState.AGREED,
}  # fmt: skip


@verb(
    mediations,
    Step(
        key=MediationStep.DECIDE, sources=frozenset({MediationState.APPLIED}), targets=tuple(_OF_COURT.values()),
        who=BY_BOTH, is_awaited=False,
    ),
)  # fmt: skip
def decide(
    mediation: Mediation, *, decision: str, decided_on: date, number: str = "", by: Post, at: datetime
) -> Effect:
    """登记法院决定: confirmed, not confirmed, or withdrawn by the parties, who may apply again in their 30 days."""
    first = mediation.applied_on or decided_on
    if not first <= decided_on <= timezone.localdate(at):
        raise Refusal("决定日期应在申请之日至今天之间，请核对。", field="decided_on")
    mediation.decided_on = decided_on
    told = {"decision": decision, "happened_on": decided_on.isoformat(), "number": number}
    return Effect(told, target=_OF_COURT[Court(decision)])


@verb(
    mediations,
    Step(
        key=MediationStep.TAKE_BACK,
        sources=frozenset({MediationState.APPLIED, MediationState.CONFIRMED, MediationState.NOT_CONFIRMED}),
        targets=(MediationState.AGREED, MediationState.APPLIED), who=BY_UNIT, onward=False,
    ),
)  # fmt: skip
def take_back(mediation: Mediation, *, reason: str, by: Post, at: datetime) -> Effect:
    """撤销登记: an application or a decision that was entered wrongly; the right goes on as it stood."""
    if mediation.state != MediationState.APPLIED:
        mediation.decided_on = None
        return Effect({"reason": reason}, target=MediationState.APPLIED)
    right = right_of(mediation)
    if right is not None and not right.is_running:
        start_beside(
            mediation.case_id, Rule.JUDICIAL_CONFIRMATION, subject=f"{mediation.subject}:court", unit=mediation.unit,
            on=right.started_on, at=at,
        )  # fmt: skip
    mediation.court, mediation.applied_on = "", None
    return Effect({"reason": reason}, target=MediationState.AGREED)


def right_of(mediation: Mediation) -> Deadline | None:
    """Find the 30 days of this agreement: the clock that the move of the matter started on its day."""
    if mediation.ended_on is None:
        return None
    clocks = Deadline.objects.filter(case=mediation.case_id, rule=Rule.JUDICIAL_CONFIRMATION)
    return clocks.filter(started_on=mediation.ended_on).order_by("-pk").first()


def proposed(case: PetitionCase) -> dict[str, Any]:
    """Propose to the move of the matter what the point has reported."""
    mediation = Mediation.objects.filter(case=case, state__in=OPEN_MEDIATIONS).select_related("mediator").first()
    if mediation is None:
        return {}
    told = {name: _line(value) for name, value in mediation.result.items()}
    who = {"mediator": mediation.mediator.name} if mediation.mediator else {}
    return {**told, **who}


def _line(value: Any) -> str:
    return "\n".join(in_full(line) for line in value) if isinstance(value, list) else in_full(value)


def _refuse_day(mediation: Mediation, on: date, at: datetime, *, field: str) -> None:
    first = mediation.answered_on or mediation.referred_on
    if not first <= on <= timezone.localdate(at):
        raise Refusal(f"日期应在接收委派之日（{first:%Y年%m月%d日}）至今天之间，请核对。", field=field)
