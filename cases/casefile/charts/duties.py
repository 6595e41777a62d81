"""责任图, its facts: who holds what duty in a matter, with unit, person, phone, basis, and how the duty stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from binzhou_xinfang.accounts.models import Post, Unit, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.wording import say_day
from binzhou_xinfang.web.lights import Light
from cases.clocks.standing import light_of
from cases.models import CaseEvent, CoHandling, Deadline, Opinion, PetitionCase, Review
from cases.states import TRANSITIONS, Move

# Who answers for a unit: they are named beside whoever does the work.
MOST_PEOPLE = 3


class Stand(Enum):
    """Standings of a duty; the value is the sign that goes with the words."""

    DONE = "✓"
    RUNNING = "●"
    LATE = "！"
    WAITING = "○"


Standing = tuple[Light, Stand]
NOT_BEGUN: Standing = (Light("grey", "尚未开始"), Stand.WAITING)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: str
    phone: str

    def __str__(self) -> str:
        return f"{self.name}（{self.role}）{self.phone}"


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty. `phone` is that of the unit; `light` says in words whether it is done, runs, or is late."""

    label: str
    unit: str
    phone: str
    people: tuple[Person, ...]
    basis: str
    light: Light
    stand: Stand


@dataclass(frozen=True)
class Held:
    """Facts from which the duties of a matter are told; units and persons are read with it. `heads`: posts by unit."""

    case: PetitionCase
    deadlines: Sequence[Deadline]
    events: Sequence[CaseEvent]
    opinion: Opinion | None
    reviews: Sequence[Review]
    co_handlings: Sequence[CoHandling]
    heads: Mapping[int, Sequence[Post]]
    on: date

    def clock(self, *rules: Rule, unit: int | None = None) -> Deadline | None:
        """Find the clock of these rules (of this unit) that counts: the last that runs, else the last that ran."""
        clocks = [clock for clock in self.deadlines if clock.rule in rules and unit in (None, clock.unit_id)]
        running = [clock for clock in clocks if clock.is_running]
        return max(running or clocks, key=lambda clock: clock.pk, default=None)

    def last(self, *moves: Move) -> CaseEvent | None:
        """Find the event of the last of these moves."""
        return max((e for e in self.events if e.kind in moves), key=lambda event: event.seq, default=None)

    def stand(self, *rules: Rule, unit: int | None = None) -> Standing:
        """Word the standing of the duty by its clock."""
        clock = self.clock(*rules, unit=unit)
        return standing_of(clock, on=self.on) if clock else NOT_BEGUN

    def done(self, day: date, words: str) -> Standing:
        """Word a duty done on a day."""
        return Light("green", f"{say_day(day, self.on)}{words}"), Stand.DONE

    def duty(
        self, label: str, unit: Unit, users: Iterable[tuple[User | None, str]], basis: str, stand: Standing,
        *, with_heads: bool = True,
    ) -> Duty:  # fmt: skip
        """Make one row: whoever did or does it, then those who answer for the unit."""
        people = {user.pk: _person(user, role) for user, role in users if user}
        for post in self.heads.get(unit.pk, ()) if with_heads else ():
            people.setdefault(post.user_id, _person(post.user, str(Role(post.role).label)))
        return Duty(label, unit.name, unit.phone, tuple(people.values())[:MOST_PEOPLE], basis, *stand)


def _person(user: User, role: str) -> Person:
    return Person(user.name or user.username, role, user.phone)


def standing_of(clock: Deadline, *, on: date) -> Standing:
    """Word the standing of a clock's duty on a day."""
    light = light_of(clock, on=on)
    if light.colour == "red":
        return light, Stand.LATE
    if not clock.is_running:
        return light, Stand.DONE if clock.met_on else Stand.WAITING
    if not clock.is_urging:
        return light, Stand.RUNNING
    return Light(light.colour, f"至{say_day(clock.legal_on, on)}，{light.words}"), Stand.RUNNING


def articles(*moves: Move) -> str:
    """List the articles of the table that these moves rest on, each once."""
    return "；".join(dict.fromkeys(TRANSITIONS[move].article for move in moves))
