"""Plan of the made-up matters: road and days of each, drawn from one seed, backwards from the last act."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from binzhou_xinfang.statute.calendar import WorkCalendar
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.rulebook import Rulebook
from cases.made_up.synthetic.cast import Cast, Office
from cases.states import Move, State
from cases.vocabulary import Channel

_DEFAULTS = Rulebook().on(date(2026, 1, 1))
_GROUP_SIZE, _REPRESENTATIVES = _DEFAULTS.number(Key.GROUP_SIZE), _DEFAULTS.number(Key.REPRESENTATIVES)
# Three years of matters that are closed, and time before them for the longest road.
SPAN_DAYS = 1095
ROOM_DAYS = 500
# What is open; everything else is closed.
SHARES: dict[State, float] = {
    State.REGISTERED: 0.014,
    State.TRIAGED: 0.006,
    State.REFERRED: 0.012,
    State.ASSIGNED: 0.004,
    State.OBJECTED: 0.002,
    State.SIGNED_FOR: 0.012,
    State.ACCEPTED: 0.018,
    State.HANDLING: 0.030,
    State.EXTENSION_ASKED: 0.003,
    State.DRAFTED: 0.005,
    State.CHECKED: 0.004,
    State.ISSUED: 0.004,
    State.DELIVERED: 0.016,
}
LATE, ASSIGNED, SEALED, ANONYMOUS, GROUPS = 0.09, 0.12, 0.015, 0.015, 0.03
DETOUR, ASKING, RETURNING, LINGERING, CLOSED_BY_SYSTEM = 0.03, 0.09, 0.05, 0.04, 0.08
REPEATED, OFTEN_REPEATED, THOROUGH = 0.08, 0.003, 0.004

LAST_MOVE: dict[State, Move] = {
    State.REGISTERED: Move.REGISTER,
    State.TRIAGED: Move.TRIAGE,
    State.REFERRED: Move.REFER,
    State.ASSIGNED: Move.ASSIGN,
    State.OBJECTED: Move.OBJECT,
    State.SIGNED_FOR: Move.SIGN_FOR,
    State.ACCEPTED: Move.ACCEPT,
    State.HANDLING: Move.INVESTIGATE,
    State.EXTENSION_ASKED: Move.ASK_EXTENSION,
    State.DRAFTED: Move.DRAFT,
    State.CHECKED: Move.CHECK,
    State.ISSUED: Move.SIGN,
    State.DELIVERED: Move.DELIVER,
    State.CLOSED: Move.CLOSE,
}
# Working days since the act before, from and to. An objection and a request for more time stay within their clocks.
_GAPS: dict[Move, tuple[int, int]] = {
    Move.TRIAGE: (0, 2),
    Move.REFER: (0, 2),
    Move.ASSIGN: (0, 2),
    Move.SIGN_FOR: (0, 1),
    Move.OBJECT: (0, 3),
    Move.AGREE_OBJECTION: (0, 2),
    Move.REFUSE_OBJECTION: (0, 2),
    Move.ACCEPT: (1, 6),
    Move.INVESTIGATE: (1, 8),
    Move.ASK_EXTENSION: (12, 25),
    Move.APPROVE_EXTENSION: (0, 2),
    Move.AGREE_EXTENSION: (0, 2),
    Move.CONFIRM_EXTENSION: (0, 2),
    Move.REFUSE_EXTENSION: (0, 2),
    Move.DRAFT: (1, 10),
    Move.CHECK: (0, 2),
    Move.RETURN_DRAFT: (0, 2),
    Move.SIGN: (0, 3),
    Move.DELIVER: (0, 3),
    Move.CLOSE: (1, 12),
}
# More time is granted by the unit; what was assigned, by the assigner too (山东省信访条例第四十二条).
_GRANTED: dict[Move, tuple[Move, ...]] = {
    Move.REFER: (Move.APPROVE_EXTENSION,),
    Move.ASSIGN: (Move.AGREE_EXTENSION, Move.CONFIRM_EXTENSION),
}
_BEFORE_UNIT = frozenset({State.REGISTERED, State.TRIAGED, State.REFERRED, State.ASSIGNED, State.OBJECTED})
_TO_UNIT = _BEFORE_UNIT | {State.SIGNED_FOR}
_CHANNELS = (
    *[Channel.VISIT] * 40, *[Channel.WEB] * 24, *[Channel.LETTER] * 12, *[Channel.HOTLINE] * 8,
    *[Channel.MESSAGE_BOARD] * 7, *[Channel.PHONE] * 5, *[Channel.LEADER_MAILBOX] * 3, Channel.FAX,
)  # fmt: skip
_AT_ONCE = frozenset({Channel.VISIT, Channel.PHONE})
_OPENS, _SHUTS = 8 * 3600 + 1800, 17 * 3600


@dataclass(slots=True)
class Stop:
    """One act of a road: `day` as an ordinal, `second` of the local day; `serials` of the letters it issues."""

    move: Move
    day: int
    second: int = 0
    serials: tuple[int, ...] = ()


@dataclass(slots=True)
class Coming:
    """One arrival; `arrived` is the ordinal of the day it reached the office, `pk` and `serial` its key and number."""

    day: int
    second: int
    arrived: int
    pk: int = 0
    serial: int = 0


@dataclass(slots=True)
class Matter:
    """One road. `desks`: the units it is passed on to, in turn; keys are the first of as many as it needs."""

    state: State
    office: int
    desks: tuple[int, ...]
    stops: list[Stop]
    comings: list[Coming]
    channel: Channel
    person: int
    companions: int
    people: int
    requests: int
    is_sealed: bool
    is_anonymous: bool
    keys: dict[str, int] = field(default_factory=dict)

    @property
    def is_group(self) -> bool:
        return self.people >= _GROUP_SIZE

    @property
    def is_assigned(self) -> bool:
        return any(stop.move is Move.ASSIGN for stop in self.stops)


def quotas(size: int) -> list[State]:
    """Share out the final states among the matters; with enough of them every state occurs."""
    least = 1 if size >= 5 * len(State) else 0
    counts = {state: max(least, int(size * share)) for state, share in SHARES.items()}
    states = [state for state, count in counts.items() for _ in range(count)]
    return states + [State.CLOSED] * (size - len(states))


class Planner:
    """Drawer of roads that ended, or stand, on the last working day before `today` or earlier."""

    def __init__(self, cast: Cast, *, calendar: WorkCalendar, today: date, seed: int) -> None:
        self.cast, self.today = cast, today.toordinal()
        self.rng = Random(f"plan/{seed}")  # noqa: S311  made up, not secret
        days = (today - timedelta(days=back) for back in range(SPAN_DAYS + ROOM_DAYS, 0, -1))
        self.workdays = [day.toordinal() for day in days if calendar.is_workday(day)]
        # The bureau of the city takes in three times as much as a county.
        depth = min(office.unit.path.count("/") for office in cast.offices)
        self.offices = [
            place
            for place, office in enumerate(cast.offices)
            for _ in range(3 if office.unit.path.count("/") == depth else 1)
        ]

    def draw(self, size: int) -> list[Matter]:
        """Draw so many matters, in the order in which they were registered."""
        states = quotas(size)
        self.rng.shuffle(states)
        matters = [self._matter(state, size) for state in states]
        matters.sort(key=lambda matter: (matter.stops[0].day, matter.stops[0].second))
        return matters

    def _matter(self, state: State, size: int) -> Matter:
        rng = self.rng
        place = rng.choice(self.offices)
        office = self.cast.offices[place]
        # A report of wrongdoing goes its own way once the discipline body has it (第三十条).
        is_sealed = state in _TO_UNIT and bool(office.discipline) and rng.random() < SEALED
        channel = rng.choice(_CHANNELS)
        moves = self._road(state, is_sealed=is_sealed)
        stops = self._stops(state, moves)
        is_group = channel is Channel.VISIT and rng.random() < GROUPS
        return Matter(
            state=state,
            office=place,
            desks=self._desks(office, moves, is_sealed=is_sealed),
            stops=stops,
            comings=self._comings(state, stops, channel),
            channel=channel,
            person=rng.randrange(max(1, size * 4 // 5)),
            companions=rng.randint(1, _REPRESENTATIVES) if is_group else 0,
            people=rng.randint(_GROUP_SIZE, 40) if is_group else 1,
            requests=rng.choice((1, 1, 2, 2, 2, 3)),
            is_sealed=is_sealed,
            is_anonymous=not is_group and rng.random() < ANONYMOUS,
        )

    def _road(self, state: State, *, is_sealed: bool) -> list[Move]:
        rng = self.rng
        passed = Move.REFER
        if state is State.ASSIGNED or (state is not State.REFERRED and rng.random() < ASSIGNED):
            passed = Move.ASSIGN
        moves = [Move.REGISTER, Move.TRIAGE, passed]
        if state is State.OBJECTED:
            moves.append(Move.OBJECT)
        elif state not in _BEFORE_UNIT and not is_sealed and rng.random() < DETOUR:
            back = [Move.AGREE_OBJECTION, Move.TRIAGE, passed] if rng.random() < 0.5 else [Move.REFUSE_OBJECTION]
            moves += [Move.OBJECT, *back]
        moves += [Move.SIGN_FOR, Move.ACCEPT, *self._handling(state, passed)]
        moves += [Move.CHECK, Move.SIGN, Move.DELIVER]
        if state is State.CLOSED and (passed is Move.ASSIGN or rng.random() >= CLOSED_BY_SYSTEM):
            moves.append(Move.CLOSE)
        if state is State.CLOSED:
            return moves
        return moves[: len(moves) - moves[::-1].index(LAST_MOVE[state])]

    def _handling(self, state: State, passed: Move) -> list[Move]:
        rng, is_asked = self.rng, state is State.EXTENSION_ASKED
        if not is_asked and rng.random() < THOROUGH:
            return [Move.INVESTIGATE] * rng.randint(18, 26) + [Move.DRAFT]
        if is_asked or rng.random() < ASKING:
            answer = _GRANTED[passed] if rng.random() < 0.9 else (Move.REFUSE_EXTENSION,)
            return [Move.INVESTIGATE, Move.ASK_EXTENSION, *answer, Move.DRAFT]
        again = [Move.RETURN_DRAFT, Move.DRAFT] if rng.random() < RETURNING else []
        return [Move.INVESTIGATE] * rng.choice((1, 1, 1, 2, 2, 3)) + [Move.DRAFT, *again]

    def _stops(self, state: State, moves: Sequence[Move]) -> list[Stop]:
        rng = self.rng
        gaps = [rng.randint(*_GAPS[move]) for move in moves[1:]]
        if Move.SIGN in moves and Move.ASK_EXTENSION not in moves and rng.random() < LINGERING:
            gaps[moves.index(Move.DRAFT) - 1] += rng.randint(30, 50)
        last = self.today - self._age(state, moves, gaps)
        place = max(len(gaps), bisect_right(self.workdays, last) - 1)
        stops = [Stop(moves[-1], self.workdays[place])]
        for move, gap in zip(moves[-2::-1], gaps[::-1], strict=True):
            place = max(0, place - gap)
            stops.append(Stop(move, self.workdays[place]))
        stops.reverse()
        self._set_hours(stops)
        return stops

    def _age(self, state: State, moves: Sequence[Move], gaps: Sequence[int]) -> int:
        """Draw the natural days since the last act, such that a small part of what is open is late."""
        rng = self.rng
        if state is State.CLOSED:
            # The 30 days for a review have to be over before the system closes.
            return rng.randrange(1 if moves[-1] is Move.CLOSE else 46, SPAN_DAYS)
        if state is State.ISSUED:
            return rng.randrange(1, 6)
        if state is State.DELIVERED:
            return rng.randrange(1, 29)
        begun = moves.index(Move.ACCEPT) if Move.ACCEPT in moves else min(2, len(moves) - 1)
        begun = begun if len(moves) > 2 else 0
        length = 60 if Move.ACCEPT in moves else 15
        left = length - 1 - sum(gaps[begun:]) * 7 // 5
        if rng.random() < LATE:
            return max(1, left) + rng.randrange(6, 30)
        return rng.randrange(1, max(2, left))

    def _set_hours(self, stops: Sequence[Stop]) -> None:
        day, second = 0, 0
        for stop in stops:
            if stop.day == day:
                second += self.rng.randrange(60, 900)
            else:
                day, second = stop.day, self.rng.randrange(_OPENS, _SHUTS)
            stop.second = second

    def _desks(self, office: Office, moves: Sequence[Move], *, is_sealed: bool) -> tuple[int, ...]:
        rng = self.rng
        if is_sealed:
            return (rng.choice(office.discipline),) * 2
        first = rng.choice(office.near if rng.random() < 0.7 else office.far)
        if Move.AGREE_OBJECTION not in moves:
            return (first,)
        return first, rng.choice(office.far)

    def _comings(self, state: State, stops: Sequence[Stop], channel: Channel) -> list[Coming]:
        """Draw the first arrival and those that joined while the matter was open."""
        rng, begin = self.rng, stops[0]
        delay = 0 if channel in _AT_ONCE else rng.choice((0, 0, 1, 1, 2, 3))
        comings = [Coming(begin.day, begin.second, begin.day - delay)]
        end = stops[-1].day if state is State.CLOSED else self.today
        low, high = bisect_right(self.workdays, begin.day), bisect_right(self.workdays, end - 1)
        if high <= low or rng.random() >= REPEATED:
            return comings
        times = rng.randint(8, 14) if rng.random() < OFTEN_REPEATED / REPEATED else rng.randint(1, 3)
        days = sorted(self.workdays[rng.randrange(low, high)] for _ in range(times))
        return comings + [Coming(day, rng.randrange(_OPENS, _SHUTS), day) for day in days]
