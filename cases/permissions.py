"""Who may act, and on which matters: one table each, asked by page, API and action alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.accounts.roles import Role
from cases.models import PetitionCase
from cases.states import TRANSITIONS, Guard, Move, State
from cases.vocabulary import ROUTED_WAYS, EndGround, LastAnswer, LegalWay, ReviewResult


class Desk(Enum):
    """Where the post must sit to make the move."""

    HOLDER = "当前单位"
    REGISTERED = "登记机构"
    SENDER = "转办单位"
    RESPONSIBLE = "责任单位"
    CO_HANDLER = "协办单位"


@dataclass(frozen=True, slots=True)
class Duty:
    """The roles that may make a move, and the desks they must sit at; `by_system`: the sweep makes it too;
    `other_hand`: whoever drafted does not make it.
    """

    roles: frozenset[Role]
    desks: tuple[Desk, ...] = (Desk.HOLDER,)
    by_system: bool = False
    other_hand: bool = False


_TRIAGE = frozenset({Role.REGISTRAR, Role.OFFICE_HEAD})
_HANDLE = frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD, Role.DISCIPLINE})
_HEAD = frozenset({Role.UNIT_HEAD, Role.DISCIPLINE})
_REGISTER = frozenset({Role.WINDOW_CLERK, Role.REGISTRAR, Role.OFFICE_HEAD})
_OFFICE_HEAD = frozenset({Role.OFFICE_HEAD})
_REVIEW = frozenset({Role.REVIEWER})
_OWN = (Desk.REGISTERED,)
_EITHER = (Desk.REGISTERED, Desk.RESPONSIBLE)

MAY: Mapping[Move, Duty] = {
    Move.REGISTER: Duty(_REGISTER, _OWN),
    Move.REPEAT: Duty(_REGISTER, _OWN),
    Move.ASK_DATA: Duty(_REGISTER),
    Move.GO_ON: Duty(_REGISTER),
    # 第二十五条 binds every body that learns of it.
    Move.REPORT_URGENT: Duty(_REGISTER | _HANDLE, (Desk.HOLDER, Desk.REGISTERED)),
    Move.TRIAGE: Duty(_TRIAGE),
    Move.REFER: Duty(_TRIAGE),
    # 交办 carries a period of the office's own; the head of the office decides on it.
    Move.ASSIGN: Duty(_OFFICE_HEAD),
    Move.TAKE_UP: Duty(_TRIAGE),
    Move.ANSWER_DIRECTLY: Duty(_REGISTER),
    Move.FILE: Duty(_OFFICE_HEAD),
    Move.DECLINE: Duty(_OFFICE_HEAD | _HEAD),
    Move.REFUSE_AGAIN: Duty(_OFFICE_HEAD | _HEAD),
    Move.ROUTE: Duty(_TRIAGE | _HANDLE),
    Move.MERGE: Duty(_TRIAGE),
    Move.SPLIT: Duty(_TRIAGE),
    # A petition office below receives from the one above, and a body handles by itself what it took up.
    Move.SIGN_FOR: Duty(_HANDLE | _TRIAGE),
    Move.PASS_DOWN: Duty(_TRIAGE | _HEAD),
    Move.OBJECT: Duty(_HANDLE | _TRIAGE),
    Move.AGREE_OBJECTION: Duty(_TRIAGE | _HEAD),
    Move.REFUSE_OBJECTION: Duty(_TRIAGE | _HEAD),
    Move.DISPUTE: Duty(_TRIAGE | _HEAD),
    # 第二十四条：由其共同的上一级机关、单位决定；没有共同的上一级的，由共同的信访工作联席会议协调处理
    Move.DECIDE_JURISDICTION: Duty(frozenset({Role.LEADER, Role.OFFICE_HEAD})),
    Move.ACCEPT: Duty(_HANDLE),
    Move.UNDERTAKE: Duty(_HANDLE),
    Move.ACCEPT_SIMPLE: Duty(_HANDLE),
    Move.FALL_BACK: Duty(_HANDLE),
    Move.ANSWER_SIMPLE: Duty(_HANDLE),
    Move.STUDY: Duty(_HANDLE),
    Move.REPLY: Duty(_HEAD),
    Move.INVESTIGATE: Duty(_HANDLE),
    Move.CALL_IN: Duty(_HANDLE | _TRIAGE, (Desk.HOLDER, Desk.SENDER)),
    Move.FEED_BACK: Duty(_HANDLE, (Desk.CO_HANDLER,)),
    Move.RELEASE: Duty(_HANDLE | _TRIAGE, (Desk.HOLDER, Desk.SENDER)),
    Move.ASK_RECUSAL: Duty(_HANDLE | _REVIEW),
    # 山东省信访条例第十七条：由本机关负责人决定；a body of review has reviewers alone, and one decides of another.
    Move.GRANT_RECUSAL: Duty(_HEAD | _REVIEW),
    Move.REFUSE_RECUSAL: Duty(_HEAD | _REVIEW),
    Move.MEDIATE: Duty(_HANDLE),
    Move.REACH_AGREEMENT: Duty(_HANDLE),
    Move.REACH_SETTLEMENT: Duty(_HANDLE),
    Move.FAIL_MEDIATION: Duty(_HANDLE),
    Move.CALL_HEARING: Duty(_HEAD),
    Move.CONCLUDE_HEARING: Duty(_HANDLE),
    Move.CANCEL_HEARING: Duty(_HEAD),
    Move.CONFER: Duty(_HANDLE),
    Move.CONCLUDE_CONFERENCE: Duty(_HANDLE),
    Move.ASK_EXTENSION: Duty(_HANDLE),
    # 第三十四条：经本机关、单位负责人批准
    Move.APPROVE_EXTENSION: Duty(_HEAD),
    Move.AGREE_EXTENSION: Duty(_HEAD),
    Move.CONFIRM_EXTENSION: Duty(_OFFICE_HEAD),
    Move.DENY_EXTENSION: Duty(_OFFICE_HEAD),
    Move.REFUSE_EXTENSION: Duty(_HEAD),
    Move.DRAFT: Duty(_HANDLE),
    Move.CHECK: Duty(_HANDLE, other_hand=True),
    Move.RETURN_DRAFT: Duty(_HANDLE),
    Move.SIGN: Duty(_HEAD, other_hand=True),
    Move.DELIVER: Duty(_HANDLE),
    Move.ORDER_EXECUTION: Duty(_HANDLE),
    Move.FINISH_EXECUTION: Duty(_HANDLE),
    Move.CLOSE: Duty(_HANDLE, by_system=True),
    Move.RESOLVE: Duty(_HEAD, (Desk.RESPONSIBLE,)),
    # The petitioner brings or posts the request; whoever has it writes it down and passes it up.
    Move.ASK_REVIEW: Duty(_REGISTER | _HANDLE, _EITHER),
    Move.ACCEPT_REVIEW: Duty(_REVIEW),
    Move.DECLINE_REVIEW: Duty(_REVIEW),
    Move.DRAFT_REVIEW: Duty(_REVIEW),
    Move.RETURN_REVIEW: Duty(_REVIEW),
    Move.SIGN_REVIEW: Duty(_REVIEW, other_hand=True),
    Move.DELIVER_REVIEW: Duty(_REVIEW),
    Move.ASK_RECHECK: Duty(_REGISTER | _HANDLE, _EITHER),
    Move.ACCEPT_RECHECK: Duty(_REVIEW),
    Move.DECLINE_RECHECK: Duty(_REVIEW),
    Move.CALL_RECHECK_HEARING: Duty(_REVIEW),
    Move.CONCLUDE_RECHECK_HEARING: Duty(_REVIEW),
    Move.CANCEL_RECHECK_HEARING: Duty(_REVIEW),
    Move.DRAFT_RECHECK: Duty(_REVIEW),
    Move.RETURN_RECHECK: Duty(_REVIEW),
    Move.SIGN_RECHECK: Duty(_REVIEW, other_hand=True),
    Move.DELIVER_RECHECK: Duty(_REVIEW),
    Move.ORDER_REDO: Duty(_REVIEW),
    Move.RESTART: Duty(_HANDLE),
    Move.PUBLISH: Duty(_OFFICE_HEAD, _OWN),
    Move.WITHDRAW: Duty(_TRIAGE | _HANDLE, (Desk.HOLDER, Desk.REGISTERED)),
    Move.SUCCEED: Duty(_REGISTER | _HANDLE, (Desk.HOLDER, Desk.REGISTERED)),
    Move.END: Duty(_OFFICE_HEAD, _OWN, by_system=True),
    Move.CONFIRM_END: Duty(_OFFICE_HEAD, _OWN),
    Move.REOPEN: Duty(_OFFICE_HEAD, _OWN),
    Move.ARCHIVE: Duty(_TRIAGE, _OWN),
}

# 群众满意度评价 is no move: the office asks the petitioner back whatever the state; the petitioner alone needs nobody.
EVALUATE = Duty(_REGISTER, _OWN, by_system=True)

OWN_WAYS = frozenset({LegalWay.ADVICE, LegalWay.DISCIPLINE, LegalWay.STATUTORY_DUTY})


# The columns of a matter that `moves_now` looks at; a list that asks for moves reads them with its rows.
ASKED = (
    "state", "holder", "registered_unit", "sender", "responsible", "registrar", "is_sealed", "recused",
    "legal_way", "is_simple", "needs_assigner", "is_recusal_asked", "co_handlers", "owes_execution", "last_answer",
    "review_result", "was_heard", "drafter", "due_rule", "end_ground",
)  # fmt: skip

FITS: Mapping[Guard, Callable[[PetitionCase], bool]] = {
    Guard.WAY_PETITION: lambda case: case.legal_way == LegalWay.PETITION,
    Guard.WAY_ROUTED: lambda case: case.legal_way in ROUTED_WAYS,
    Guard.WAY_OWN: lambda case: case.legal_way in OWN_WAYS,
    Guard.SIMPLE: lambda case: case.is_simple,
    Guard.NOT_SIMPLE: lambda case: not case.is_simple,
    Guard.OWN_ORGAN: lambda case: case.holder.kind != UnitKind.PETITION_OFFICE,
    Guard.HANDED_OVER: lambda case: case.sender_id is not None,
    Guard.NEEDS_ASSIGNER: lambda case: case.needs_assigner,
    Guard.NEEDS_NO_ASSIGNER: lambda case: not case.needs_assigner,
    Guard.RECUSAL_PENDING: lambda case: case.is_recusal_asked,
    Guard.RECUSAL_DECIDED: lambda case: not case.is_recusal_asked,
    Guard.CO_HANDLED: lambda case: bool(case.co_handlers),
    Guard.SUPPORTED: lambda case: case.owes_execution,
    Guard.OPINION_STANDS: lambda case: case.last_answer == LastAnswer.OPINION,
    Guard.REVIEW_STANDS: lambda case: case.last_answer == LastAnswer.REVIEW,
    Guard.ENDED_FOR_GOOD: lambda case: case.end_ground in ("", EndGround.NO_REQUEST),
    Guard.UPHELD: lambda case: case.review_result != ReviewResult.REVOKE,
    Guard.REVOKED: lambda case: case.review_result == ReviewResult.REVOKE,
    Guard.HEARD: lambda case: case.was_heard,
    Guard.EXECUTED: lambda case: not case.owes_execution,
    Guard.NOTHING_RUNS: lambda case: not case.due_rule,
}


def hindrance(move: Move, case: PetitionCase) -> Guard | None:
    """The first fact that the matter lacks for the move; None when it has them all."""
    return next((guard for guard in TRANSITIONS[move].guards if not FITS[guard](case)), None)


def reads_sealed(post: Post, case: PetitionCase) -> bool:
    """Whether the post is named for this 检举控告 (第三十条): 纪检监察 at its desk, a named person, and who took it in
    until it is handed over for the first time.
    """
    if post.role == Role.DISCIPLINE and post.unit.kind == UnitKind.DISCIPLINE:
        return post.unit_id in (case.holder_id, case.responsible_id)
    if post.unit_id != case.registered_unit_id:
        return False
    was_handed_over = case.sender_id is not None or case.responsible_id is not None
    return post.reads_sealed or (case.registrar_id == post.user_id and not was_handed_over)


def _sits_at(post: Post, desk: Desk, case: PetitionCase) -> bool:
    if desk is Desk.CO_HANDLER:
        return post.unit_id in case.co_handlers
    units = {
        Desk.HOLDER: case.holder_id,
        Desk.REGISTERED: case.registered_unit_id,
        Desk.SENDER: case.sender_id,
        Desk.RESPONSIBLE: case.responsible_id,
    }
    return post.unit_id == units[desk]


def is_own_draft(post: Post | None, move: Move, case: PetitionCase) -> bool:
    """Whether the move is kept from the post because its user drafted what is to be checked or signed."""
    return MAY[move].other_hand and post is not None and post.user_id == case.drafter_id


def may(post: Post | None, move: Move, case: PetitionCase) -> bool:
    """Whether the post (None: the system itself) may make the move on this matter, whatever its state."""
    return not is_own_draft(post, move, case) and _holds(post, MAY[move], case)


def may_evaluate(post: Post | None, case: PetitionCase) -> bool:
    """Whether the post may write down what the petitioner says of the answer: a petition office asks back, and never
    the unit that is evaluated. None: the petitioner in person.
    """
    if post is not None and (post.unit.kind != UnitKind.PETITION_OFFICE or post.unit_id == case.responsible_id):
        return False
    return _holds(post, EVALUATE, case)


def _holds(post: Post | None, duty: Duty, case: PetitionCase) -> bool:
    if post is None:
        return duty.by_system
    if post.role not in duty.roles or not any(_sits_at(post, desk, case) for desk in duty.desks):
        return False
    if post.user_id in case.recused:  # 第二十八条第三款
        return False
    return not case.is_sealed or reads_sealed(post, case)


# By the state the moves that the table has from there, in its order; an arrival is no move of a matter that is there.
FROM: Mapping[State, tuple[Move, ...]] = {
    state: tuple(move for move, row in TRANSITIONS.items() if state in row.sources and move is not Move.REPEAT)
    for state in State
}


def moves_now(post: Post, case: PetitionCase) -> list[Move]:
    """The moves that this post may make on this matter now, in the order of the table."""
    return [move for move in FROM[State(case.state)] if may(post, move, case) and hindrance(move, case) is None]


_BY_VALUE = (
    "state", "holder_id", "registered_unit_id", "sender_id", "responsible_id", "legal_way", "is_simple",
    "needs_assigner", "is_recusal_asked", "owes_execution", "last_answer", "review_result", "was_heard",
    "due_rule", "end_ground",
)  # fmt: skip


def standing_of(case: PetitionCase, post: Post) -> tuple[object, ...]:
    """All that `moves_now` looks at: the post has the same moves on matters that stand alike."""
    own = (case.drafter_id == post.user_id, post.user_id in case.recused, *case.co_handlers)
    # Who may read a sealed matter hangs on the matter itself.
    return (case.pk if case.is_sealed else None, *(getattr(case, name) for name in _BY_VALUE), *own)


# The road's own next steps, the furthest first: what the one primary button offers when several moves are open.
_ROAD = (
    Move.ARCHIVE, Move.CONFIRM_END, Move.CLOSE, Move.FINISH_EXECUTION, Move.DELIVER, Move.SIGN, Move.CHECK, Move.DRAFT,
    Move.CONFIRM_EXTENSION, Move.AGREE_EXTENSION, Move.APPROVE_EXTENSION, Move.CONCLUDE_HEARING,
    Move.CONCLUDE_CONFERENCE, Move.REACH_AGREEMENT, Move.INVESTIGATE, Move.REPLY, Move.STUDY, Move.ANSWER_SIMPLE,
    Move.ACCEPT_SIMPLE, Move.ACCEPT, Move.UNDERTAKE, Move.ROUTE, Move.SIGN_FOR, Move.DECIDE_JURISDICTION,
    Move.AGREE_OBJECTION, Move.RESTART, Move.DELIVER_RECHECK, Move.DELIVER_REVIEW, Move.ORDER_REDO, Move.SIGN_RECHECK,
    Move.SIGN_REVIEW, Move.CONCLUDE_RECHECK_HEARING, Move.DRAFT_RECHECK, Move.DRAFT_REVIEW, Move.ACCEPT_RECHECK,
    Move.ACCEPT_REVIEW, Move.FEED_BACK, Move.REFER, Move.TRIAGE, Move.GO_ON,
)  # fmt: skip


def likely_move(moves: Sequence[Move]) -> Move | None:
    """The move that is most likely next among `moves`; None when the road goes on elsewhere."""
    return next((move for move in _ROAD if move in moves), None)


def may_attach(post: Post, case: PetitionCase) -> bool:
    """Whether the post may add a file: who took the open matter in, passed it on or handles it, in a role that acts."""
    desks = (case.holder_id, case.registered_unit_id, case.sender_id, case.responsible_id, *case.co_handlers)
    acts = _REGISTER | _HANDLE | _REVIEW
    if not case.is_open or post.role not in acts or post.unit_id not in desks or post.user_id in case.recused:
        return False
    return not case.is_sealed or reads_sealed(post, case)
