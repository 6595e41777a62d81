"""延期: once, by at most 30 days in all, approved by the head, an assigned one by the assigner too (第三十四条)."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.notices import EXTENSION
from binzhou_xinfang.records.event_fields import Ask, EventField, day, days
from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.clocks.turning import extend_clock, period_of
from cases.engine import Effect, action, running_clock
from cases.models import CaseEvent, Deadline, PetitionCase
from cases.procedure.shared_fields import DAYS, NOTE, OPTIONAL_NOTE
from cases.states import AT_WORK, HANDLERS, HEADS, OFFICE_HEADS, Duty, Group, Guard, Move, Place, State, Transition

_EXTENDING = frozenset({State.EXTENSION_ASKED})
_ASSIGNER = frozenset({State.EXTENSION_REFERRED})
_ASKED = {"days": DAYS, "reason": EventField("理由：")}
_PROLONGED = {**_ASKED, "legal": EventField(f"{Rule.HANDLING.label}延长至", day)}


def _handling_clock(case: PetitionCase) -> Deadline:
    clock = running_clock(case, Rule.HANDLING)
    if clock is None:
        raise Refusal("该事项没有正在计算的60日办理期限，不能延期。")
    return clock


@action(
    Move.ASK_EXTENSION,
    Transition(AT_WORK, State.EXTENSION_ASKED, "第三十四条"),
    Duty(HANDLERS),
    Place(Group.EXTENSION, beside=True),
    {
        "days": EventField("天数：", days, ask=Ask("延长天数", "自然日", most=PERIODS[Rule.HANDLING].max_extension)),
        "reason": EventField("理由：", ask=Ask("延期理由", "将写入《延长办理期限告知书》")),
    },
)
def ask_extension(case: PetitionCase, *, days: int, reason: str, by: Post, at: datetime) -> Effect:
    """申请延期 before the due day, by at most 30 natural days, and once (第三十四条)."""
    clock = _handling_clock(case)
    if clock.extended_by:
        raise Refusal(f"该事项已经延期过一次（{clock.extended_by}日），办理期限不能再次延长（第三十四条）。")
    cap = period_of(clock).max_extension
    if not 1 <= days <= cap:
        raise Refusal(f"延长期限不得超过{cap}日（第三十四条）。", field="days")
    if timezone.localdate(at) > clock.legal_on:
        raise Refusal("办理期限已届满，不能再申请延期。")
    return Effect({"days": days, "reason": reason})


def _asked(case: PetitionCase, *, by: Post) -> CaseEvent:
    asked = case.events.filter(kind=Move.ASK_EXTENSION.value).order_by("-seq").first()
    if asked is None:
        raise Refusal("没有待批准的延期申请。")
    if asked.actor_id == by.user_id:
        raise Refusal("申请人不能批准自己的延期申请，请由本单位负责人批准（第三十四条）。")
    return asked


def _prolong(case: PetitionCase, asked: CaseEvent, at: datetime, **facts: Any) -> Effect:
    days, reason = int(asked.detail["days"]), str(asked.detail["reason"])
    clock = _handling_clock(case)
    first_due: date = clock.legal_on
    extend_clock(clock, days=days, at=at)
    known = {"days": days, "reason": reason, "due_on": first_due, "new_due_on": clock.legal_on}
    detail = {"days": days, "reason": reason, "legal": clock.legal_on.isoformat()}
    return Effect(detail, facts=known | facts)


@action(
    Move.APPROVE_EXTENSION,
    Transition(
        _EXTENDING,
        None,
        "第三十四条",
        letters=(EXTENSION,),
        returns=True,
        guards=(Guard.NEEDS_NO_ASSIGNER,),
    ),
    # 第三十四条：经本机关、单位负责人批准
    Duty(HEADS),
    Place(Group.EXTENSION, road=300),
    {**_PROLONGED},
)
def approve_extension(case: PetitionCase, *, by: Post, at: datetime) -> Effect:
    """批准延期 by the head of the unit, who is not the person that asked; the petitioner is told why."""
    return _prolong(case, _asked(case, by=by), at, approver=by.user.name)


@action(
    Move.AGREE_EXTENSION,
    Transition(
        _EXTENDING,
        State.EXTENSION_REFERRED,
        "第三十四条、山东省信访条例第四十二条",
        guards=(Guard.NEEDS_ASSIGNER,),
    ),
    Duty(HEADS),
    Place(Group.EXTENSION, road=310),
    {**_ASKED, "note": OPTIONAL_NOTE},
)
def agree_extension(case: PetitionCase, *, note: str = "", by: Post, at: datetime) -> Effect:
    """同意延期 by the head of the unit; an assigned matter goes on to the assigner (山东省信访条例第四十二条)."""
    asked = _asked(case, by=by)
    case.holder = case.sender or case.registered_unit
    return Effect({"days": int(asked.detail["days"]), "reason": str(asked.detail["reason"]), "note": note})


@action(
    Move.CONFIRM_EXTENSION,
    Transition(_ASSIGNER, None, "第三十四条、山东省信访条例第四十二条", letters=(EXTENSION,), returns=True),
    Duty(OFFICE_HEADS),
    Place(Group.EXTENSION, road=320),
    {**_PROLONGED},
)
def confirm_extension(case: PetitionCase, *, by: Post, at: datetime) -> Effect:
    """交办机关批准延期; the notice to the petitioner is the unit's own."""
    agreed = case.events.filter(kind=Move.AGREE_EXTENSION.value).order_by("-seq").first()
    approver = agreed.actor_name if agreed else ""
    unit = case.responsible or case.holder
    case.holder = unit
    effect = _prolong(case, _asked(case, by=by), at, approver=approver, assigner_approval=f"{by.unit.name}批准")
    effect.issuer = unit
    return effect


@action(
    Move.DENY_EXTENSION,
    Transition(_ASSIGNER, None, "第三十四条、山东省信访条例第四十二条", returns=True),
    Duty(OFFICE_HEADS),
    Place(Group.EXTENSION),
    {"note": NOTE},
)
def deny_extension(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """交办机关不批准延期; the clock has run all the time."""
    case.holder = case.responsible or case.holder
    return Effect({"note": note})


@action(
    Move.REFUSE_EXTENSION,
    Transition(_EXTENDING, None, "第三十四条", returns=True),
    Duty(HEADS),
    Place(Group.EXTENSION),
    {"note": NOTE},
)
def refuse_extension(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """不批准延期; the clock has run all the time."""
    return Effect({"note": note})
