"""Starting and stopping the clocks of one matter with its moves; the arithmetic is the statute's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.process.owed import marked, own_clocks, wanted
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.rulebook import Rulebook
from cases.clocks.beginning import start_day
from cases.clocks.elsewhere import wait_elsewhere
from cases.clocks.ladder import arm
from cases.clocks.making import Clocks, is_of_the_road, new_clock, own_days
from cases.clocks.moving import extend_clock, period_of, resume_clock, suspend_clock, waiting
from cases.clocks.owing import leaving, owed_clocks, runs_for
from cases.models import Deadline, PetitionCase
from cases.states import MARKS, OWED, TRANSITIONS, Move, State, Transition

_running = Prepared(lambda case: Deadline.objects.running().filter(case=case))


@dataclass(frozen=True)
class Turn:
    """An act's word on the clocks that it turns.

    `on`: the day of the act; `at`: the moment at which it is made; `unit`: whose clocks start; `days`: the length of a
    clock that a person sets; `of_unit`: only this unit's clocks are met or cancelled (one of several co-handlers);
    `met_on`: the day on which a duty was done or a right used, when it is not `on` (a request counts from the day it
    was posted). `since`: the day from which the clock of the new state counts, when it is not `on` (a hearing is owed
    from its own day). `dropped`: clocks of marks that nobody could settle where the matter stands now.
    """

    on: date
    at: datetime
    unit: Unit | None
    days: int | None = None
    of_unit: int | None = None
    met_on: date | None = None
    since: date | None = None
    dropped: frozenset[Rule] = frozenset()


def rules_in_force(rules: Iterable[Rule], on: date, book: Rulebook) -> list[Rule]:
    """Pick those of the rules that bind on day `on`: Shandong's rows only while the office applies them."""
    regime = book.on(on)
    return [rule for rule in rules if regime.is_in_force(rule)]


@dataclass(frozen=True)
class Turned:
    """The clocks that an act started, not saved yet, and those whose last day it moved."""

    started: Clocks
    moved: Clocks


def turn_clocks(case: PetitionCase, move: Move, turn: Turn, *, is_new: bool = False) -> Turned:
    """Stop what the row of the table and the state that was left say, and build what row and new state start; set the
    day that matters now on `case`, whose state is the new one.

    Neither `case` nor the clocks started are saved: a new matter has to be written before its clocks.
    """
    row, running = TRANSITIONS[move], [] if is_new else _running(case.pk)
    met, void = _stopped(case, move, turn, running)
    still = [clock for clock in running if clock not in met + void]
    owed = wanted(OWED, MARKS, State(case.state), case, [*row.starts, *(clock.rule for clock in still)])
    left = leaving(case, owed, still)
    _go_on_until(met + void, turn)
    _stop(met, left, void, turn)
    still = [clock for clock in still if clock not in left]
    resumed = _stand_still(row, still, on=turn.on, at=turn.at)
    book = current_rulebook() if row.starts or row.simple or row.restarts or owed else Rulebook()
    anew = restarting(row, still, turn.on, book)
    if anew:
        Deadline.objects.filter(pk__in=[clock.pk for clock in anew]).update(cancelled_on=turn.on)
        still = [clock for clock in still if clock not in anew]
    rules = [*starting(case, row, turn.on, book), *(Rule(clock.rule) for clock in anew)]
    started = _build(case, move, turn, rules, still, book)
    started += _armed(owed_clocks(case, owed, still + started, on=turn.on, since=turn.since, book=book), turn, book)
    waits = list(waiting(still, [*started, *resumed], on=turn.on))
    moved = [extend_clock(clock, days=days, at=turn.at) for clock, days in waits]
    moved += wait_elsewhere(case, still, on=turn.on, at=turn.at)
    refresh_due(case, still + started, on=turn.on)
    return Turned(started, moved)


def _stopped(case: PetitionCase, move: Move, turn: Turn, running: Clocks) -> tuple[Clocks, Clocks]:
    """Find the clocks that the row meets, and those that it cancels.

    One that it would cancel and start anew for the same unit goes on: nobody gains a second period for one receipt. So
    does that of a mark which the matter still bears.
    """
    row = TRANSITIONS[move]
    bound = [clock for clock in running if is_of_the_road(clock) and turn.of_unit in (None, clock.unit_id)]
    met = [clock for clock in bound if clock.rule in row.meets and not _goes_on_to_delivery(move, clock)]
    goes_on = [clock for clock in bound if clock.rule in row.starts and clock.unit_id == (turn.unit and turn.unit.pk)]
    goes_on += [clock for clock in bound if runs_for(case, marked(MARKS, case), clock)]
    void = [clock for clock in bound if clock.rule in {*row.cancels, *turn.dropped} and clock not in met + goes_on]
    return met, void


def _go_on_until(ending: Clocks, turn: Turn) -> None:
    """Let what ends while it stands still be judged by the days that count."""
    for clock in ending:
        if clock.suspended_on is not None:
            resume_clock(clock, on=max(turn.on, clock.suspended_on), at=turn.at)


def _goes_on_to_delivery(move: Move, clock: Deadline) -> bool:
    """Check that the sending does not meet it, as the office has set (Key.HANDLING_STOP)."""
    return move is Move.SEND and period_of(clock).met_on_delivery


def _stop(met: Clocks, left: Clocks, void: Clocks, turn: Turn) -> None:
    if left:
        Deadline.objects.filter(pk__in=[clock.pk for clock in left]).update(met_on=turn.on, suspended_on=None)
    if met:
        Deadline.objects.filter(pk__in=[clock.pk for clock in met]).update(
            met_on=turn.met_on or turn.on, suspended_on=None
        )
    if void:
        Deadline.objects.filter(pk__in=[clock.pk for clock in void]).update(cancelled_on=turn.on, suspended_on=None)


def _build(case: PetitionCase, move: Move, turn: Turn, rules: Iterable[Rule], still: Clocks, book: Rulebook) -> Clocks:
    """Build the clocks that the row starts; one that still runs for the unit is kept."""
    there = {clock.rule for clock in still if clock.unit_id == (turn.unit and turn.unit.pk)}
    started = [
        new_clock(
            case,
            rule,
            on=start_day(case, move, rule, on=turn.on, book=book),
            unit=turn.unit,
            days=own_days(rule, turn.days),
            book=book,
        )
        for rule in rules
        if rule not in there
    ]
    return _armed(started, turn, book)


def _armed(clocks: Clocks, turn: Turn, book: Rulebook) -> Clocks:
    regime = book.on(timezone.localdate(turn.at))
    for clock in clocks:
        arm(clock, regime.ladder(Rule(clock.rule)), at=turn.at)
    return clocks


# 第二十三条第四款: 政法 and 纪检监察 tell by rules of their own; nothing of these is asked of them.
OF_RECEIVERS = frozenset({Rule.NOTICE, Rule.OBJECTION, Rule.SIMPLE_ACCEPTANCE})


def starting(case: PetitionCase, row: Transition, on: date, book: Rulebook) -> list[Rule]:
    """List the clocks that the row starts for this matter on day `on`: those of its procedure, and in force."""
    rules = rules_in_force(row.starts + (row.simple if case.is_simple else ()), on, book)
    if case.holder.has_own_rules:
        rules = [rule for rule in rules if rule not in OF_RECEIVERS]
    return [rule for rule in rules if rule is not Rule.EVALUATION or _opens_evaluation(case)]


def _opens_evaluation(case: PetitionCase) -> bool:
    """Check that this answer is evaluated: the first; a later one only when the window of the earlier was cut short
    (重新启动)."""
    if not case.is_for_evaluation:
        return False
    windows = case.deadlines.filter(rule=Rule.EVALUATION)
    return not windows.filter(Q(cancelled_on=None) | Q(lapsed_at__isnull=False)).exists()


def restarting(row: Transition, running: Iterable[Deadline], on: date, book: Rulebook) -> list[Deadline]:
    """List the running clocks that count anew from this move on day `on`, as was in force when they started.

    What has lapsed before stays lapsed: nobody gains a new period by signing late, nor by signing twice.
    """
    return [
        clock
        for clock in running
        if clock.rule in row.restarts
        and clock.started_on < on <= clock.legal_on
        and book.on(clock.started_on).counts_from_signature
        and not _was_signed_for(clock)
    ]


def _was_signed_for(clock: Deadline) -> bool:
    """Check that the clock counts from a signature already: it took the place of one that counted from the arrival."""
    earlier = Deadline.objects.filter(case=clock.case_id, rule=clock.rule, unit=clock.unit_id)
    return earlier.filter(cancelled_on=clock.started_on, met_on=None).exists()


def _stand_still(row: Transition, running: Iterable[Deadline], *, on: date, at: datetime) -> Clocks:
    """Stop and resume what stands still; returns what goes on."""
    resumed = []
    for clock in running:
        if clock.rule == row.suspends:
            suspend_clock(clock, on=on)
        elif clock.rule == row.resumes:
            resume_clock(clock, on=on, at=at)
            resumed.append(clock)
    return resumed


# Who decides on a mark has a list of his own.
_NOT_WAITED_FOR = frozenset({Rule.EVALUATION, Rule.OVERSIGHT, Rule.MEDIATION_ACCEPTANCE}) | own_clocks({}, MARKS)


def refresh_due(case: PetitionCase, running: Iterable[Deadline], *, on: date) -> None:
    """Set `due_on` and `due_rule` from the running clocks: duties before rights; without one it waits since `on`.

    A body to which a proposal went owes its answer, but the matter does not wait for it, nor for an evaluation, nor for
    the office that urges, nor for a point that is to mediate, nor for who decides on a mark.
    """
    here = (case.holder_id, case.responsible_id)
    ticking = (
        clock
        for clock in running
        if clock.is_urging and clock.rule not in _NOT_WAITED_FOR and (not clock.subject or clock.unit_id in here)
    )
    first = min(ticking, key=lambda clock: (clock.gives_right, clock.legal_on), default=None)
    case.due_rule = first.rule if first else ""
    case.due_on = first.legal_on if first else on
