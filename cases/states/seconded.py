"""Moves that no named person makes alone on a sealed report (条例第三十条第三款).

Nobody else sees it: what one of them ended, or opened, by himself nobody would ever ask about. The organ of discipline
that has it ends it by its own rules.
"""

from collections.abc import Iterator

from cases.states.guards import Guard
from cases.states.table import TRANSITIONS
from cases.states.transition import HANDLED, UNTOUCHED, WITH_UNIT
from cases.states.vocabulary import CLOSED_STATES, Move, State

# Another one who is named has asked for it (提请), this one decides.
SECONDED = frozenset({Move.UNSEAL, Move.VOID, Move.WITHDRAW, Move.END})
_OPEN = UNTOUCHED | WITH_UNIT | HANDLED | {State.AWAITING_DATA, State.UNDERTAKEN}
# It goes on in another report.
_GOES_ON = frozenset({Move.MERGE})


def alone_with_a_report() -> Iterator[str]:
    """Find moves by which one person could end a sealed report, or take off its seal, where it was taken in."""
    for move, row in TRANSITIONS.items():
        ends = row.target in CLOSED_STATES and bool(row.sources & _OPEN) and move not in _GOES_ON
        is_kept = bool({Guard.OWN_REPORT, Guard.UNSEALED} & set(row.guards))
        if (ends or Guard.SEALED in row.guards) and not is_kept and move not in SECONDED:
            yield f"{move.value}: 检举控告由有权处理的机关办结，或者由两名指定人员办理（SECONDED、OWN_REPORT）"
