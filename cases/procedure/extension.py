"""延期: once, by at most 30 days in all, approved by the head, an assigned one by the assigner too (第三十四条)."""

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.notices import EXTENSION
from binzhou_xinfang.records.event_fields import KEPT, Ask, EventField, day, days
from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.statute.rules import ExtensionBase
from cases.clocks.moving import along, extend_clock, period_of, reckoning_of
from cases.engine import Effect, action, running_clock
from cases.models import CaseEvent, Deadline, PetitionCase
from cases.outcome import told_units
from cases.procedure.shared_fields import DAYS, NOTE, OPTIONAL_NOTE
from cases.states import (
    HANDLED,
    HANDLERS,
    HEADS,
    OFFICE_HEADS,
    Desk,
    Duty,
    Group,
    Guard,
    Move,
    Place,
    State,
    Transition,
)

_EXTENDING = frozenset({State.EXTENSION_ASKED})
_ASSIGNER = frozenset({State.EXTENSION_REFERRED})
_ASKED = {"days": DAYS, "reason": EventField("理由：")}
_PROLONGED = {**_ASKED, "legal": EventField(f"{Rule.HANDLING.label}延长至", day)}


def _handling_clock(case: PetitionCase) -> Deadline:
    clock = running_clock(case, Rule.HANDLING)
    if clock is None:
        raise Refusal(f"该事项没有正在计算的{Rule.HANDLING.label}，不能延期。")
    return clock


@action(
    Move.ASK_EXTENSION,
    # In whatever way the unit works on it: the matter goes on from there.
    Transition(HANDLED, State.EXTENSION_ASKED, "第三十四条"),
    Duty(HANDLERS, asks=True),
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
    _refuse_idle(clock, days, on=timezone.localdate(at), field="days")
    return Effect({"days": days, "reason": reason})


def _refuse_idle(clock: Deadline, days: int, *, on: date, field: str = "") -> None:
    """Raise Refusal for an extension that puts the last day off to no other, or to one that has passed."""
    longer = copy(clock)
    longer.extended_by += days
    due = reckoning_of(longer)
    if due.legal <= clock.legal_on:
        raise Refusal(
            f"办理期限{clock.strict_on:%Y年%m月%d日}届满，遇休息日已顺延至{clock.legal_on:%Y年%m月%d日}；延长{days}日后仍是"
            "这一天，没有延长，请核对天数。",
            field=field,
        )
    if due.legal < on:
        raise Refusal(
            f"延长{days}日后，办理期限已于{due.legal:%Y年%m月%d日}届满，不能批准，请尽快作出处理意见。", field=field
        )


def _asked(case: PetitionCase, *, by: Post) -> CaseEvent:
    asked = case.events.filter(kind=Move.ASK_EXTENSION.value).order_by("-seq").first()
    if asked is None:
        raise Refusal("没有待批准的延期申请。")
    if asked.actor_id == by.user_id:
        raise Refusal("申请人不能批准自己的延期申请，请由本单位负责人批准（第三十四条）。")
    return asked


def _prolong(
    case: PetitionCase, asked: CaseEvent, at: datetime, *, others: Iterable[Deadline] = (), **facts: Any
) -> Effect:
    """Put off the last day of the 60 days, and of those of the `others` that are the same duty."""
    days, reason = int(asked.detail["days"]), str(asked.detail["reason"])
    clock = _handling_clock(case)
    _refuse_idle(clock, days, on=timezone.localdate(at))
    before = copy(clock)
    extend_clock(clock, days=days, at=at)
    moved = [extend_clock(other, days=more, at=at) for other, more in along(others, clock, days=days)]
    detail = {"days": days, "reason": reason, "legal": clock.legal_on.isoformat()}
    return Effect(detail, facts=_days_of(before, clock) | {"days": days, "reason": reason} | facts, moved=moved)


def _days_of(before: Deadline, clock: Deadline) -> dict[str, date]:
    """List the days that the letter says: the last ones as they are reckoned, and as they fall by the calendar."""
    is_rolled = period_of(before).extension_base is ExtensionBase.ROLLED
    return {
        "due_on": before.legal_on,
        "strict_due_on": before.strict_on,
        "counted_from_on": before.legal_on if is_rolled else before.strict_on,
        "new_due_on": clock.legal_on,
        "new_strict_due_on": clock.strict_on,
    }


@action(
    Move.APPROVE_EXTENSION,
    Transition(
        _EXTENDING,
        None,
        "第三十四条",
        letters=(EXTENSION,),
        returns=True,
        guards=(Guard.NEEDS_NO_ASSIGNER,),
        late=(Rule.HANDLING,),
        moves=(Rule.HANDLING,),
        alone="由本机关、单位负责人批准，只延长一次，不超过法定的天数；已经逾期的仍为逾期（第三十四条）",
    ),
    # 第三十四条：经本机关、单位负责人批准
    Duty(HEADS, decides=True),
    Place(Group.EXTENSION, road=300),
    {**_PROLONGED},
)
def approve_extension(case: PetitionCase, *, by: Post, at: datetime) -> Effect:
    """批准延期 by the head of the unit, who is not the person that asked; the petitioner is told why."""
    # 交办期限 is not the unit's to move.
    others = case.deadlines.running().exclude(rule=Rule.ASSIGNMENT)
    return _prolong(case, _asked(case, by=by), at, others=others, approver=by.user.name)


@action(
    Move.AGREE_EXTENSION,
    Transition(
        _EXTENDING,
        State.EXTENSION_REFERRED,
        "第三十四条、山东省信访条例第四十二条",
        guards=(Guard.NEEDS_ASSIGNER,),
    ),
    Duty(HEADS, decides=True),
    Place(Group.EXTENSION, road=310),
    {**_ASKED, "note": OPTIONAL_NOTE},
)
def agree_extension(case: PetitionCase, *, note: str = "", by: Post, at: datetime) -> Effect:
    """同意延期 by the head of the unit; an assigned matter goes on to the assigner (山东省信访条例第四十二条)."""
    asked = _asked(case, by=by)
    case.holder = case.assigner or case.registered_unit
    return Effect({"days": int(asked.detail["days"]), "reason": str(asked.detail["reason"]), "note": note})


@action(
    Move.CONFIRM_EXTENSION,
    Transition(
        _ASSIGNER,
        None,
        "第三十四条、山东省信访条例第四十二条",
        letters=(EXTENSION,),
        returns=True,
        late=(Rule.HANDLING,),
        moves=(Rule.HANDLING,),
        alone="由交办的机关批准，承办单位自己不能批准（第三十四条、山东省信访条例第四十二条）",
    ),
    Duty(OFFICE_HEADS),
    Place(Group.EXTENSION, road=320),
    {**_PROLONGED},
)
def confirm_extension(case: PetitionCase, *, by: Post, at: datetime) -> Effect:
    """交办机关批准延期, which is the word on its own 交办期限 too; the notice to the petitioner is the unit's own."""
    agreed = case.events.filter(kind=Move.AGREE_EXTENSION.value).order_by("-seq").first()
    approver = agreed.actor_name if agreed else ""
    unit = case.responsible or case.holder
    case.holder = unit
    assigner = {"approver": approver, "assigner_approval": f"{by.unit.name}批准"}
    effect = _prolong(case, _asked(case, by=by), at, others=case.deadlines.running(), **assigner)
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


@action(
    Move.WITHDRAW_EXTENSION,
    Transition(
        _EXTENDING | _ASSIGNER,
        None,
        "第三十四条",
        returns=True,
        cancels=(Rule.EXTENSION_DECISION,),
        no_ground="申请已经撤回，没有可以决定的事项；办理期限照常计算",
        unexplained="撤回的是申请，逾期的是对申请的决定",
    ),
    Duty(HANDLERS, (Desk.RESPONSIBLE,)),
    Place(Group.EXTENSION, beside=True),
    {"note": NOTE, "units": KEPT},
)
def withdraw_extension(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """撤回延期申请: the unit goes on by its first day, and need not wait for the word of another desk. Whoever had to
    decide is told."""
    told = told_units(case, by)
    case.holder = case.responsible or case.holder
    return Effect({"note": note, **told})
