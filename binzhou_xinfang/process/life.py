"""A life that goes by steps: a model, its states, the table of its steps, and the people at its desks."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Generic

from django.db.models import NOT_PROVIDED, BooleanField, CharField, Field, JSONField, Q, QuerySet

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.owed import Debts, Marks, own_clocks
from binzhou_xinfang.process.steps import Desk, Effect, Hand, M, State, Step
from binzhou_xinfang.records import events
from binzhou_xinfang.records.event_kinds import EventKinds
from binzhou_xinfang.records.words import KeptJSONField
from binzhou_xinfang.statute.periods import Rule

# Every life by its name, for matrix, charts, addresses and checks.
LIVES: "dict[str, Life[Any]]" = {}


@dataclass(frozen=True)
class Taking(Generic[M]):
    """A step that is being taken. `by` None: by the system; `came_from` None: the object is new."""

    row: Step[M]
    by: Post | None
    at: datetime
    came_from: State | None
    target: State


@dataclass(frozen=True)
class Follower(Generic[M]):
    """A consequence in another life, in the same transaction, when one of the steps `after` was taken in this one.

    `takes`: the steps of that other life that it may take, as the system.
    """

    after: frozenset[str]
    run: Callable[[M, Taking[M]], None]
    life: str
    takes: frozenset[str]


@dataclass(eq=False)
class Life(Generic[M]):
    """Everything common to all objects of a life. A subclass answers for locks, events, and for desks and hands that
    are no columns of the model.

    `final`: states that need no way out. `beyond`: desks of other bodies, whose people are not this house's to
    appoint: looking ahead takes them as manned. `owed`: what each state owes, by which clock; `marks`: what each
    further column owes that may wait for somebody. `chain`: its events when they are a chain of the object itself;
    otherwise `record` is overridden. `page`: the name of the address of one object, where it has pages of its own and
    no `Door`.
    """

    name: str
    label: str
    model: type[M]
    states: type[State]
    final: Collection[State]
    state: str = "state"
    version: str | None = "version"
    beyond: frozenset[Desk] = frozenset()
    chain: type[events.ChainedEvent] | None = None
    kinds: EventKinds | None = None
    owed: Mapping[State, Debts[M]] = field(default_factory=dict)
    marks: Marks[M] = field(default_factory=dict)
    page: str = ""
    steps: dict[str, Step[M]] = field(default_factory=dict, init=False)
    verbs: dict[str, Callable[..., M]] = field(default_factory=dict, init=False)
    followers: list[Follower[M]] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        LIVES[self.name] = self

    def add(self, row: Step[M], act: Callable[..., M]) -> None:
        """Put a row and its verb into the table, which keeps the order of the words. Raises ValueError for a second."""
        if row.key.value in self.steps:
            raise ValueError(f"{self.name}: {row.key.value} has a row already")
        self.steps[str(row.key.value)], self.verbs[str(row.key.value)] = row, act
        words = list(type(row.key))
        self.steps = dict(sorted(self.steps.items(), key=lambda step: words.index(step[1].key)))

    def state_of(self, obj: M) -> State:
        return self.states(getattr(obj, self.state))

    @property
    def entry(self) -> State:
        """The state of an object that was just made: the default of its column. Raises ValueError without one."""
        column = self.model._meta.get_field(self.state)
        if not isinstance(column, Field) or column.default is NOT_PROVIDED:
            raise ValueError(f"{self.name}: {self.state} has no default")
        return self.states(column.default)

    @property
    def own_clocks(self) -> frozenset[Rule]:
        """The clocks that belong to its states and marks."""
        return own_clocks(self.owed, self.marks)

    def rows_from(self, state: State) -> list[Step[M]]:
        """List the rows that lead from the state, in the order of the table."""
        return [row for row in self.steps.values() if state in row.sources]

    # What a life answers for itself.

    def mark_columns(self) -> Collection[str]:
        """List the columns that may say that an object waits for somebody: yes or no, a list, a choice left empty."""
        return [column.name for column in self.model._meta.concrete_fields if _may_wait(column)]

    def lock(self, seen: M) -> M:
        """Lock the row as it stands now, in the order in which everybody locks."""
        return self.model._default_manager.select_for_update(of=("self",)).get(pk=seen.pk)

    def visible(self, post: Post) -> "QuerySet[M]":
        """Select the objects that exist for the post: those at one of whose desks its unit sits."""
        desks = {desk for row in self.steps.values() for desk in row.desks}
        mine = [Q(**{str(desk.value): post.unit_id}) for desk in desks]
        return self.model._default_manager.filter(reduce(or_, mine, Q(pk__in=[])))

    def units(self, desk: Desk, obj: M) -> Collection[int | None]:
        """List the units that sit at the desk: the one in the column of its name."""
        return (getattr(obj, f"{desk.value}_id"),)

    def users(self, hand: Hand, obj: M) -> Collection[int | None]:
        """List the ids of the users whose hand it was, none while nobody's was: the one in the column of its name."""
        return (getattr(obj, f"{hand.value}_id"),)

    def is_hand(self, hand: Hand, obj: M, post: Post) -> bool:
        """Check that the hand was that of the post's user, or is to be taken for it."""
        return post.user_id in self.users(hand, obj)

    def admits(self, post: Post, obj: M) -> bool:
        """Check that nothing but role, desk and hands keeps the post from acting (a sealed matter, a recusal). It is
        asked of each post that looking ahead considers, and must not ask the database."""
        return True

    def may_begin(self, post: Post) -> bool:
        """Check that nothing but the role keeps the post from beginning one."""
        return True

    def this(self, obj: M) -> str:
        """Name the object in a sentence for the clerk: 这份通报."""
        return f"这件{self.label}"

    def targets(self, obj: M, row: Step[M]) -> tuple[State, ...]:
        """List the states to which the step may lead from here."""
        return row.targets or (self.state_of(obj),)

    def clocks(self, obj: M, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """Choose those of the clocks that this object has, or would have."""
        return rules

    def through(self, state: State) -> tuple[State, ...]:
        """List the states that have to be left, one after the other, once the object stands here: looking ahead asks
        whether somebody leaves each."""
        return (state,)

    def refuse(self, obj: M, row: Step[M], by: Post) -> None:
        """Raise Refusal for what only this life asks of its steps, beyond guards."""

    def store(self, obj: M, taking: Taking[M], effect: Effect) -> dict[str, Any]:
        """Save the object in its new state, with its clocks and letters; what the event tells of them."""
        obj.save(force_insert=taking.came_from is None)
        return {}

    def record(self, obj: M, kind: str, taking: Taking[M], detail: Mapping[str, Any]) -> None:
        """Write the event of the step, of this kind."""
        assert self.chain is not None  # noqa: S101  `checks` refuses a life that has neither a chain nor words of its own
        last = events.NEW_CHAIN if taking.came_from is None else None
        events.append(self.chain, obj, kind=kind, by=taking.by, happened_at=taking.at, detail=detail, last=last)

    def stale(self, obj: M) -> str:
        """Word the answer to the clerk when somebody was quicker."""
        return f"{self.this(obj)}刚刚已由他人办理，现为“{self.state_of(obj).label}”，请核对最新情况后再操作。"

    def wrong_state(self, obj: M, row: Step[M]) -> Refusal:
        return Refusal(
            f"{self.this(obj)}现为“{self.state_of(obj).label}”，不能{row.key.label}。请刷新页面查看最新状态。"
        )

    def not_permitted(self, obj: M, row: Step[M], hands: Collection[Hand]) -> str:
        """Word the refusal of a post that may not take the step; `hands`: those of its user that keep it from it."""
        if hands:
            who = "、".join(str(hand.label) for hand in hands)
            return f"{who}不能{row.key.label}{self.this(obj)}，请由其他有权的人员办理。"
        return f"您当前的岗位不能{row.key.label}{self.this(obj)}。"


def _may_wait(column: "Field[Any, Any]") -> bool:
    is_open_choice = isinstance(column, CharField) and bool(column.choices) and column.blank
    return isinstance(column, (BooleanField, JSONField, KeptJSONField)) or is_open_choice
