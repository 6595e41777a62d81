"""The engine, the life of a matter on the kernel: what its moves leave behind: clocks, event and letters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db.models import ForeignKey, QuerySet, TextChoices
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal, Stale
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.process import steps as process
from binzhou_xinfang.process import taking
from binzhou_xinfang.process.ahead import Ahead
from binzhou_xinfang.process.life import Life, Taking
from binzhou_xinfang.process.permissions import refuse_post
from binzhou_xinfang.process.steps import Step
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.records import events
from binzhou_xinfang.records.event_kinds import Fields
from cases.attaching import Kept, Papers, keep_papers, refuse_missing, told_papers
from cases.clocks.turning import Turn, turn_clocks
from cases.deciding import note_hand
from cases.delivering import owe_delivery
from cases.facts import Facts, due_letters, facts_of
from cases.hooks import after_move
from cases.lateness import LATE, explaining
from cases.marks import clocks_of, let_go
from cases.models import NO_MOVE, CaseEvent, CaseLetter, Deadline, PetitionCase
from cases.outcome import advance, changed_hands, detail_of, last_act
from cases.permissions import Matter, moves_now, refuse_keeper
from cases.queries import visible_to
from cases.states import (
    CLOSED_STATES,
    EVENTS,
    MARKS,
    OWED,
    STEPS,
    TRANSITIONS,
    Duty,
    Move,
    Place,
    State,
    Transition,
    enter,
    enter_verb,
    refuse_ground,
    target_of,
)
from cases.two_hands import seconded

P = ParamSpec("P")


@dataclass
class Effect(process.Effect):
    """A verb's message to the engine, beside that of every life.

    `days`: the length of a clock that a person sets; `met_on`, `since`: see `Turn`; `unit`: whose clocks are turned if
    not the holder's; `facts`: what only this act knows of the letter; `without`: letters of the row that this act does
    not need; `issuer`: the unit that speaks in the letters if not the actor's; `done_on`: the day of the act by its
    record; `moved`: clocks whose last day the act has put off; `on_kept`: what it does with its papers once kept.
    """

    days: int | None = None
    met_on: date | None = None
    since: date | None = None
    unit: Unit | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    without: frozenset[LetterKind] = frozenset()
    issuer: Unit | None = None
    done_on: date | None = None
    moved: list[Deadline] = field(default_factory=list)
    on_kept: Callable[[Kept], object] = told_papers


_locked = Prepared(lambda pk: PetitionCase.objects.select_for_update(no_key=True).filter(pk=pk))


class MatterLife(Matter):
    """信访事项 on the kernel: what a move leaves behind beside its state."""

    def __post_init__(self) -> None:
        Life.__post_init__(self)

    def lock(self, seen: PetitionCase) -> PetitionCase:
        return lock(seen)

    def visible(self, post: Post) -> QuerySet[PetitionCase]:
        return visible_to(post)

    def targets(self, obj: PetitionCase, row: Step[PetitionCase]) -> tuple[TextChoices, ...]:
        if row.begins:
            return row.targets
        before = State(obj.previous_state) if obj.previous_state else None
        return (target_of(Move(row.key), State(obj.state), before, owes=obj.owes_execution),)

    def through(self, state: TextChoices) -> tuple[TextChoices, ...]:
        return (state, State.CHECKED) if state == State.DRAFTED else (state,)

    def wrong_state(self, obj: PetitionCase, row: Step[PetitionCase]) -> Refusal:
        return Refusal(f"事项现为“{State(obj.state).label}”，不能{row.key.label}。请刷新页面查看最新状态。")

    def store(self, obj: PetitionCase, taking: Taking[PetitionCase], effect: process.Effect) -> dict[str, Any]:
        """Turn the clocks, save the row, issue the letters."""
        given = effect if isinstance(effect, Effect) else Effect(effect.detail, day=effect.day)
        move, day, is_new = Move(taking.row.key), effect.day or timezone.localdate(taking.at), taking.came_from is None
        # What a column still knows by a body that is no more goes to who goes on with its powers (第二十四条第二款).
        obj.holder = obj.holder.going_on(timezone.localdate(taking.at))
        refuse_keeper(obj)
        came_from = str(taking.came_from.value) if taking.came_from else ""
        note_hand(obj, taking.by)
        dropped = advance(obj, move, came_from, on=day, at=taking.at)
        let_go(obj, dropped, on=day)
        of_unit = given.unit.pk if given.unit else None
        turn = Turn(
            day, taking.at, given.unit or obj.holder, days=given.days, of_unit=of_unit, met_on=given.met_on,
            since=given.since, dropped=clocks_of(dropped),
        )  # fmt: skip
        turned = turn_clocks(obj, move, turn, is_new=is_new)
        obj.save(force_insert=is_new, force_update=not is_new)
        Deadline.objects.bulk_create(turned.started)
        numbers = _issue_letters(obj, move, given, turned.started, by=taking.by, on=day)
        told = turned.started + turned.moved + given.moved
        return detail_of(changed_hands(obj, taking.by), came_from, State(taking.target), told, numbers, dropped)

    def record(self, obj: PetitionCase, kind: str, taking: Taking[PetitionCase], detail: Mapping[str, Any]) -> None:
        super().record(obj, kind, taking, detail)
        after_move(obj, Move(taking.row.key), taking.by, taking.at)


MATTER = MatterLife(
    "matter", "信访事项", PetitionCase, State, final=CLOSED_STATES, version=None, chain=CaseEvent, kinds=EVENTS,
    owed=OWED, marks=MARKS, page="cases:case",
)  # fmt: skip


def action(
    move: Move, row: Transition, duty: Duty, place: Place, fields: Fields | None = None
) -> Callable[[Callable[Concatenate[PetitionCase, P], Effect]], Callable[Concatenate[PetitionCase, P], PetitionCase]]:
    """Put a move into the table, and make its verb out of a function that checks its own facts and says its effect.

    `row`: from which states to which, with what clocks and letters; `duty`: who; `place`: where on the screen;
    `fields`: what its event may hold, in the order in which it is told. Papers of the row are kept here. The verb is
    one of the kernel: see `process.taking.verb` for what it raises.
    """
    step = enter(move, row, duty, place, {**(fields or {}), **(LATE if row.asks_lateness else {})})

    def wrap(
        act: Callable[Concatenate[PetitionCase, P], Effect],
    ) -> Callable[Concatenate[PetitionCase, P], PetitionCase]:
        judged = seconded(move, _on_grounds(row, act) if row.grounds else act)
        explained = explaining(judged, row) if row.asks_lateness else judged
        done = taking.verb(MATTER, step)(_with_papers(row, explained) if row.papers else explained)
        enter_verb(move, done)
        return done

    return wrap


def _with_papers(row: Transition, act: Callable[..., Effect]) -> Callable[..., Effect]:
    """Let the move keep the papers that come with it, once its verb has said its effect."""

    @wraps(act)
    def acting(case: PetitionCase, *, papers: Papers | None = None, by: Post, at: datetime, **given: Any) -> Effect:
        sent = papers or Papers()
        refuse_missing((paper for paper in row.papers if paper.is_needed), sent)
        effect = act(case, papers=sent, by=by, at=at, **given)
        if sent:
            kept = keep_papers(case, row.papers, sent, by=by, at=at)
            effect.detail["papers"] = told_papers(kept)
            effect.on_kept(kept)
        return effect

    return acting


def _on_grounds(row: Transition, act: Callable[..., Effect]) -> Callable[..., Effect]:
    """Have the verb look first whether the matter bears the ground that is named, or the only one that there is, and
    whether the papers of the ground have come."""

    @wraps(act)
    def judged(case: PetitionCase, *, ground: str = "", at: datetime, **given: Any) -> Effect:
        named = ground or next(iter(row.grounds))
        refuse_ground(row.grounds, named, case, timezone.localdate(at))
        sent = given.get("papers") or Papers()
        wanted = row.grounds[named].papers
        refuse_missing((paper for paper in row.papers if paper.kind in wanted), sent)
        return act(case, ground=named, at=at, **given)

    return judged


def entry(move: Move, row: Transition, duty: Duty, place: Place, fields: Fields) -> None:
    """Put a move into the table that registration makes by itself."""
    MATTER.steps[move.value] = enter(move, row, duty, place, fields)


def settle(case: PetitionCase, move: Move, effect: Effect, *, by: Post | None, at: datetime) -> None:
    """Write the new state with its clocks, event and letters. The caller holds the row, or has just made it."""
    taking.settle(MATTER, STEPS[move], case, effect, by=by, at=at)


def refuse_actor(by: Post | None, move: Move, case: PetitionCase) -> None:
    """Raise NotPermitted when the post (None: the system) may not make the move on this matter."""
    refuse_post(MATTER, STEPS[move], case, by)


@dataclass(frozen=True)
class Offers:
    """The moves that a post may make on a matter now; `gaps`: who is missing for those it could make otherwise, or for
    anybody to move the matter on."""

    moves: list[Move]
    gaps: list[str]


def offers(post: Post, case: PetitionCase, *, on: date) -> Offers:
    """Look at the open moves and past them: one after which nobody could go on is not offered. At most one query."""
    ahead, moves = Ahead(MATTER, [case], on), moves_now(post, case)
    gaps = {move: gap for move in moves if (gap := ahead.gap(case, STEPS[move], post))}
    said = [f"不能{move.label}：{gap}" for move, gap in gaps.items()]
    left = [move for move in moves if move not in gaps]
    # Who can move it on needs nobody else: only others ask who is there.
    if not said and case.is_open and not any(STEPS[move].onward for move in left) and (stuck := ahead.stuck(case)):
        said.append(stuck.sentence(case.holder.name))
    return Offers(left, said)


def lock(seen: PetitionCase) -> PetitionCase:
    """Lock the row of the matter. Raises Stale when somebody has changed it since `seen` was read."""
    # Its unit and person are read when they are wanted: planning one query over six joins takes longer than the act.
    case = _locked(seen.pk)[0]
    if case.version != seen.version:
        raise Stale(f"该事项刚刚已由他人“{last_act(case)}”，请核对最新情况后再操作，已填写的内容仍保留。")
    _keep_what_was_read(seen, case)
    case.was_sealed, case.was_assignee = case.is_sealed, case.assignee_id
    return case


def _keep_what_was_read(seen: PetitionCase, case: PetitionCase) -> None:
    """Keep units and persons that came with `seen`: the version says that they have not changed."""
    for relation in case._meta.concrete_fields:
        if isinstance(relation, ForeignKey) and relation.is_cached(seen):
            relation.set_cached_value(case, relation.get_cached_value(seen))


def _issue_letters(
    case: PetitionCase, move: Move, effect: Effect, clocks: Sequence[Deadline], *, by: Post | None, on: date
) -> list[str]:
    """Issue the letters of the row that this act needs, each with its facts; gives what they go by."""
    if by is None:
        return []
    unit = effect.issuer or by.unit
    kinds = [kind for kind in due_letters(TRANSITIONS[move], case, by) if kind not in effect.without]
    gathered = ((kind, facts_of(kind, case, on=on, by=by, clocks=clocks, own=effect.facts)) for kind in kinds)
    return [issue_letter(case, move, kind, facts, unit=unit, by=by, on=on) for kind, facts in gathered]


def issue_letter(
    case: PetitionCase, move: Move | None, kind: LetterKind, facts: Facts, *, unit: Unit, by: Post, on: date
) -> str:
    """Issue one letter of this move (None: of another act) in the name of `unit` and return its number, or what it goes
    by without one."""
    letter = issuing.issue(kind, unit=unit, on=on, facts=facts, by=by, is_sealed=case.is_sealed)
    link = CaseLetter.objects.create(case=case, letter=letter, move=move.value if move else NO_MOVE)
    owe_delivery(link, kind, unit=unit, on=on)
    return letter.reference


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


def running_clock(case: PetitionCase, rule: str) -> Deadline | None:
    """Find the running clock of a rule on this matter, if any."""
    return case.deadlines.running().filter(rule=rule).first()


def mark_supervised(case_id: int, *, is_supervised: bool) -> None:
    """Set or take away the mark 督办中. The caller holds the row of the matter; no page that is open becomes stale."""
    PetitionCase.objects.filter(pk=case_id).exclude(is_supervised=is_supervised).update(is_supervised=is_supervised)
