"""How moves and states stand together on the screen: the headings of a menu of moves, and of a list of states."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.states.vocabulary import Move, State


@dataclass(frozen=True, slots=True)
class MoveGroup:
    """Moves of one sort. `steps` lead along the road and are always in sight; `beside` are the rarer ones."""

    label: str
    steps: tuple[Move, ...] = ()
    beside: tuple[Move, ...] = ()


MOVE_GROUPS: tuple[MoveGroup, ...] = (
    MoveGroup(
        "甄别转办",
        (
            Move.REGISTER, Move.TRIAGE, Move.GO_ON, Move.REFER, Move.ASSIGN, Move.TAKE_UP, Move.ROUTE, Move.SIGN_FOR,
            Move.OBJECT, Move.AGREE_OBJECTION, Move.REFUSE_OBJECTION, Move.DECIDE_JURISDICTION, Move.SPLIT,
        ),
        (
            Move.REPEAT, Move.ASK_DATA, Move.ANSWER_DIRECTLY, Move.FILE, Move.MERGE, Move.PASS_DOWN, Move.DISPUTE,
            Move.DECLINE, Move.REFUSE_AGAIN,
        ),
    ),
    MoveGroup(
        "办理",
        (
            Move.ACCEPT, Move.UNDERTAKE, Move.ACCEPT_SIMPLE, Move.ANSWER_SIMPLE, Move.FALL_BACK, Move.STUDY,
            Move.REPLY, Move.INVESTIGATE, Move.DRAFT, Move.CHECK, Move.RETURN_DRAFT, Move.SIGN, Move.DELIVER,
            Move.ORDER_EXECUTION, Move.FINISH_EXECUTION, Move.CLOSE, Move.RESTART,
        ),
    ),
    MoveGroup(
        "调解、听证、会商",
        (
            Move.REACH_AGREEMENT, Move.REACH_SETTLEMENT, Move.FAIL_MEDIATION, Move.CONCLUDE_HEARING,
            Move.CANCEL_HEARING, Move.CONCLUDE_CONFERENCE,
        ),
        (Move.MEDIATE, Move.CALL_HEARING, Move.CONFER),
    ),
    MoveGroup(
        "延期",
        (
            Move.APPROVE_EXTENSION, Move.AGREE_EXTENSION, Move.CONFIRM_EXTENSION, Move.DENY_EXTENSION,
            Move.REFUSE_EXTENSION,
        ),
        (Move.ASK_EXTENSION,),
    ),
    MoveGroup(
        "协办、回避、报告",
        (Move.FEED_BACK, Move.GRANT_RECUSAL, Move.REFUSE_RECUSAL),
        (Move.CALL_IN, Move.RELEASE, Move.ASK_RECUSAL, Move.REPORT_URGENT),
    ),
    MoveGroup(
        "复查复核",
        (
            Move.ACCEPT_REVIEW, Move.DECLINE_REVIEW, Move.DRAFT_REVIEW, Move.RETURN_REVIEW, Move.SIGN_REVIEW,
            Move.DELIVER_REVIEW, Move.ACCEPT_RECHECK, Move.DECLINE_RECHECK, Move.CALL_RECHECK_HEARING,
            Move.CONCLUDE_RECHECK_HEARING, Move.CANCEL_RECHECK_HEARING, Move.DRAFT_RECHECK, Move.RETURN_RECHECK,
            Move.SIGN_RECHECK, Move.DELIVER_RECHECK, Move.ORDER_REDO,
        ),
        (Move.ASK_REVIEW, Move.ASK_RECHECK, Move.PUBLISH),
    ),
    MoveGroup(
        "化解、终结、归档",
        (Move.CONFIRM_END, Move.ARCHIVE),
        (Move.RESOLVE, Move.WITHDRAW, Move.SUCCEED, Move.END, Move.REOPEN),
    ),
)  # fmt: skip
_STEPS = frozenset(move for group in MOVE_GROUPS for move in group.steps)

STATE_GROUPS: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("受理前", (
        State.REGISTERED, State.AWAITING_DATA, State.TRIAGED, State.REFERRED, State.ASSIGNED, State.OBJECTED,
        State.DISPUTED, State.SIGNED_FOR,
    )),
    ("办理", (
        State.ACCEPTED, State.UNDERTAKEN, State.SIMPLE, State.HANDLING, State.MEDIATING, State.HEARING,
        State.CONFERRING, State.EXTENSION_ASKED, State.EXTENSION_REFERRED, State.DRAFTED, State.CHECKED, State.ISSUED,
        State.DELIVERED, State.EXECUTING, State.REDO_ORDERED,
    )),
    ("复查", (
        State.REVIEW_ASKED, State.REVIEWING, State.REVIEW_DRAFTED, State.REVIEW_ISSUED, State.REVIEW_DELIVERED,
    )),
    ("复核", (
        State.RECHECK_ASKED, State.RECHECKING, State.RECHECK_HEARING, State.RECHECK_DRAFTED, State.RECHECK_ISSUED,
    )),
    ("办结、化解、终结", (
        State.CLOSED, State.RESOLVED, State.ANSWERED, State.ENDED, State.END_CONFIRMED, State.ARCHIVED,
    )),
    ("不办理、并件、撤回", (
        State.FILED, State.DECLINED, State.NOT_AGAIN, State.ROUTED, State.WITHDRAWN, State.MERGED,
    )),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MoveMenu:
    """Open moves as a menu: the likely one and the other steps in sight, the rest under its headings."""

    likely: Move | None
    steps: tuple[Move, ...]
    beside: tuple[tuple[str, tuple[Move, ...]], ...]

    @property
    def hidden(self) -> int:
        """How many moves stand under headings."""
        return sum(len(moves) for _, moves in self.beside)


_FEW = 4


def menu_of(moves: list[Move], likely: Move | None) -> MoveMenu:
    """Few moves all stand in sight; of many only the steps of the road do."""
    rest = [move for move in moves if move is not likely]
    shown = rest if len(moves) <= _FEW else [move for move in rest if move in _STEPS]
    hidden = [move for move in rest if move not in shown]
    grouped = ((group.label, _of(group, hidden)) for group in MOVE_GROUPS)
    return MoveMenu(likely, tuple(shown), tuple((label, found) for label, found in grouped if found))


def _of(group: MoveGroup, moves: Iterable[Move]) -> tuple[Move, ...]:
    return tuple(move for move in moves if move in group.steps or move in group.beside)
