"""Risks in a move of a matter (reference §6.1): repeated arrivals, a group, a threat, a bad spot check."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from cases.models import Evaluation, PetitionCase, Verdict
from cases.states import Move
from cases.vocabulary import ReopenReason, Threat
from supervision.causes.opening import open_cause, overseer_of
from supervision.models import Measure, Trigger

ARTICLE = "《信访工作条例》第十四条第三项、第四十条第一款"
# 第四十条第一款：违反信访工作规定受理、办理信访事项……拒不执行信访处理意见的，及时督办
_QUALITY = "《信访工作条例》第四十条第一款"
# Whose clock says who had handled a matter.
_HANDLED = (Rule.HANDLING, Rule.SIMPLE_HANDLING, Rule.OWN_WAY, Rule.REDO)
# The moves by which a matter comes to a unit that can be warned, or comes back to it.
_CALLS = frozenset({Move.REFER, Move.ASSIGN, Move.REPEAT})


def follow_move(case: PetitionCase, move: Move, by: Post | None, at: datetime) -> None:
    """Bring up a 风险提醒函 to the responsible unit for each risk, once; hangs on `AFTER_MOVE`.

    A matter that is opened again because a spot check failed brings up a 督办函 to the unit that had handled it.
    """
    if move is Move.REOPEN:
        _follow_spot_check(case, at)
    if move is Move.MERGE and case.merged_into_id is not None:
        case, move = PetitionCase.objects.get(pk=case.merged_into_id), Move.REPEAT
    if move not in _CALLS or case.is_sealed or case.responsible is None:
        return
    if (office := overseer_of(case, of=case.responsible)) is None:
        return
    for trigger, occasion, problem in _risks(case, at):
        open_cause(
            case, office=office, unit=case.responsible, measure=Measure.RISK, trigger=trigger,
            key=f"risk:{trigger.value}:{case.pk}:{occasion}", problem=problem, article=ARTICLE, at=at,
        )  # fmt: skip


def _follow_spot_check(case: PetitionCase, at: datetime) -> None:
    reopened = case.events.filter(kind=Move.REOPEN).order_by("seq").last()
    handled = case.deadlines.filter(rule__in=_HANDLED, unit__isnull=False).select_related("unit").order_by("pk").last()
    unit = handled.unit if handled else None
    office = overseer_of(case, of=unit)
    if reopened is None or reopened.detail["ground"] != ReopenReason.SPOT_CHECK or office is None or unit is None:
        return
    open_cause(
        case, office=office, unit=unit, measure=Measure.SUPERVISION, trigger=Trigger.QUALITY,
        key=f"quality:{case.pk}:{reopened.seq}", problem=f"办理质量抽查不合格：{reopened.detail['reason']}",
        article=_QUALITY, at=at,
    )  # fmt: skip


def follow_evaluation(evaluation: Evaluation, by: Post | None, at: datetime) -> None:
    """Bring up a 风险提醒函 to the unit that was evaluated 不满意; hangs on `AFTER_EVALUATION`."""
    case = evaluation.case
    if evaluation.verdict != Verdict.UNSATISFIED or (office := overseer_of(case, of=evaluation.unit)) is None:
        return
    said = f"：{evaluation.remark}" if evaluation.remark else ""
    open_cause(
        case, office=office, unit=evaluation.unit, measure=Measure.RISK, trigger=Trigger.EVALUATION,
        key=f"risk:{Trigger.EVALUATION.value}:{evaluation.pk}", problem=f"群众评价不满意{said}", article=ARTICLE, at=at,
    )  # fmt: skip


def _risks(case: PetitionCase, at: datetime) -> Iterator[tuple[Trigger, int | None, str]]:
    """List each risk, with what tells its occasions apart, and in words."""
    if case.is_group:
        yield Trigger.GROUP, case.responsible_id, f"{case.people}人集体走访"
    if case.threat:
        detail = f"：{case.threat_detail}" if case.threat_detail else ""
        yield Trigger.THREAT, case.responsible_id, f"信访人扬言{Threat(case.threat).label}{detail}"
    if case.petition_count > 1:
        # With three as the number of the office: at the third arrival, at the sixth, and so on.
        times = case.petition_count // current_rulebook().on(timezone.localdate(at)).number(Key.RISK_REPEATS)
        if times:
            yield Trigger.REPEATED, times, f"就同一事项重复信访，已有{case.petition_count}件"
