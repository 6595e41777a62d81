"""委派调解 as a life: beside the matter, whose row is locked first; its clock is one of the matter's."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.process import steps
from binzhou_xinfang.process.life import Life, Taking
from binzhou_xinfang.process.owed import Owed, OwedIn, debts, wanted
from binzhou_xinfang.process.steps import Effect, Seat
from binzhou_xinfang.statute.periods import Rule
from cases.clocks.beside import meet_beside, start_beside
from cases.models import Deadline, PetitionCase
from cases.queries import visible_to
from hearings.mediation.steps import Desk
from hearings.models import Mediation, MediationEvent, MediationState
from hearings.permissions import MEDIATORS, REFER

BY_UNIT = (Seat(REFER, (Desk.UNIT,)),)
BY_POINT = (Seat(MEDIATORS, (Desk.POINT,)),)
BY_BOTH = (Seat(REFER, (Desk.UNIT,)), Seat(MEDIATORS, (Desk.POINT,)))


class MediationLife(Life[Mediation]):
    """Its events are a chain of its own."""

    def lock(self, seen: Mediation) -> Mediation:
        case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.case_id)
        found = Mediation.objects.select_for_update(of=("self",)).select_related("point__unit", "unit", "mediator")
        mediation = found.get(pk=seen.pk)
        mediation.case = case
        return mediation

    def visible(self, post: Post) -> "QuerySet[Mediation]":
        return visible_mediations(post)

    def units(self, desk: steps.Desk, obj: Mediation) -> Collection[int | None]:
        return (obj.unit_id,) if desk is Desk.UNIT else (obj.point.unit_id or obj.unit_id,)

    def admits(self, post: Post, obj: Mediation) -> bool:
        return not obj.case.is_sealed and post.user_id not in obj.case.recused

    def this(self, obj: Mediation) -> str:
        return "这件委派调解"

    def store(self, obj: Mediation, taking: Taking[Mediation], effect: Effect) -> dict[str, Any]:
        """Save, and start or stop the clock of the answer by what the state owes."""
        told = super().store(obj, taking, effect)
        _turn_clock(obj, MediationState(taking.target), taking.at, by_system=taking.row.by_system)
        return told


def visible_mediations(post: Post) -> "QuerySet[Mediation]":
    """Select the mediations of the matters that exist for the post, and those that were referred to a point where its
    unit works: the matter itself does not open with them. Of 检举控告 there is none for anybody."""
    seen = Q(case__in=visible_to(post).order_by().values("pk"))
    if post.role in MEDIATORS:
        # What was sent to the wrong point is nothing to it any more.
        here = Q(point__unit=post.unit_id) & ~Q(state=MediationState.RECALLED)
        seen |= here & ~Q(case__recused__contains=[post.user_id])
    rows = Mediation.objects.filter(seen, case__is_sealed=False)
    return rows.select_related("case", "point__unit", "unit", "mediator")


def _turn_clock(obj: Mediation, state: MediationState, at: datetime, *, by_system: bool) -> None:
    on, owed = timezone.localdate(at), wanted(_OWED, {}, state, obj, [])
    running = Deadline.objects.running().filter(case=obj.case_id, subject=obj.subject)
    if not owed:
        for clock in running:
            if by_system or state == MediationState.RECALLED:
                running.filter(pk=clock.pk).update(cancelled_on=on, suspended_on=None)
            else:
                meet_beside(clock.pk, met_on=obj.answered_on or on, today=on)
        return
    for debt in owed:
        if debt.own and not running.exists():
            unit = obj.point.unit or obj.unit
            start_beside(obj.case_id, debt.own, subject=obj.subject, unit=unit, on=obj.referred_on, at=at)


_RUNS_ON = "调解不停止计算信访事项的办理期限（第三十三条、第三十四条），期限看该事项"
_RIGHT = "是否申请司法确认由双方当事人决定；30日期限由信访事项计算"
_OWED: OwedIn[Mediation] = {
    MediationState.REFERRED: debts(
        Owed(what="接收委派，或者写明理由不予接收", by=Desk.POINT, own=Rule.MEDIATION_ACCEPTANCE)
    ),
    MediationState.ACCEPTED: debts(nothing=_RUNS_ON),
    MediationState.AGREEMENT_TOLD: debts(nothing=_RUNS_ON),
    MediationState.FAILURE_TOLD: debts(nothing=_RUNS_ON),
    MediationState.AGREED: debts(nothing=_RIGHT),
    MediationState.APPLIED: debts(nothing="由人民法院依法审查"),
    MediationState.CONFIRMED: debts(nothing="协议已经司法确认"),
    MediationState.NOT_CONFIRMED: debts(nothing="法院不予确认；当事人可以变更协议或者依法起诉"),
    MediationState.SETTLED: debts(nothing="双方已经和解"),
    MediationState.FAILED: debts(nothing="调解不成，事项继续办理"),
    MediationState.DECLINED: debts(nothing="不予接收；另行委派或者登记调解不成，由事项的承办单位决定"),
    MediationState.RECALLED: debts(nothing="已经撤回"),
    MediationState.ENDED: debts(nothing="已经终止"),
}
mediations = MediationLife(
    "mediation", "委派调解", Mediation, MediationState,
    final=frozenset(MediationState) - {
        MediationState.REFERRED, MediationState.ACCEPTED, MediationState.AGREEMENT_TOLD, MediationState.FAILURE_TOLD,
        MediationState.APPLIED,
    },
    chain=MediationEvent, kinds=MediationEvent.kinds, owed=_OWED, marks={"result": "报送的调解结果"},
)  # fmt: skip
