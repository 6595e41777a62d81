"""Bringing a cause up by hand, dropping it, recording a 督查, setting a matter on the board."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.process.steps import Seat, Step
from binzhou_xinfang.process.taking import beginning, verb
from cases.engine import refuse_future
from cases.models import PetitionCase
from cases.queries import visible_to
from supervision.causes.life import BY_OFFICE, IS_WAY, MAY_BE_LISTED, CauseEffect, causes
from supervision.causes.notices import LETTER
from supervision.causes.opening import open_cause
from supervision.causes.owed import ANSWER_CLOCKS
from supervision.causes.papers import Files, write_record
from supervision.causes.steps import CauseStep, Desk
from supervision.models import Level, Measure, Stage, SupervisionCase, Trigger
from supervision.permissions import may_open


# The system brings causes up by `opening.open_cause` and `sweeping.open_causes`.
@beginning(
    causes,
    Step(
        key=CauseStep.OPEN, targets=(Stage.PENDING,), who=BY_OFFICE, by_system=True, event="supervision-opened"
    ),
)  # fmt: skip
def bring_up(
    seen: PetitionCase,
    *,
    measure: Measure,
    unit: Unit,
    problem: str,
    article: str,
    also: Sequence[PetitionCase] = (),
    by: Post,
    at: datetime,
) -> tuple[SupervisionCase, CauseEffect]:
    """提出督办 by a person. Raises NotPermitted; Refusal when the same is being dealt with already."""
    case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.pk)
    if not may_open(by, case) or not visible_to(by).filter(pk=case.pk).exists():
        raise NotPermitted("您当前的岗位不能对该事项提出督办。")
    if unit.pk == by.unit_id:
        raise Refusal("督办单位不能督办自己，请选择其他单位。", field="unit")
    same = SupervisionCase.objects.filter(case=case, unit=unit, measure=measure, office=by.unit, stage=Stage.PENDING)
    if same.exists():
        raise Refusal(f"对{unit.name}已有一件待处理的{measure.label}，请先处理那一件。", field="measure")
    cause = open_cause(
        case, office=by.unit, unit=unit, measure=measure, trigger=Trigger.HAND,
        key=f"hand:{case.pk}:{measure.value}:{unit.pk}:{at.isoformat()}", problem=problem, article=article, at=at,
    )  # fmt: skip
    if cause is None or cause.stage != Stage.PENDING:
        raise Refusal("这件督办刚刚已由他人提出，请刷新后核对。")
    cause.also.set(also)
    return cause, CauseEffect()


@verb(
    causes,
    Step(
        key=CauseStep.RECORD,
        sources=frozenset({Stage.PENDING}),
        targets=(Stage.ISSUED, Stage.SETTLED),
        who=BY_OFFICE,
        guards=(IS_WAY,),
        article="第三十八条第二款",
        starts=ANSWER_CLOCKS,
        event="supervision-recorded",
    ),
)
def record(
    cause: SupervisionCase,
    *,
    held_on: date,
    text: str,
    place: str = "",
    people: str = "",
    findings: Sequence[str] = (),
    demands: Sequence[str] = (),
    due_on: date | None = None,
    papers: Files = (),
    by: Post,
    at: datetime,
) -> CauseEffect:
    """登记督查: the findings are to be put right by `due_on`; without findings it is over."""
    on = timezone.localdate(at)
    refuse_future(held_on, at=at, field="held_on")
    if findings and (due_on is None or due_on <= on):
        raise Refusal("发现问题的，请填写整改期限，应当晚于今天。", field="due_on")
    if due_on and not findings:
        raise Refusal("填写了整改期限，请逐条写明发现的问题；没有问题的不填期限。", field="findings")
    made = write_record(
        cause, by=by, at=at, papers=papers, way=cause.measure, held_on=held_on, place=place, people=people, text=text,
        findings=list(findings), demands=list(demands), due_on=due_on,
    )  # fmt: skip
    cause.issued_on, cause.handled_by = on, by.user
    said = {"held_on": held_on, "note": made.text, "findings": made.findings}
    if due_on is None:
        cause.settled_at = at
        return CauseEffect(said, target=Stage.SETTLED)
    tell(LETTER, cause.pk, at=at)
    return CauseEffect(said, target=Stage.ISSUED, due_on=due_on)


# 第三十九条第三款: the board is the joint conference's, whose office is the petition office (第十三条).
@verb(
    causes,
    Step(
        key=CauseStep.LIST,
        sources=frozenset({Stage.PENDING}),
        targets=(Stage.ISSUED,),
        who=(Seat(frozenset({Role.OFFICE_HEAD}), (Desk.OFFICE,)),),
        guards=(MAY_BE_LISTED,),
        article="第三十九条第三款",
        starts=ANSWER_CLOCKS,
        event="supervision-listed",
    ),
)
def list_on_board(
    cause: SupervisionCase,
    *,
    level: Level,
    text: str,
    demands: Sequence[str],
    due_on: date,
    by: Post,
    at: datetime,
) -> CauseEffect:
    """列入挂牌督办: on the board until the office has found it put right."""
    on = timezone.localdate(at)
    if due_on <= on:
        raise Refusal("整改期限应当晚于今天。", field="due_on")
    listed = SupervisionCase.objects.filter(case=cause.case_id, unit=cause.unit_id, measure=Measure.LISTING)
    if listed.filter(stage__in=(Stage.ISSUED, Stage.ANSWERED)).exists():
        raise Refusal("该事项已对这个单位挂牌督办，摘牌后才能再次挂牌。", field="level")
    cause.measure, cause.level, cause.issued_on, cause.handled_by = Measure.LISTING, level, on, by.user
    write_record(cause, by=by, at=at, held_on=on, text=text, demands=list(demands), due_on=due_on)
    tell(LETTER, cause.pk, at=at)
    return CauseEffect({"level": Level(level).label, "note": text}, due_on=due_on)


@verb(
    causes,
    Step(
        key=CauseStep.DROP,
        sources=frozenset({Stage.PENDING}),
        targets=(Stage.DROPPED,),
        who=BY_OFFICE,
        event="supervision-dropped",
        onward=False,
    ),
)
def drop(cause: SupervisionCase, *, reason: str, by: Post, at: datetime) -> CauseEffect:
    """不予督办, with the reason."""
    if not reason.strip():
        raise Refusal("请写明不予督办的理由。", field="reason")
    cause.note, cause.handled_by, cause.settled_at = reason, by.user, at
    return CauseEffect({"note": reason})
