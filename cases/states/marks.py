"""Marks of a matter that wait for somebody's word beside its state: what is owed, at which desk, by which clock.

A new column that could say so has its answer here, or the start-up check fails (`process.checks`).
"""

from collections.abc import Mapping
from typing import Any

from binzhou_xinfang.process.owed import Mark, Marks, Owed
from binzhou_xinfang.statute.periods import Rule
from cases.states.duty import Desk
from cases.states.vocabulary import Move

_FACT = "只记载事项的情况，不等待任何人"
_SETTLED_WITH = "由各状态的应办事项说明"
MARKS: Marks[Any] = {
    "is_recusal_asked": Mark(
        Owed(
            what="决定是否回避", by=Desk.HOLDER, own=Rule.RECUSAL_DECISION, when="有回避申请",
            holds=lambda case: case.is_recusal_asked,
        ),
        (Move.GRANT_RECUSAL, Move.REFUSE_RECUSAL),
    ),
    "is_hearing_asked": Mark(
        Owed(
            what="决定是否举行听证，答复信访人", by=Desk.HOLDER, own=Rule.HEARING_DECISION, when="有听证申请",
            holds=lambda case: case.is_hearing_asked,
        ),
        (Move.CALL_HEARING, Move.CALL_RECHECK_HEARING, Move.REFUSE_HEARING),
    ),
    "end_asked": Mark(
        Owed(
            what="决定提请的事项（结束办理、变更信访人、解除保密）", by=Desk.DECIDER, own=Rule.END_DECISION,
            when="有提请结束办理、变更信访人的事项",
            holds=lambda case: bool(case.end_asked),
        ),
        (Move.REFUSE_END, Move.WITHDRAW, Move.END, Move.SUCCEED, Move.UNSEAL, Move.VOID),
    ),
    "is_delivery_doubted": Mark(
        Owed(
            what="核实送达日期", by=Desk.DECIDER, own=Rule.DELIVERY_CHECK, when="送达或者发出系事后登录",
            holds=lambda case: case.is_delivery_doubted,
        ),
        (Move.CONFIRM_DELIVERY,),
    ),
    "co_handlers": Mark(
        Owed(
            what="反馈协办情况", by=Desk.CO_HANDLER, clocks=(Rule.CO_HANDLING,), when="有协办单位尚未反馈",
            holds=lambda case: bool(case.co_handlers),
        ),
        (Move.FEED_BACK, Move.RELEASE),
    ),
    "owes_execution": _SETTLED_WITH,
    "is_sent": _SETTLED_WITH,
    # The right counts from the day of the entry, unless the proof says that it was received later still; a paper that
    # is lost is answered for by the office's word.
    "is_delivery_unproven": Mark(
        Owed(
            what="补交送达凭证", by=Desk.SERVER, own=Rule.DELIVERY_PROOF, when="送达没有凭证",
            holds=lambda case: case.is_delivery_unproven,
        ),
        (Move.PROVE_DELIVERY, Move.CONFIRM_DELIVERY),
    ),
    "unserved": Mark(
        Owed(
            what="将答复送达其他信访人", by=Desk.SERVER, own=Rule.DELIVERY_TO_OTHERS, when="有信访人尚未收到答复",
            holds=lambda case: bool(case.unserved),
        ),
        (Move.DELIVER_OTHER,),
    ),
    "is_supervised": "由督办件的期限看管",
    "is_joint": _FACT,
    "is_group": _FACT,
    "is_sealed": _FACT,
    "is_simple": _FACT,
    "is_assigned": _SETTLED_WITH,
    "needs_assigner": _SETTLED_WITH,
    "was_heard": _FACT,
    "passers": _FACT,
    "outcomes": _FACT,
    "recused": _FACT,
    "hands": _FACT,
    "due_rule": _FACT,
    "heart": _FACT,
    "review_result": _SETTLED_WITH,
    "last_answer": _SETTLED_WITH,
    "end_ground": _FACT,
}  # fmt: skip
# The moves by which each mark is settled: where none of them can be made, nobody is waited for any longer.
SETTLED_BY: Mapping[str, tuple[Move, ...]] = {
    name: tuple(Move(key) for key in mark.settled_by) for name, mark in MARKS.items() if isinstance(mark, Mark)
}
