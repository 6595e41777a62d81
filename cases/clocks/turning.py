"""Starting, stopping, suspending and extending the clocks of one matter; the arithmetic is the statute's."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.periods import PERIODS, Period, Rule
from binzhou_xinfang.statute.reckoning import Reckoning, reckon
from binzhou_xinfang.statute.rulebook import Rulebook
from cases.clocks.ladder import arm, disarm
from cases.models import Deadline, PetitionCase
from cases.states import TRANSITIONS, Move, Transition

_running = Prepared(lambda case: Deadline.objects.running().filter(case=case))


@dataclass(frozen=True)
class Turn:
    """An act's word on the clocks that it turns.

    `on`: the day of the act; `at`: the moment at which it is made; `unit`: whose clocks start; `days`: the length of a
    clock that a person sets; `of_unit`: only this unit's clocks are met or cancelled (one of several co-handlers);
    `met_on`: the day on which a duty was done or a right used, when it is not `on` (a request counts from the day it
    was posted).
    """

    on: date
    at: datetime
    unit: Unit | None
    days: int | None = None
    of_unit: int | None = None
    met_on: date | None = None


def _office_begins(case: PetitionCase, book: Rulebook) -> date:
    """Begin the office's own 15 days with the receipt, or as the office has set it."""
    registered_on = timezone.localdate(case.registered_at)
    return book.on(case.received_on).triage_start(case.received_on, registered_on=registered_on)


def _first_receipt(case: PetitionCase, book: Rulebook) -> date:
    """Keep the office's own 15 days through an objection or a wrong merge: they count from when they began."""
    clock = case.deadlines.filter(rule=Rule.TRIAGE).order_by("-pk").first()
    return clock.started_on if clock else _office_begins(case, book)


def _simple_acceptance(case: PetitionCase, book: Rulebook) -> date:
    """Go on with the ordinary procedure from the day of the simple acceptance."""
    return case.deadlines.filter(rule=Rule.SIMPLE_HANDLING).order_by("-pk")[0].started_on


def _arrival(case: PetitionCase, book: Rulebook) -> date:
    return case.received_on


# Clocks that count from an earlier event than the move that starts them.
_SINCE: Mapping[tuple[Move, Rule], Callable[[PetitionCase, Rulebook], date]] = {
    (Move.REGISTER, Rule.TRIAGE): _office_begins,
    (Move.TRIAGE, Rule.SIMPLE_RELAY): _arrival,
    (Move.TAKE_UP, Rule.NOTICE): _arrival,
    (Move.AGREE_OBJECTION, Rule.TRIAGE): _first_receipt,
    (Move.SPLIT, Rule.TRIAGE): _first_receipt,
    (Move.FALL_BACK, Rule.HANDLING): _simple_acceptance,
}


def start_day(case: PetitionCase, move: Move, rule: Rule, *, on: date, book: Rulebook) -> date:
    """Find the day from which a clock counts that this move starts on day `on`."""
    since = _SINCE.get((move, rule))
    return since(case, book) if since else on


def new_clock(
    case: PetitionCase,
    rule: Rule,
    *,
    on: date,
    unit: Unit | None,
    days: int | None = None,
    book: Rulebook | None = None,
) -> Deadline:
    """Make a clock that starts with an event on day `on` and follows the rule in force on that day, not saved.

    `days`: a length set by a person. `book`: the rulebook, when the caller has read it.
    """
    period = (book or current_rulebook()).period(rule, on)
    due = reckon(rule, on, calendar=current_calendar(), period=period, days=days)
    return Deadline(
        case=case,
        rule=rule,
        unit=unit,
        started_on=on,
        days=days,
        strict_on=due.strict,
        legal_on=due.legal,
        is_provisional=due.provisional,
    )


def reckoning_of(deadline: Deadline) -> Reckoning:
    """Reckon the due day of a clock by today's calendar and the rule of the day on which it started."""
    return reckon(
        Rule(deadline.rule),
        deadline.started_on,
        calendar=current_calendar(),
        period=period_of(deadline),
        days=deadline.days,
        extend=deadline.extended_by,
        excluded=deadline.spans,
    )


def period_of(deadline: Deadline) -> Period:
    """Read the rule that a clock follows to its end: the one in force on the day on which it started."""
    return current_rulebook().period(Rule(deadline.rule), deadline.started_on)


def rules_in_force(rules: Iterable[Rule], on: date, book: Rulebook) -> list[Rule]:
    """Pick those of the rules that bind on day `on`: Shandong's rows only while the office applies them."""
    regime = book.on(on)
    return [rule for rule in rules if regime.is_in_force(rule)]


def extend_clock(deadline: Deadline, *, days: int, at: datetime) -> Deadline:
    """Prolong a running clock by `days` (natural) from its unrolled day. Raises ReckoningError over the cap."""
    deadline.extended_by += days
    _reckon_anew(deadline, changed=["extended_by"], at=at)
    return deadline


def suspend_clock(deadline: Deadline, *, on: date) -> None:
    """Let the clock stand still from the day of the notice `on` (第三十六条第二款). Only a recheck may."""
    deadline.suspended_on = on
    disarm(deadline)
    deadline.save(update_fields=["suspended_on", "next_alert_at"])


def resume_clock(deadline: Deadline, *, on: date, at: datetime) -> None:
    """Let the clock go on with the day of the conclusion `on`; the days in between are not counted. On the day on which
    it was stopped: as though it never had been.
    """
    if deadline.suspended_on is None:
        return
    if on != deadline.suspended_on:
        deadline.excluded = [*deadline.excluded, [deadline.suspended_on.isoformat(), on.isoformat()]]
    deadline.suspended_on = None
    _reckon_anew(deadline, changed=["excluded", "suspended_on"], at=at)


def _reckon_anew(deadline: Deadline, *, changed: list[str], at: datetime) -> None:
    due = reckoning_of(deadline)
    deadline.strict_on, deadline.legal_on, deadline.is_provisional = due.strict, due.legal, due.provisional
    # The watch begins anew for the new day; the alerts of the old one stay.
    deadline.lapsed_at = None
    arm(deadline, current_rulebook().on(timezone.localdate(at)).ladder(Rule(deadline.rule)), at=at)
    watch = ["alerted_until", "next_alert_at", "lapsed_at"]
    deadline.save(update_fields=[*changed, "strict_on", "legal_on", "is_provisional", *watch])


def turn_clocks(case: PetitionCase, move: Move, turn: Turn, *, is_new: bool = False) -> list[Deadline]:
    """Stop what the row of the table says and build what it starts; set the day that matters now on `case`.

    Neither `case` nor the clocks returned are saved: a new matter has to be written before its clocks.
    """
    row, running = TRANSITIONS[move], [] if is_new else _running(case.pk)
    bound = [clock for clock in running if _is_of_the_road(clock) and turn.of_unit in (None, clock.unit_id)]
    met = [clock for clock in bound if clock.rule in row.meets]
    void = [clock for clock in bound if clock.rule in row.cancels and clock not in met]
    if met:
        Deadline.objects.filter(pk__in=[clock.pk for clock in met]).update(
            met_on=turn.met_on or turn.on, suspended_on=None
        )
    if void:
        Deadline.objects.filter(pk__in=[clock.pk for clock in void]).update(cancelled_on=turn.on, suspended_on=None)
    still = [clock for clock in running if clock not in met + void]
    _stand_still(row, still, on=turn.on, at=turn.at)
    book = current_rulebook() if row.starts or row.simple or row.restarts else Rulebook()
    anew = restarting(row, still, turn.on, book)
    if anew:
        Deadline.objects.filter(pk__in=[clock.pk for clock in anew]).update(cancelled_on=turn.on)
        still = [clock for clock in still if clock not in anew]
    started = [
        new_clock(
            case,
            rule,
            on=start_day(case, move, rule, on=turn.on, book=book),
            unit=turn.unit,
            days=own_days(rule, turn.days),
            book=book,
        )
        for rule in [*starting(case, row, turn.on, book), *(Rule(clock.rule) for clock in anew)]
        if not any(clock.rule == rule and clock.unit_id == (turn.unit and turn.unit.pk) for clock in still)
    ]
    regime = book.on(timezone.localdate(turn.at))
    for clock in started:
        arm(clock, regime.ladder(Rule(clock.rule)), at=turn.at)
    refresh_due(case, still + started, on=turn.on)
    return started


def starting(case: PetitionCase, row: Transition, on: date, book: Rulebook) -> list[Rule]:
    """List the clocks that the row starts for this matter on day `on`: those of its procedure, and in force."""
    rules = rules_in_force(row.starts + (row.simple if case.is_simple else ()), on, book)
    return [rule for rule in rules if rule is not Rule.EVALUATION or _opens_evaluation(case)]


def _opens_evaluation(case: PetitionCase) -> bool:
    """Check that this answer is evaluated: the first; a later one only when the window of the earlier was cut short
    (重新启动)."""
    if not case.is_for_evaluation:
        return False
    windows = case.deadlines.filter(rule=Rule.EVALUATION)
    return not windows.filter(Q(cancelled_on=None) | Q(lapsed_at__isnull=False)).exists()


def _is_of_the_road(clock: Deadline) -> bool:
    """Check that the moves turn the clock. A unit's debt beside the road, an answer to 督办, is owed whatever they
    do."""
    return not clock.subject


def restarting(row: Transition, running: Iterable[Deadline], on: date, book: Rulebook) -> list[Deadline]:
    """List the running clocks that count anew from this move on day `on`, as was in force when they started.

    What has lapsed before stays lapsed: nobody gains a new period by signing late.
    """
    return [
        clock
        for clock in running
        if clock.rule in row.restarts
        and clock.started_on < on <= clock.legal_on
        and book.on(clock.started_on).counts_from_signature
    ]


def _stand_still(row: Transition, running: Iterable[Deadline], *, on: date, at: datetime) -> None:
    for clock in running:
        if clock.rule == row.suspends:
            suspend_clock(clock, on=on)
        elif clock.rule == row.resumes:
            resume_clock(clock, on=on, at=at)


def own_days(rule: Rule, days: int | None) -> int | None:
    """Read the days that a person set, for a rule whose length is set by persons."""
    return days if PERIODS[rule].length is None else None


def refresh_due(case: PetitionCase, running: Iterable[Deadline], *, on: date) -> None:
    """Set `due_on` and `due_rule` from the running clocks: duties before rights; without one it waits since `on`.

    A body to which a proposal went owes its answer, but the matter does not wait for it, nor for an evaluation.
    """
    here = (case.holder_id, case.responsible_id)
    ticking = (
        clock
        for clock in running
        if clock.suspended_on is None and clock.rule != Rule.EVALUATION and (not clock.subject or clock.unit_id in here)
    )
    first = min(ticking, key=lambda clock: (clock.gives_right, clock.legal_on), default=None)
    case.due_rule = first.rule if first else ""
    case.due_on = first.legal_on if first else on
