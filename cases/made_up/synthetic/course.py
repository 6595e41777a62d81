"""Course of one made-up matter: its rows so far, and the few ways in which they change."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.records.events import NEW_CHAIN, Link, seal
from binzhou_xinfang.statute.periods import Rule
from cases.made_up.synthetic.blanks import new_row
from cases.made_up.synthetic.cast import Cast, Desk, Office
from cases.made_up.synthetic.plan import Coming, Matter
from cases.made_up.synthetic.sketches import Sketches
from cases.made_up.synthetic.times import Due, day_begins
from cases.made_up.synthetic.watch import Alarm, next_alarm
from cases.models import (
    Alert,
    CaseEvent,
    CaseRequest,
    Companion,
    Deadline,
    Delivery,
    Opinion,
    Petition,
    PetitionCase,
    Petitioner,
    RequestAnswer,
)
from cases.states import Move
from cases.window.numbers import number_of

# The clock is read once at the edge, the record is written a moment later.
WRITING = timedelta(milliseconds=12)


@dataclass(frozen=True)
class Stage:
    """Common ground of all courses. `recorded_at`: the moment all is recorded at; None: when it happened."""

    cast: Cast
    due: Due
    now: datetime
    seed: int
    recorded_at: datetime | None
    sketches: Sketches = field(default_factory=Sketches)


EventRow = tuple[int, int, str, int | None, str, int | None, datetime, datetime, dict[str, Any], bytes, bytes]


class Course:
    """A matter; once it is played it holds every row that the real moves would have left."""

    def __init__(self, matter: Matter, stage: Stage, rng: Random) -> None:
        self.matter, self.stage, self.rng = matter, stage, rng
        self.office: Office = stage.cast.offices[matter.office]
        self.leg = 0
        self.case: PetitionCase = new_row(PetitionCase, id=matter.keys["PetitionCase"])
        self.people: list[Petitioner] = []
        self.petitions: list[Petition] = []
        self.companions: list[Companion] = []
        self.requests: list[CaseRequest] = []
        self.clocks: list[Deadline] = []
        self.alarms: list[Alarm] = []
        self.alerts: list[Alert] = []
        self.opinion: Opinion | None = None
        self.delivery: Delivery | None = None
        self.answers: list[RequestAnswer] = []
        self.letters: list[tuple[Letter, Move]] = []
        self.events: list[EventRow] = []
        self.investigated: list[tuple[date, str]] = []
        self.end: Link = NEW_CHAIN
        self.asked: tuple[int, str] = (0, "")

    @property
    def desk(self) -> Desk:
        """The unit that the matter was passed on to last."""
        return self.stage.cast.desks[self.matter.desks[self.leg]]

    @property
    def lead(self) -> Petitioner:
        return self.people[0]

    def letter(self, kind: LetterKind) -> Letter | None:
        """Find the latest letter of a kind."""
        return next((letter for letter, _ in reversed(self.letters) if letter.kind == kind), None)

    def clock(self, rule: Rule) -> Deadline:
        """Find the latest clock of a rule."""
        return next(clock for clock in reversed(self.clocks) if clock.rule == rule)

    def note(self, kind: str, detail: dict[str, Any], *, by: Post | None, at: datetime) -> None:
        """Append one event to the chain."""
        case, previous = self.case, self.end.hash
        actor, name, unit = (by.user_id, by.user.name, by.unit_id) if by else (None, "", None)
        recorded_at = self.recorded(at)
        sealed = seal(
            CaseEvent.chain_name(case.pk),
            self.end.seq + 1,
            kind,
            actor_id=actor,
            actor_name=name,
            unit_id=unit,
            happened_at=at,
            recorded_at=recorded_at,
            detail=detail,
            previous_hash=previous,
        )
        self.end = Link(self.end.seq + 1, sealed)
        row = (case.pk, self.end.seq, kind, actor, name, unit, at, recorded_at, detail, previous, sealed)
        self.events.append(row)

    def recorded(self, at: datetime) -> datetime:
        """Find the moment of recording for what happened at a moment."""
        return self.stage.recorded_at or at + WRITING

    def number(self, coming: Coming) -> str:
        """Compose the number of an arrival."""
        on = date.fromordinal(coming.day)
        return number_of(self.office.unit, on, coming.serial, is_sealed=self.matter.is_sealed)

    def extend(self, clock: Deadline, days: int, *, at: datetime, day: date) -> None:
        """Extend a clock as `clocks.moving.extend_clock` does."""
        if day > clock.legal_on:
            clock.lapsed_at = clock.lapsed_at or at
        clock.extended_by += days
        due = self.stage.due(Rule(clock.rule), clock.started_on, clock.days, clock.extended_by)
        clock.strict_on, clock.legal_on, clock.is_provisional = due.strict, due.legal, due.provisional
        self.forget_stopped(clock)
        self.arm(clock, at=at, day=day)

    def arm(self, clock: Deadline, *, at: datetime, day: date) -> None:
        """Arm a clock as `ladder.arm` does."""
        clock.alerted_until = min(at, day_begins(clock.legal_on))
        self.watch(clock, since=at, today=day)

    def watch(self, clock: Deadline, *, since: datetime, today: date) -> None:
        """Set the next alarm of a clock, and its moment on the clock."""
        alarm = next_alarm(clock, since=since, today=today)
        clock.next_alert_at = alarm.at if alarm and alarm.rung else None
        if alarm:
            self.alarms.append(alarm)

    def forget_stopped(self, *changed: Deadline) -> None:
        """Drop the alarms of clocks that have stopped or were set anew."""
        # Rows that are not stored yet are told apart by what they are, not by their keys.
        gone = {id(clock) for clock in changed}
        self.alarms = [alarm for alarm in self.alarms if alarm.clock.is_running and id(alarm.clock) not in gone]
