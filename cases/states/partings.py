"""Partings of matters of others that were merged into one, where it ends or turns (第十九条第三款).

One petitioner's withdrawal, or a refusal of what he asked, ends nothing that another one has asked for.
"""

from collections.abc import Iterator, Mapping
from enum import Enum

from binzhou_xinfang.statute.periods import Rule
from cases.states.table import FIELDS, TRANSITIONS
from cases.states.transition import HANDLED, UNTOUCHED, WITH_UNIT
from cases.states.vocabulary import CLOSED_STATES, Move, State


class Parting(Enum):
    """Fate of matters merged into one that ends or turns; the value is told before the move is made."""

    OTHERS = "并入的他人事项没有得到答复的，恢复单独办理"
    WAY = "改变途径后不再出具信访处理意见的，并入的他人事项恢复单独办理"
    REFUSED = "有并入的来件的，不能办理"
    ANSWERED = "并入的事项已经一并答复"
    ALONG = "并入的事项随该事项继续办理"


# Each move that ends a matter, or turns it to another way.
PARTINGS: Mapping[Move, Parting] = {
    Move.VOID: Parting.REFUSED,
    Move.TRIAGE: Parting.WAY,
    Move.ANSWER_DIRECTLY: Parting.OTHERS,
    Move.FILE: Parting.OTHERS,
    Move.DECLINE: Parting.OTHERS,
    Move.REFUSE_AGAIN: Parting.OTHERS,
    Move.ROUTE: Parting.OTHERS,
    Move.CHANGE_WAY: Parting.WAY,
    Move.LEAD_OUT: Parting.OTHERS,
    Move.TO_DISCIPLINE: Parting.WAY,
    Move.TAKE_AS_DUTY: Parting.WAY,
    Move.TAKE_AS_CLAIM: Parting.ALONG,
    Move.MERGE: Parting.ALONG,
    Move.REPLY: Parting.ANSWERED,
    Move.CLOSE: Parting.ANSWERED,
    Move.RESOLVE: Parting.ANSWERED,
    Move.DELIVER_RECHECK: Parting.ANSWERED,
    Move.WITHDRAW: Parting.OTHERS,
    Move.END: Parting.OTHERS,
    # Whoever had no answer has parted from it when it ended.
    Move.CONFIRM_END: Parting.ALONG,
    Move.ARCHIVE: Parting.ALONG,
}
# Where nobody has had an answer yet.
UNANSWERED = (UNTOUCHED | WITH_UNIT | HANDLED) - CLOSED_STATES


def unparted() -> Iterator[str]:
    """Find moves that end or turn a matter and do not say what becomes of those merged into it, sayings about moves
    that do neither, and answers that are none."""
    for move, row in TRANSITIONS.items():
        leaves = set(row.cancels) >= _PERIODS and not _PERIODS & {*row.meets, *row.starts, *row.simple}
        turns = bool(row.sources & UNANSWERED) and (leaves or bool(_WAYS & set(FIELDS.get(move, {}))))
        ends = row.target in CLOSED_STATES and bool(row.sources)
        if (ends or turns) != (move in PARTINGS) and PARTINGS.get(move) is not Parting.ALONG:
            yield f"{move.value}: 结束事项、改变途径的，应当写明并入的他人事项如何处理（PARTINGS）"
        says = PARTINGS.get(move)
        if says is Parting.ANSWERED and row.sources & UNANSWERED:
            yield f"{move.value}: 还没有答复的事项结束时，并入的他人事项没有得到答复，应当恢复单独办理（PARTINGS）"
        if says is Parting.ALONG and ends and row.target not in _GOES_ON and row.sources & UNANSWERED:
            yield f"{move.value}: 事项结束以后不再办理，并入的他人事项不能随之结束（PARTINGS）"


_GOES_ON = frozenset({State.MERGED})
_WAYS = frozenset({"way", "way_before"})
# The periods within which the petitioner is owed an answer.
_PERIODS = frozenset({Rule.HANDLING, Rule.SIMPLE_HANDLING, Rule.OWN_WAY})
