"""Permissions: one table of posts and one of matters, asked by page, API and verb alike."""

from collections.abc import Callable, Mapping
from functools import cache

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.accounts.roles import Role
from cases.models import PetitionCase
from cases.states import CLERKS, HANDLERS, MAY, OWN, REVIEWERS, TRANSITIONS, Desk, Duty, Guard, Move, State
from cases.vocabulary import ROUTED_WAYS, EndGround, LastAnswer, LegalWay, ReviewResult

# 群众满意度评价 is no move: the office asks the petitioner back whatever the state; the petitioner alone needs nobody.
EVALUATE = Duty(CLERKS, OWN, by_system=True)

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
    """Find the first fact that the matter lacks for the move; None when it has them all."""
    return next((guard for guard in TRANSITIONS[move].guards if not FITS[guard](case)), None)


def reads_sealed(post: Post, case: PetitionCase) -> bool:
    """Check that the post is named for this 检举控告 (第三十条): 纪检监察 at its desk, a named person, and who took
    it in until it is handed over for the first time."""
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
    """Check if the move is kept from the post because its user drafted what is to be checked or signed."""
    return MAY[move].other_hand and post is not None and post.user_id == case.drafter_id


def may(post: Post | None, move: Move, case: PetitionCase) -> bool:
    """Check that the post (None: the system itself) may make the move on this matter, whatever its state."""
    return not is_own_draft(post, move, case) and _holds(post, MAY[move], case)


def may_evaluate(post: Post | None, case: PetitionCase) -> bool:
    """Check that the post may write down the petitioner's evaluation: a petition office asks back, and never the
    unit that is evaluated. None: the petitioner in person."""
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


@cache
def moves_from(state: State) -> tuple[Move, ...]:
    """List the moves that the table has from the state, in its order; an arrival moves no matter that is there."""
    return tuple(move for move, row in TRANSITIONS.items() if state in row.sources and move is not Move.REPEAT)


def moves_now(post: Post, case: PetitionCase) -> list[Move]:
    """List the moves that this post may make on this matter now, in the order of the table."""
    return [move for move in moves_from(State(case.state)) if may(post, move, case) and hindrance(move, case) is None]


def may_attach(post: Post, case: PetitionCase) -> bool:
    """Check that the post may add a file: who took the open matter in, passed it on or handles it, in a role that
    acts."""
    desks = (case.holder_id, case.registered_unit_id, case.sender_id, case.responsible_id, *case.co_handlers)
    acts = CLERKS | HANDLERS | REVIEWERS
    if not case.is_open or post.role not in acts or post.unit_id not in desks or post.user_id in case.recused:
        return False
    return not case.is_sealed or reads_sealed(post, case)
