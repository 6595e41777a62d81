"""Roads of the demo's matters: the moves made so far, and days for them that leave the wanted time on the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from random import Random

from django.utils import timezone

from binzhou_xinfang.statute.calendar import WorkCalendar
from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.states import Move, State, target_of

EXTENSION = 30
_MINUTE = timedelta(minutes=3)


class Turn(Enum):
    """A bend in the road."""

    AGREED = "异议成立，改转他单位"
    REFUSED = "异议不成立"
    EXTENDED = "延期获批"
    NOT_EXTENDED = "延期未批"
    RETURNED = "意见书退回修改"
    ASSIGNED = "交办"
    LATE = "逾期答复"


@dataclass(frozen=True, slots=True)
class Scene:
    """A matter's place today. `left`: days left on its clock (negative: overdue); days ago where none runs."""

    state: State
    left: int
    turns: frozenset[Turn] = frozenset()


# The clock that counts in a state, and the move that starts it.
_CLOCKS: Mapping[State, tuple[Rule, tuple[Move, ...]]] = {
    **dict.fromkeys((State.REGISTERED, State.TRIAGED), (Rule.TRIAGE, (Move.REGISTER,))),
    **dict.fromkeys(
        (State.REFERRED, State.ASSIGNED, State.OBJECTED, State.SIGNED_FOR), (Rule.NOTICE, (Move.REFER, Move.ASSIGN))
    ),
    **dict.fromkeys(
        (State.ACCEPTED, State.HANDLING, State.EXTENSION_ASKED, State.DRAFTED, State.CHECKED),
        (Rule.HANDLING, (Move.ACCEPT,)),
    ),
    State.DELIVERED: (Rule.REVIEW_REQUEST, (Move.DELIVER,)),
}
# How many days after the move before it a move is made.
_GAPS: Mapping[Move, tuple[int, int]] = {
    Move.TRIAGE: (0, 3),
    Move.REFER: (0, 3),
    Move.ASSIGN: (0, 3),
    Move.OBJECT: (1, 2),
    Move.AGREE_OBJECTION: (0, 2),
    Move.REFUSE_OBJECTION: (0, 2),
    Move.SIGN_FOR: (0, 3),
    Move.ACCEPT: (1, 6),
    Move.INVESTIGATE: (2, 12),
    Move.ASK_EXTENSION: (10, 25),
    Move.APPROVE_EXTENSION: (0, 2),
    Move.REFUSE_EXTENSION: (0, 2),
    Move.DRAFT: (4, 20),
    Move.RETURN_DRAFT: (0, 2),
    Move.CHECK: (0, 2),
    Move.SIGN: (0, 2),
    Move.DELIVER: (0, 4),
    Move.CLOSE: (2, 18),
}
_LATE_BY = 50


def road(scene: Scene) -> list[Move]:
    """List the moves from the registration to where the matter stands, with its bends."""
    turns, moves = scene.turns, [Move.REGISTER, Move.TRIAGE]
    if Turn.AGREED in turns:
        moves += [Move.REFER, Move.OBJECT, Move.AGREE_OBJECTION, Move.TRIAGE]
    moves += [Move.ASSIGN if Turn.ASSIGNED in turns else Move.REFER]
    if Turn.REFUSED in turns:
        moves += [Move.OBJECT, Move.REFUSE_OBJECTION]
    moves += [Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE]
    if Turn.EXTENDED in turns or Turn.NOT_EXTENDED in turns:
        moves += [Move.ASK_EXTENSION, Move.APPROVE_EXTENSION if Turn.EXTENDED in turns else Move.REFUSE_EXTENSION]
    moves += [Move.DRAFT]
    if Turn.RETURNED in turns:
        moves += [Move.RETURN_DRAFT, Move.DRAFT]
    moves += [Move.CHECK, Move.SIGN, Move.DELIVER, Move.CLOSE]
    return moves[: _last_place(moves, scene.state) + 1]


def _last_place(moves: list[Move], wanted: State) -> int:
    """Find the last place along the moves at which the matter stands in the wanted state."""
    state, before, place = State.REGISTERED, None, 0
    for number, move in enumerate(moves[1:], start=1):
        state, before = target_of(move, state, before), state
        place = number if state is wanted else place
    return place


def moments(scene: Scene, moves: list[Move], *, now: datetime, calendar: WorkCalendar, rng: Random) -> list[datetime]:
    """Find a moment for each move, in order and before `now`, so that the scene's clock has `left` days to run."""
    anchor = _anchor(scene, moves)
    gaps = [rng.randint(*_GAPS[move]) + _delay(scene, move) for move in moves[1:]]
    days = [_anchor_day(scene, timezone.localdate(now))] * len(moves)
    for place in range(anchor, 0, -1):
        days[place - 1] = days[place] - timedelta(days=gaps[place - 1])
    room, wanted = (timezone.localdate(now) - days[anchor]).days, sum(gaps[anchor:])
    for place in range(anchor + 1, len(moves)):
        gone = sum(gaps[anchor:place])
        days[place] = days[anchor] + timedelta(days=gone * room // wanted if wanted > room else gone)
    for place in range(1, len(moves)):
        while place != anchor and not calendar.is_workday(days[place]):
            days[place] += timedelta(days=1)
    return _in_order([_office_hour(day, rng) for day in days], now)


def _anchor(scene: Scene, moves: list[Move]) -> int:
    if scene.state not in _CLOCKS:
        return len(moves) - 1
    starts = _CLOCKS[scene.state][1]
    return max(place for place, move in enumerate(moves) if move in starts)


def _anchor_day(scene: Scene, today: date) -> date:
    if scene.state not in _CLOCKS:
        return today - timedelta(days=scene.left)
    rule = _CLOCKS[scene.state][0]
    length = (PERIODS[rule].length or 0) + (EXTENSION if _is_extended(scene) else 0)
    return today - timedelta(days=length - scene.left)


def _is_extended(scene: Scene) -> bool:
    return Turn.EXTENDED in scene.turns and Move.APPROVE_EXTENSION in road(scene) and scene.state in _ON_THE_SIXTY


_ON_THE_SIXTY = frozenset(state for state, (rule, _) in _CLOCKS.items() if rule is Rule.HANDLING)


def _delay(scene: Scene, move: Move) -> int:
    return _LATE_BY if move is Move.INVESTIGATE and Turn.LATE in scene.turns else 0


def _office_hour(day: date, rng: Random) -> datetime:
    hour = datetime.combine(day, time(8, 30)) + timedelta(minutes=rng.randrange(9 * 60))
    return timezone.make_aware(hour, timezone.get_default_timezone())


def _in_order(moments: list[datetime], now: datetime) -> list[datetime]:
    """Put each a little before the next, the last before `now`."""
    following, ordered = now, list(moments)
    for place in range(len(moments) - 1, -1, -1):
        following = ordered[place] = min(ordered[place], following - _MINUTE)
    return ordered
