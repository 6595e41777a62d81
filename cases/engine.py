"""The engine, the one place where a matter changes its state: lock, ask, act, turn the clocks, write the event and
the letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.db import transaction
from django.db.models import ForeignKey
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import NotPermitted, Refusal, Stale
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.records import events
from binzhou_xinfang.records.event_kinds import Fields
from cases.clocks.turning import Turn, period_of, turn_clocks
from cases.facts import Facts, due_letters, facts_of
from cases.hooks import AFTER_MOVE
from cases.models import CaseEvent, CaseLetter, Deadline, PetitionCase
from cases.outcome import advance, detail_of
from cases.permissions import hindrance, is_own_draft, may
from cases.states import (
    TRANSITIONS,
    Duty,
    Move,
    Place,
    State,
    Transition,
    enter,
    enter_verb,
    target_of,
)

P = ParamSpec("P")


@dataclass
class Effect:
    """A verb's message to the engine.

    `detail`: what the event remembers; `day`: the legal day of the act when it is not today; `days`: the length of a
    clock that a person sets; `met_on`: see `Turn`; `unit`: whose clocks are turned when it is not the holder of the
    matter; `facts`: what only this act knows of the letter; `without`: letters of the row
    that this act does not need; `issuer`: the unit that speaks in the letters when it is not the actor's.
    """

    detail: dict[str, Any] = field(default_factory=dict)
    day: date | None = None
    days: int | None = None
    met_on: date | None = None
    unit: Unit | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    without: frozenset[LetterKind] = frozenset()
    issuer: Unit | None = None


_locked = Prepared(lambda pk: PetitionCase.objects.select_for_update(no_key=True).filter(pk=pk))


def action(
    move: Move, row: Transition, duty: Duty, place: Place, fields: Fields | None = None
) -> Callable[[Callable[Concatenate[PetitionCase, P], Effect]], Callable[Concatenate[PetitionCase, P], PetitionCase]]:
    """Put a move into the table, and make its verb out of a function that checks its own facts and says its effect.

    `row`: from which states to which, with what clocks and letters; `duty`: who; `place`: where on the screen;
    `fields`: what its event may hold, in the order in which it is told.

    The wrapped verb locks the row, refuses a stale matter (Stale), a wrong state (Refusal) and a wrong actor
    (NotPermitted), and returns the matter as it stands afterwards. All of it is one transaction.
    """

    enter(move, row, duty, place, fields or {})

    def wrap(
        verb: Callable[Concatenate[PetitionCase, P], Effect],
    ) -> Callable[Concatenate[PetitionCase, P], PetitionCase]:
        @wraps(verb)
        @transaction.atomic
        def act(seen: PetitionCase, /, *args: P.args, **kwargs: P.kwargs) -> PetitionCase:
            by, at = cast(Post | None, kwargs["by"]), cast(datetime, kwargs["at"])
            case = lock(seen)
            before = State(case.previous_state) if case.previous_state else None
            target = target_of(move, State(case.state), before, owes=case.owes_execution)
            _refuse(by, move, case)
            effect = verb(case, *args, **kwargs)
            settle(case, move, target, effect, by=by, at=at)
            return case

        enter_verb(move, act)
        return act

    return wrap


def refuse_actor(by: Post | None, move: Move, case: PetitionCase) -> None:
    """Raise NotPermitted when the post (None: the system) may not make the move on this matter."""
    if is_own_draft(by, move, case):
        raise NotPermitted(f"拟稿人不能“{move.label}”自己起草的意见，请由本单位其他有权的人员办理。")
    if not may(by, move, case):
        raise NotPermitted(f"您当前的岗位不能对该事项“{move.label}”。")


def _refuse(by: Post | None, move: Move, case: PetitionCase) -> None:
    refuse_actor(by, move, case)
    if guard := hindrance(move, case):
        raise Refusal(guard.value)


def lock(seen: PetitionCase) -> PetitionCase:
    """Lock the row of the matter. Raises Stale when somebody has changed it since `seen` was read."""
    # Its unit and person are read when they are wanted: planning one query over six joins takes longer than the act.
    case = _locked(seen.pk)[0]
    if case.version != seen.version:
        raise Stale(f"该事项刚刚已由他人“{Move(case.last_move).label}”，请核对最新情况后再操作，已填写的内容仍保留。")
    _keep_what_was_read(seen, case)
    return case


def _keep_what_was_read(seen: PetitionCase, case: PetitionCase) -> None:
    """Keep units and persons that came with `seen`, which the version says have not changed, instead of reading them
    again."""
    for relation in case._meta.concrete_fields:
        if isinstance(relation, ForeignKey) and relation.is_cached(seen):
            relation.set_cached_value(case, relation.get_cached_value(seen))


def settle(
    case: PetitionCase,
    move: Move,
    target: State,
    effect: Effect,
    *,
    by: Post | None,
    at: datetime,
    is_new: bool = False,
) -> None:
    """Write the new state with its clocks, event and letters. The caller holds the row, or has just made it."""
    day = effect.day or timezone.localdate(at)
    came_from = advance(case, move, target, on=day, at=at, is_new=is_new)
    of_unit = effect.unit.pk if effect.unit else None
    turn = Turn(day, at, effect.unit or case.holder, days=effect.days, of_unit=of_unit, met_on=effect.met_on)
    clocks = turn_clocks(case, move, turn, is_new=is_new)
    case.save(force_insert=is_new, force_update=not is_new)
    Deadline.objects.bulk_create(clocks)
    numbers = _issue_letters(case, move, effect, clocks, by=by, on=day)
    detail = detail_of(effect.detail, came_from, target, clocks, numbers)
    last = events.NEW_CHAIN if is_new else None
    events.append(CaseEvent, case, kind=move.value, by=by, happened_at=at, detail=detail, last=last)
    AFTER_MOVE(case, move, by, at)


def _issue_letters(
    case: PetitionCase, move: Move, effect: Effect, clocks: Sequence[Deadline], *, by: Post | None, on: date
) -> list[str]:
    """Issue the letters of the row that this act needs, each with its facts; gives their numbers."""
    if by is None:
        return []
    unit = effect.issuer or by.unit
    kinds = [kind for kind in due_letters(TRANSITIONS[move], case, by) if kind not in effect.without]
    gathered = ((kind, facts_of(kind, case, on=on, by=by, clocks=clocks, own=effect.facts)) for kind in kinds)
    return [issue_letter(case, move, kind, facts, unit=unit, by=by, on=on) for kind, facts in gathered]


def issue_letter(
    case: PetitionCase, move: Move, kind: LetterKind, facts: Facts, *, unit: Unit, by: Post, on: date
) -> str:
    """Issue one numbered letter of this move in the name of `unit` and return its number."""
    letter = issuing.issue(kind, unit=unit, on=on, facts=facts, by=by, is_sealed=case.is_sealed)
    CaseLetter.objects.create(case=case, letter=letter, move=move.value)
    return str(letter.number)


def note(case: PetitionCase, kind: str, *, by: Post | None, at: datetime, detail: dict[str, Any]) -> CaseEvent:
    """Write an event that changes no state (a warning, an attachment). The caller holds the row of the matter."""
    return events.append(CaseEvent, case, kind=kind, by=by, happened_at=at, detail=detail)


def refuse_future(day: date, *, at: datetime, field: str) -> None:
    """Raise Refusal for a day that is written down and has not come yet."""
    if day > timezone.localdate(at):
        raise Refusal("日期不能晚于今天。", field=field)


def refuse_impossible(case: PetitionCase, day: date, *, at: datetime, field: str) -> None:
    """Raise Refusal for a day to come, or one on which nobody here knew of the matter."""
    refuse_future(day, at=at, field=field)
    if day < case.received_on:
        raise Refusal(f"日期不能早于收到该信访事项之日（{case.received_on:%Y年%m月%d日}），请核对。", field=field)


def say_length(clock: Deadline) -> str:
    """Word the length of the clock, as was in force when it started: 5个工作日."""
    period = period_of(clock)
    return f"{period.length}{period.unit.value}"


def running_clock(case: PetitionCase, rule: str) -> Deadline | None:
    """Find the running clock of a rule on this matter, if any."""
    return case.deadlines.running().filter(rule=rule).first()


def mark_supervised(case_id: int, *, is_supervised: bool) -> None:
    """Set or take away the mark 督办中. The caller holds the row of the matter; no page that is open becomes stale."""
    PetitionCase.objects.filter(pk=case_id).exclude(is_supervised=is_supervised).update(is_supervised=is_supervised)
