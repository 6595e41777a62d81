"""Debts of a matter in each state, each with its clock; a new state has its answer here, or a check fails."""

from collections.abc import Mapping
from typing import Any

from binzhou_xinfang.process.owed import Debts, Owed, debts, own_clocks
from binzhou_xinfang.process.steps import State as AnyState
from binzhou_xinfang.statute.periods import Rule
from cases.states.duty import Desk
from cases.states.marks import MARKS
from cases.states.vocabulary import State

_HOLDER = Desk.HOLDER


def _owed(what: str, *clocks: Rule, **more: Any) -> Owed[Any]:
    return Owed(what=what, by=_HOLDER, clocks=clocks, **more)


_TRIAGE = _owed("甄别、登记转送交办，或者依法作出其他处理", Rule.TRIAGE, Rule.SIMPLE_RELAY)
# 第二十三条第四款: 政法 and 纪检监察 tell the petitioner by rules of their own.
_BY_OUR_DAYS: dict[str, Any] = {
    "when": "政法、纪检监察机关以外的单位", "holds": lambda case: not case.holder.has_own_rules,
}  # fmt: skip
_BY_OWN_RULES = "政法、纪检监察机关的告知按照有关规定执行（第二十三条第四款）"
_NOTICE = _owed(
    "签收，书面告知信访人接收情况以及处理途径和程序；无权处理的提出异议", Rule.NOTICE, Rule.SIMPLE_ACCEPTANCE,
    **_BY_OUR_DAYS,
)  # fmt: skip
_TOLD = _owed("书面告知信访人接收情况以及处理途径和程序；无权处理的提出异议", *_NOTICE.clocks, **_BY_OUR_DAYS)
_OPINION = _owed("调查核实，出具信访处理意见书", Rule.HANDLING, Rule.REDO)
# Once it was reported, the period of the assignment is met: what is answered anew is reported within days of its own.
_ASSIGNED = _owed(
    "办结并向交办机关提交办结报告", Rule.ASSIGNMENT, own=Rule.COMPLETION, unless=(Rule.ASSIGNMENT,), when="交办件",
    holds=lambda case: case.is_assigned,
)  # fmt: skip
_EXTENSION = _owed("批准或者不批准延期", Rule.HANDLING, own=Rule.EXTENSION_DECISION, within=(Rule.HANDLING,))
# The assigner decides; the 60 days go on at the unit that handles it.
_EXTENSION_ABOVE: tuple[Owed[Any], ...] = (
    _owed(
        "批准或者不批准延期",
        own=Rule.EXTENSION_DECISION,
        within=(Rule.HANDLING,),
        awaited_by=(Rule.HANDLING, Rule.REDO, Rule.ASSIGNMENT),
    ),
    Owed(what=_OPINION.what, by=Desk.RESPONSIBLE, clocks=(Rule.HANDLING,)),
)
# What a unit that has no such power was sent: until it is decided, nothing of it can be done there.
_BY_WHO_IS_COMPETENT = (Rule.NOTICE, Rule.OBJECTION, Rule.SIMPLE_ACCEPTANCE, Rule.ASSIGNMENT)
# The unit may execute what was supported, and is not urged to while the body above may change it; its file cannot be
# closed, nor reported on.
_BELOW_REVIEW = (Rule.EXECUTION, Rule.ASSIGNMENT)


def _above(what: str, *clocks: Rule, **more: Any) -> Owed[Any]:
    return _owed(what, *clocks, awaited_by=_BELOW_REVIEW, **more)


_REVIEW = _above("提出复查意见并书面答复", Rule.REVIEW)
_RECHECK = _above("提出复核意见", Rule.RECHECK)


def _issued(what: str, *laws: Rule, awaited_by: tuple[Rule, ...] = ()) -> Debts[Any]:
    """Say what a signed answer owes: to be sent in time, then to be followed until it has arrived."""
    return debts(
        _owed(
            f"发出或者当面送达{what}", *laws, own=Rule.DELIVERY, before=laws, awaited_by=awaited_by, when="尚未发出",
            holds=lambda case: not case.is_sent,
        ),
        _owed(
            f"登记{what}的送达结果；没有送达的，改用其他方式", own=Rule.ARRIVAL, since="交邮之日或者公告期满之日",
            awaited_by=awaited_by, when="已经交邮或者公告", holds=lambda case: case.is_sent,
        ),
        nothing="签发的意见，或者尚未发出，或者已经发出",
    )  # fmt: skip


def _execution(what: str) -> Owed[Any]:
    return _owed(
        what, Rule.EXECUTION, own=Rule.EXECUTION_ORDER, unless=(Rule.EXECUTION,),
        when="予以支持的诉求尚未执行", holds=lambda case: case.owes_execution,
    )  # fmt: skip


_ORDER = _execution("督促有关单位执行予以支持的诉求")
_RIGHT_OPEN = "是否申请{}由信访人决定；期满未申请的，由系统办结"

OWED: Mapping[AnyState, Debts[Any]] = {
    State.REGISTERED: debts(_TRIAGE),
    State.AWAITING_DATA: debts(
        _owed("补齐材料；到期未补齐的，按现有材料继续甄别", Rule.TRIAGE, own=Rule.SUPPLEMENT, within=(Rule.TRIAGE,))
    ),
    State.TRIAGED: debts(_TRIAGE),
    State.REFERRED: debts(_NOTICE, nothing=_BY_OWN_RULES),
    State.ASSIGNED: debts(_NOTICE, nothing=_BY_OWN_RULES),
    State.OBJECTED: debts(
        _owed("核实异议，同意的交还材料重新转送", own=Rule.OBJECTION_CHECK, awaited_by=_BY_WHO_IS_COMPETENT)
    ),
    State.DISPUTED: debts(_owed("决定受理机关", own=Rule.JURISDICTION, awaited_by=_BY_WHO_IS_COMPETENT)),
    State.SIGNED_FOR: debts(_TOLD, nothing=_BY_OWN_RULES),
    State.ACCEPTED: debts(_OPINION),
    State.UNDERTAKEN: debts(_owed("依职责办理并答复信访人", Rule.OWN_WAY)),
    State.SIMPLE: debts(_owed("简易办理并答复信访人", Rule.SIMPLE_HANDLING)),
    State.HANDLING: debts(_OPINION),
    State.MEDIATING: debts(_OPINION),
    State.HEARING: debts(_OPINION),
    State.CONFERRING: debts(_OPINION),
    State.EXTENSION_ASKED: debts(_EXTENSION),
    State.EXTENSION_REFERRED: debts(*_EXTENSION_ABOVE),
    State.DRAFTED: debts(_OPINION),
    State.CHECKED: debts(_OPINION),
    State.ISSUED: _issued("信访处理意见书", Rule.HANDLING, Rule.REDO),
    State.DELIVERED: debts(_ORDER, _ASSIGNED, nothing=_RIGHT_OPEN.format("复查")),
    State.EXECUTING: debts(
        _execution("督促有关单位执行，并记录执行情况"), _ASSIGNED, nothing="没有尚未执行的诉求的，不停留在这一状态"
    ),
    State.REVIEW_ASKED: debts(_above("决定是否受理复查", Rule.REVIEW_ACCEPTANCE, Rule.REVIEW)),
    State.REVIEWING: debts(_REVIEW),
    State.REVIEW_DRAFTED: debts(_REVIEW),
    State.REVIEW_ISSUED: _issued("复查意见", Rule.REVIEW, awaited_by=_BELOW_REVIEW),
    State.REVIEW_DELIVERED: debts(_ORDER, _ASSIGNED, nothing=_RIGHT_OPEN.format("复核")),
    State.REDO_ORDERED: debts(_owed("重新办理并作出处理意见", Rule.REDO)),
    State.RECHECK_ASKED: debts(_above("决定是否受理复核", Rule.RECHECK_ACCEPTANCE, Rule.RECHECK)),
    State.RECHECKING: debts(_RECHECK),
    State.RECHECK_HEARING: debts(_above("举行听证并作出听证结论", own=Rule.HEARING_END, since="听证会举行之日")),
    State.RECHECK_DRAFTED: debts(_RECHECK),
    State.RECHECK_ISSUED: _issued("复核意见", Rule.RECHECK, awaited_by=_BELOW_REVIEW),
    State.CLOSED: debts(nothing="已经办结；复查、复核的权利未届满的，由信访人决定"),
    State.RESOLVED: debts(nothing="事项和情绪均已化解"),
    State.ANSWERED: debts(nothing="已经答复信访人"),
    State.FILED: debts(nothing="没有可以办理的内容"),
    State.DECLINED: debts(nothing="已经书面告知不予受理"),
    State.NOT_AGAIN: debts(nothing="已经书面告知不再受理"),
    State.ROUTED: debts(nothing="由依法有权的机关按其程序和期限处理"),
    State.WITHDRAWN: debts(nothing="信访人已经撤回"),
    State.MERGED: debts(nothing="由并入的事项办理，期限看该事项"),
    State.VOIDED: debts(nothing="登记有误作废，没有可以办理的事项"),
    State.ENDED: debts(nothing="信访程序已经终结；审核认定和归档没有法定期限"),
    State.END_CONFIRMED: debts(nothing="终结已经审核认定；归档没有法定期限"),
    State.ARCHIVED: debts(nothing="已经归档"),
}
OWN_CLOCKS = own_clocks(OWED, MARKS)
# Clocks that wait somewhere for another desk.
WAIT_ELSEWHERE = frozenset(rule for answer in OWED.values() for debt in answer.owed for rule in debt.awaited_by)
