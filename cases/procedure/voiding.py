"""登记有误作废、恢复登记: an arrival that was registered twice or never was (条例第二十一条、第二十二条)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import EventField, chosen
from binzhou_xinfang.statute.periods import Rule
from cases.engine import Effect, action
from cases.models import PetitionCase
from cases.procedure.grounds import VOIDING
from cases.procedure.same_claim import SAME, compared, refuse_other_arrival
from cases.procedure.shared_fields import MATTER, REASON, TOLD_BY, TOLD_NOTE, refuse_untold
from cases.states import (
    EVERY_CLOCK,
    HEADS,
    NOT_ALONE,
    NOT_COUNTED,
    OFFICE_HEADS,
    UNTOUCHED,
    Desk,
    Duty,
    Group,
    Move,
    Place,
    State,
    Transition,
)
from cases.states.ground_lists import VoidReason
from cases.vocabulary import ToldBy

# Nobody but the office has seen it yet.
_AT_THE_OFFICE = UNTOUCHED | {State.AWAITING_DATA}


@action(
    Move.VOID,
    # Nothing arrived, or it stands under another number: no clock had anything to count.
    Transition(_AT_THE_OFFICE, State.VOIDED, "第二十一条、第二十二条", cancels=EVERY_CLOCK, grounds=VOIDING),
    Duty(OFFICE_HEADS | HEADS, NOT_ALONE),
    Place(Group.INTAKE, beside=True),
    {
        "ground": EventField("理由：", chosen(VoidReason)),
        "case": MATTER,
        "same": SAME,
        "told_by": TOLD_BY,
        "note": TOLD_NOTE,
    },
)
def void(
    case: PetitionCase,
    *,
    ground: str,
    same_as: PetitionCase | None = None,
    same_requests: Collection[int] = (),
    note: str,
    told_by: str = "",
    by: Post,
    at: datetime,
) -> Effect:
    """登记有误作废: an arrival that was registered twice, or never was; its number is kept and not given out again.

    Raises Refusal when the other entry is of another person or arrival, asks for less, or is void itself, when repeats
    have joined the matter, while a report of something urgent stands, or when a petitioner who can be reached was not
    told.
    """
    if case.is_urgent:
        raise Refusal(
            "该登记有重大紧急报告，有关机关、人员已经或者应当得到报告；请先“撤回重大紧急报告”并写明理由，再作废（第二十五条）。"
        )
    if case.petition_count > 1:
        raise Refusal("已有来件并入该事项，不能作废。")
    other: dict[str, Any] = {"case": same_as.number} if same_as is not None else {}
    if ground == VoidReason.DOUBLE:
        other["same"] = _refuse_other(case, same_as, same_requests)
    refuse_untold(case, told_by, act="登记作废")
    told = {"told_by": ToldBy(told_by).value} if told_by else {}
    return Effect({"ground": VoidReason(ground).value, "note": note} | other | told)


def _refuse_other(case: PetitionCase, other: PetitionCase | None, same: Collection[int]) -> list[str]:
    if other is None:
        raise Refusal("重复登记的，请填写保留的事项编号。", field="same_as")
    if other.pk == case.pk or other.state in NOT_COUNTED:
        raise Refusal("保留的事项不能是本事项，也不能是已经作废的事项。", field="same_as")
    refuse_other_arrival(case, other, field="same_as")
    return compared(case, other, same)


@action(
    Move.RESTORE,
    # Its first due day is kept: a wrong entry in the books is nobody's gain of time.
    Transition(frozenset({State.VOIDED}), State.REGISTERED, "第二十一条、第二十二条", starts=(Rule.TRIAGE,)),
    Duty(OFFICE_HEADS | HEADS, (Desk.REGISTERED, Desk.DECIDER)),
    Place(Group.INTAKE),
    {"reason": REASON},
)
def restore(case: PetitionCase, *, reason: str, by: Post, at: datetime) -> Effect:
    """恢复登记: the entry was no mistake after all; it stands again under its number."""
    return Effect({"reason": reason})
