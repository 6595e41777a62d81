"""Permissions: one table of posts and one of matters, asked by page, API and verb alike."""

from collections.abc import Callable, Collection, Mapping
from functools import cache

from django.db.models import TextChoices

from binzhou_xinfang.accounts.hierarchy import office_above
from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process import permissions as process
from binzhou_xinfang.process.life import Life
from binzhou_xinfang.process.steps import Guard, Seat, Step
from cases.deciding import TAKES_REPORTS, decider_of, has_left, judge_of, sits_below
from cases.delivering import server_of
from cases.entries.declaration import entries_of
from cases.models import PetitionCase
from cases.reporting import units_of_reports
from cases.states import (
    CLERKS,
    CLOSED_STATES,
    HANDLERS,
    KEEPERS,
    NOT_COUNTED,
    OWN,
    PLACES,
    REVIEWERS,
    STEPS,
    TRANSITIONS,
    Desk,
    Hand,
    Move,
    State,
    may_keep,
    road,
)


class Asking(TextChoices):
    """Questions to a matter beside its moves."""

    EVALUATE = "evaluate", "登记满意度评价"


# 群众满意度评价 is no move: the office asks the petitioner back whatever the state; the petitioner alone needs nobody.
EVALUATE: Step[PetitionCase] = Step(key=Asking.EVALUATE, who=(Seat(CLERKS, OWN),), by_system=True)


# The columns of a matter that `moves_now` looks at; a list that asks for moves reads them with its rows.
ASKED = (
    "state", "holder", "registered_unit", "sender", "assigner", "passers", "responsible", "registrar", "is_sealed",
    "recused", "legal_way", "is_simple", "needs_assigner", "is_recusal_asked", "is_hearing_asked",
    "co_handlers", "owes_execution",
    "last_answer", "review_result", "was_heard", "drafter", "due_rule", "end_ground", "previous_state", "end_asked",
    "accused", "accused_unit", "is_urgent", "kind", "is_delivery_doubted", "is_delivery_unproven", "petition_count",
    "hands", "unserved",
)  # fmt: skip


def hindrance(move: Move, case: PetitionCase) -> Guard[PetitionCase] | None:
    """Find the first fact that the matter lacks for the move; None when it has them all."""
    return process.hindrance(STEPS[move], case)


def reads_sealed(post: Post, case: PetitionCase) -> bool:
    """Check that the post is named for this 检举控告 (第三十条): 纪检监察 at its desk, a named person, and who took
    it in until it is handed over for the first time. Who is accused in it is never named."""
    return _is_named(post, case) and not is_accused(post, case)


def is_accused(post: Post, case: PetitionCase) -> bool:
    """Check that the matter reports the post's unit, one above it, or the person by name (第三十条第三款)."""
    if post.user.name and post.user.name in case.accused:
        return True
    return case.accused_unit_id is not None and case.accused_unit_id in post.unit.lineage


def _is_named(post: Post, case: PetitionCase) -> bool:
    if post.role == Role.DISCIPLINE and post.unit.kind == UnitKind.DISCIPLINE:
        return post.unit_id in (case.holder_id, case.responsible_id)
    if post.unit_id != case.registered_unit_id:
        return False
    was_handed_over = case.sender_id is not None or case.responsible_id is not None
    if post.unit.kind not in TAKES_REPORTS and has_left(case):
        return False
    return post.reads_sealed or (case.registrar_id == post.user_id and not was_handed_over)


def outside_office(case: PetitionCase) -> Unit | None:
    """Find who decides on a person of the holder where nobody there may (山东省信访条例第十七条): the unit that took
    the matter in, or, where that is the holder itself, the petition office over it."""
    return case.registered_unit if case.registered_unit_id != case.holder_id else office_above(case.holder)


class Matter(Life[PetitionCase]):
    """信访事项 as a life: who sits at its desks, and whose hand was in it; `cases.engine` adds what a move leaves."""

    def __post_init__(self) -> None:
        """Leave the register of the lives to the engine."""

    def mark_columns(self) -> Collection[str]:
        """List those that no clerk types in: what is registered of a matter waits for nobody."""
        return set(super().mark_columns()) - {entry.name for entry in entries_of(PetitionCase)}

    def units(self, desk: TextChoices, obj: PetitionCase) -> Collection[int | None]:
        if desk == Desk.CO_HANDLER:
            return obj.co_handlers  # type: ignore[no-any-return]  # a list of keys in JSON
        if desk == Desk.OVERSEER:
            office = outside_office(obj) if obj.is_recusal_asked else None
            return (office.pk,) if office else ()
        if desk in _FOUND:
            return (_FOUND[desk](obj),)
        if desk in (Desk.REPORTER, Desk.RETRACTER):
            return units_of_reports(obj, Desk(desk))
        if desk == Desk.SERVER:
            return (server_of(obj),) if obj.is_delivery_unproven or obj.unserved else ()
        return (getattr(obj, _COLUMNS[desk]),)

    def users(self, hand: TextChoices, obj: PetitionCase) -> Collection[int | None]:
        # Who asks for a decision is known to the act alone; its verb keeps the two apart afterwards.
        return (obj.drafter_id,) if hand == Hand.DRAFTER else ()

    def is_hand(self, hand: TextChoices, obj: PetitionCase, post: Post) -> bool:
        if hand in (Hand.HANDLED, Hand.REVIEWED):
            return sits_below(post, Hand(hand), obj)
        return super().is_hand(hand, obj, post)

    def not_permitted(self, obj: PetitionCase, row: Step[PetitionCase], hands: Collection[TextChoices]) -> str:
        if Hand.DRAFTER in hands:
            return f"拟稿人不能“{row.key.label}”自己起草的意见，请由本单位其他有权的人员办理。"
        if hands:
            said = "；".join(str(hand.label) for hand in hands)
            return f"{said}，不能“{row.key.label}”，请由其他有权的人员办理（第二十八条第三款）。"
        return f"您当前的岗位不能对该事项“{row.key.label}”。"

    def admits(self, post: Post, obj: PetitionCase) -> bool:
        if post.user_id in obj.recused:  # 第二十八条第三款
            return False
        return not obj.is_sealed or reads_sealed(post, obj)


_FOUND: Mapping[TextChoices, Callable[[PetitionCase], int | None]] = {Desk.DECIDER: decider_of, Desk.JUDGE: judge_of}
_COLUMNS: Mapping[TextChoices, str] = {
    Desk.HOLDER: "holder_id",
    Desk.REGISTERED: "registered_unit_id",
    Desk.SENDER: "sender_id",
    Desk.ASSIGNER: "assigner_id",
    Desk.RESPONSIBLE: "responsible_id",
}
_MATTER = Matter("matter", "信访事项", PetitionCase, State, final=CLOSED_STATES)


def may(post: Post | None, move: Move, case: PetitionCase) -> bool:
    """Check that the post (None: the system itself) may make the move on this matter, whatever its state."""
    return process.may(_MATTER, STEPS[move], case, post)


def may_evaluate(post: Post | None, case: PetitionCase) -> bool:
    """Check that the post may write down the petitioner's evaluation: a petition office asks back, and never the
    unit that is evaluated. None: the petitioner in person."""
    if post is not None and (post.unit.kind != UnitKind.PETITION_OFFICE or post.unit_id == case.responsible_id):
        return False
    return process.may(_MATTER, EVALUATE, case, post)


@cache
def moves_from(state: State) -> tuple[Move, ...]:
    """List the moves that the table has from the state, in its order; an arrival moves no matter that is there."""
    return tuple(move for move, row in TRANSITIONS.items() if state in row.sources and move is not Move.REPEAT)


@cache
def road_from(state: State) -> tuple[Move, ...]:
    """List the moves along the road that the table has from the state, the furthest first."""
    return tuple(move for move in road() if state in TRANSITIONS[move].sources)


@cache
def together_from(state: State) -> tuple[Move, ...]:
    """List the moves that the table has from the state and that are made for several matters at once."""
    return tuple(move for move in moves_from(state) if PLACES[move].together)


def moves_now(post: Post, case: PetitionCase) -> list[Move]:
    """List the moves that this post may make on this matter now, in the order of the table."""
    return [move for move in moves_from(State(case.state)) if _is_open(post, move, case)]


def _is_open(post: Post, move: Move, case: PetitionCase) -> bool:
    # The facts first: they are in the row, and who decides may have to be looked for.
    return hindrance(move, case) is None and may(post, move, case)


def likely_now(post: Post, case: PetitionCase) -> Move | None:
    """Choose the move that is most likely next for this post; None when the road goes on elsewhere."""
    return next((move for move in road_from(State(case.state)) if _is_open(post, move, case)), None)


def together_now(post: Post, case: PetitionCase) -> list[Move]:
    """List the moves that this post may make now and that are made for several matters at once."""
    return [move for move in together_from(State(case.state)) if _is_open(post, move, case)]


def may_attach(post: Post, case: PetitionCase) -> bool:
    """Check that the post may add a file: who took the matter in, assigned it, passed it on or handles it, in a role
    that acts.

    A paper that comes after the file was closed is kept with it; an entry made by mistake has no file."""
    passed = (case.registered_unit_id, case.assigner_id, case.sender_id, *case.passers)
    desks = (case.holder_id, *passed, case.responsible_id, *case.co_handlers)
    acts = CLERKS | HANDLERS | REVIEWERS
    if case.state in NOT_COUNTED or post.role not in acts or post.unit_id not in desks or post.user_id in case.recused:
        return False
    return not case.is_sealed or reads_sealed(post, case)


def refuse_keeper(case: PetitionCase) -> None:
    """Raise Refusal before a matter comes to a unit that could not move it on: it would lie there for good."""
    state = State(case.state)
    if state not in CLOSED_STATES and not may_keep(state, case.holder.kind):
        kind, part = case.holder.get_kind_display(), KEEPERS[state].label
        raise Refusal(f"{case.holder.name}是{kind}，不能作为{part}，请选择有权处理的机关、单位。")
