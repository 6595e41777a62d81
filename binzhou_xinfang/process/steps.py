"""Rows of a table of steps: sources and targets, posts, guards, and what the step sets going."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeAlias, TypeVar

from django.db.models import Model, TextChoices

from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.statute.periods import Rule

M = TypeVar("M", bound=Model)
# Words of a life, each a choice of its own list: where an object stands, at whose desk it lies, whose hand was in it.
State: TypeAlias = TextChoices
Desk: TypeAlias = TextChoices
Hand: TypeAlias = TextChoices


@dataclass(frozen=True)
class Guard(Generic[M]):
    """A fact that the object must have for a step; `says` is what the clerk is told when it has not."""

    says: str
    holds: Callable[[M], bool]


@dataclass(frozen=True, slots=True)
class Seat:
    """Posts that take a step: one of the roles at one of the desks."""

    roles: frozenset[Role]
    desks: tuple[Desk, ...]


@dataclass(frozen=True, kw_only=True)
class Step(Generic[M]):
    """One row. A life that needs more of its rows than this has a subclass of its own.

    `key`: its value is the address, its label the button. `sources`: none for a step that begins the life.
    `targets`: several when the verb decides among them (`Effect.target`), none when the object stays where it is.
    `who`: alternatives; `by_system`: taken without a post, too. `others_than`: no earlier hand of these takes it;
    `own`: only that hand does, or who holds one of the roles `or_by`; `fills`: the hand that its taker becomes;
    `named`: only a post that is named for 检举控告 (`Post.reads_sealed`).
    `event`: the declared kind of its event; None: the key's value; "": it leaves no event of its own; `events`: other
    kinds by where it leads. `onward`: it leads along the road, and does not return or discard. `is_awaited`: the step
    before it is refused when nobody could take it; looking ahead counts such steps alone. `says`: what the preview
    tells besides state, clocks and letters.
    """

    key: TextChoices
    sources: frozenset[State] = frozenset()
    targets: tuple[State, ...] = ()
    who: tuple[Seat, ...] = ()
    by_system: bool = False
    others_than: tuple[Hand, ...] = ()
    own: Hand | None = None
    or_by: frozenset[Role] = frozenset()
    fills: Hand | None = None
    named: bool = False
    guards: tuple[Guard[M], ...] = ()
    article: str = ""
    starts: tuple[Rule, ...] = ()
    meets: tuple[Rule, ...] = ()
    cancels: tuple[Rule, ...] = ()
    letters: tuple[TextChoices, ...] = ()
    event: str | None = None
    events: Mapping[State, str] = field(default_factory=dict)
    onward: bool = True
    is_awaited: bool = True
    says: str = ""

    def event_at(self, target: State) -> str:
        """Name the kind of its event when it leads there."""
        return self.events.get(target, str(self.key.value) if self.event is None else self.event)

    @property
    def begins(self) -> bool:
        return not self.sources

    @property
    def desks(self) -> tuple[Desk, ...]:
        return tuple(dict.fromkeys(desk for seat in self.who for desk in seat.desks))


@dataclass
class Effect:
    """A verb's message to the kernel: what the event tells, the state when the row names several, the legal day of
    the act when it is not today. A life whose rows set more going has a subclass."""

    detail: dict[str, Any] = field(default_factory=dict)
    target: State | None = None
    day: date | None = None
