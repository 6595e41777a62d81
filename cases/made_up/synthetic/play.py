"""Playing a made-up matter in memory: the engine and the sweep, without a database.

State, clocks and events come from the same table of moves, the same reckoning and the same seal as the real ones. Only
the moves of `acts.ACTS` can be played; `tests/cases/made_up/test_replay.py` makes each of them by its verb too and
lays the two files side by side, field by field.
"""

from datetime import date, datetime

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.process.owed import Owed, marked, own_clocks, wanted
from binzhou_xinfang.statute.periods import LAPSE, PERIODS, Rule
from binzhou_xinfang.statute.rules import Rung
from cases.clocks.owing import days_until, last_of, leaving, yields
from cases.clocks.turning import refresh_due
from cases.deciding import note_hand
from cases.engine import Effect
from cases.lateness import REASON
from cases.made_up.synthetic import acts, arrivals, papers, words
from cases.made_up.synthetic.blanks import new_row
from cases.made_up.synthetic.course import Course
from cases.made_up.synthetic.numbering import letter_kinds
from cases.made_up.synthetic.plan import Coming, Stop
from cases.made_up.synthetic.times import ONE_DAY, day_begins, moment
from cases.made_up.synthetic.watch import Alarm
from cases.models import Alert, Deadline, EvaluationObject, PetitionCase
from cases.outcome import arrive, detail_of
from cases.states import MARKS, OWED, TRANSITIONS, Move, State, Transition, target_of


def play(course: Course) -> Course:
    """Play every stop and every arrival in the order of their time, the watch kept in between and up to now."""
    timetable: list[tuple[int, int, Stop | Coming]] = [
        *((stop.day, stop.second, stop) for stop in course.matter.stops),
        *((coming.day, coming.second, coming) for coming in course.matter.comings[1:]),
    ]
    timetable.sort(key=lambda entry: entry[:2])
    for ordinal, second, what in timetable:
        day = date.fromordinal(ordinal)
        at = moment(day, second)
        _watch(course, at)
        if isinstance(what, Stop):
            _move(course, what, at=at, day=day)
        else:
            arrivals.join(course, what, at=at)
    _watch(course, course.stage.now)
    return course


def _move(course: Course, stop: Stop, *, at: datetime, day: date) -> None:
    if stop.move is Move.REGISTER:
        by, effect = arrivals.register(course, at=at)
    else:
        by, effect = acts.ACTS[stop.move](course, at, day)
        effect.detail.update(_late(course, stop.move, day, by=by))
    _settle(course, stop.move, effect, by=by, at=at, day=day, serials=stop.serials)


def _late(course: Course, move: Move, day: date, *, by: Post | None) -> dict[str, str]:
    """Say why the act comes only now, as `lateness.explaining` asks."""
    row, own = TRANSITIONS[move], by.unit_id if by else None
    ends = {*row.ends} - own_clocks({}, MARKS)
    is_late = any(
        clock.is_running and clock.legal_on < day
        and (clock.rule in row.explains or (clock.rule in ends and clock.unit_id == own))
        for clock in course.clocks
    )  # fmt: skip
    return {REASON: words.LATE} if is_late and by else {}


def _settle(
    course: Course,
    move: Move,
    effect: Effect,
    *,
    by: Post | None,
    at: datetime,
    day: date,
    serials: tuple[int, ...] = (),
) -> None:
    """Settle an act as `engine.settle` does, on these rows."""
    case, is_new = course.case, move is Move.REGISTER
    before = State(case.previous_state) if case.previous_state else None
    owes = case.owes_execution
    target = State.REGISTERED if is_new else target_of(move, State(case.state), before, owes=owes)
    came_from = arrive(case, move, target, on=effect.day or day, at=at, is_new=is_new)
    clocks = _turn_clocks(course, move, effect, at=at, day=day)
    kinds = letter_kinds(course.matter, move) if by else []
    issued = [
        _issue(course, kind, serial, move, effect, by=by, at=at, day=day, clocks=clocks)
        for kind, serial in zip(kinds, serials, strict=True)
        if by
    ]
    note_hand(course.case, by)
    course.note(move, detail_of(effect.detail, came_from, target, clocks + effect.moved, issued), by=by, at=at)


def _turn_clocks(course: Course, move: Move, effect: Effect, *, at: datetime, day: date) -> list[Deadline]:
    row, on = TRANSITIONS[move], effect.day or day
    _stop(course, row, on)
    running = [clock for clock in course.clocks if clock.is_running]
    rules: list[tuple[Rule, int | None]] = [
        (rule, effect.days if PERIODS[rule].length is None else None)
        for rule in row.starts
        if rule is not Rule.EVALUATION or course.case.is_for_evaluation
    ]
    turned = [*row.starts, *(clock.rule for clock in running)]
    owed = wanted(OWED, MARKS, State(course.case.state), course.case, turned)
    for clock in leaving(course.case, owed, running):
        clock.met_on = on
    running = [clock for clock in running if clock.is_running]
    there = {clock.rule for clock in running}
    rules += [made for debt in owed if debt.own not in there and (made := _owed(course, debt, running, on))]
    first = course.matter.keys["Deadline"] + len(course.clocks)
    started = [_start(course, rule, first + place, on=on, days=days) for place, (rule, days) in enumerate(rules)]
    _wait_elsewhere(course, running, on=on, at=at, day=day)
    refresh_due(course.case, running + started, on=on)
    course.clocks += started
    course.forget_stopped()
    for clock in started:
        course.arm(clock, at=at, day=day)
    return started


def _wait_elsewhere(course: Course, running: list[Deadline], *, on: date, at: datetime, day: date) -> None:
    """Let clocks wait for another desk as `clocks.elsewhere.wait_elsewhere` does; none that is made up stands still."""
    case = course.case
    debts = [debt for debt in OWED[State(case.state)].owed if debt.awaited_by and debt.holds(case)]
    held = {rule for debt in debts for rule in debt.awaited_by}
    for clock in running:
        waits = clock.rule in held and clock.unit_id != case.holder_id
        if waits and clock.waits_since is None:
            clock.waits_since, clock.next_alert_at = on, None
            course.forget_stopped(clock)
        elif not waits and clock.waits_since is not None:
            clock.waits_since, clock.waited_until = None, on
            # One that was extended by the same act has been armed already.
            course.forget_stopped(clock)
            course.arm(clock, at=at, day=day)


def _stop(course: Course, row: Transition, on: date) -> None:
    waits = [debt.own for debt in marked(MARKS, course.case)]
    for clock in course.clocks:
        if clock.is_running and clock.rule in row.meets:
            clock.met_on = on
        elif clock.is_running and clock.rule in row.cancels and clock.rule not in waits:
            clock.cancelled_on = on


def _owed(
    course: Course, debt: Owed[PetitionCase], running: list[Deadline], on: date
) -> tuple[Rule, int | None] | None:
    """Find the clock of a state with the days to which a clock of the law cuts it, as `owing.owed_clock` does."""
    assert debt.own is not None  # noqa: S101  only debts with a clock of their own are wanted
    rule, last = debt.own, last_of(debt, running, on=on)
    if yields(debt, course.stage.due(rule, on, None, 0).legal, running, on=on):
        return None
    if last is None or course.stage.due(rule, on, None, 0).legal <= last:
        return rule, None
    days = days_until(last, PERIODS[rule].length, lambda days: course.stage.due(rule, on, days, 0))
    return (rule, days) if days else None


def _start(course: Course, rule: Rule, pk: int, *, on: date, days: int | None) -> Deadline:
    start = course.case.received_on if rule is Rule.TRIAGE else on
    due = course.stage.due(rule, start, days, 0)
    return new_row(
        Deadline,
        id=pk,
        case_id=course.case.pk,
        rule=rule,
        unit_id=course.case.holder_id,
        started_on=start,
        days=days,
        strict_on=due.strict,
        legal_on=due.legal,
        is_provisional=due.provisional,
    )


def _issue(
    course: Course,
    kind: LetterKind,
    serial: int,
    move: Move,
    effect: Effect,
    *,
    by: Post,
    at: datetime,
    day: date,
    clocks: list[Deadline],
) -> str:
    facts = papers.facts_of(kind, course, on=effect.day or day, by=by, clocks=clocks, own=effect.facts)
    unit, is_sealed = effect.issuer or by.unit, course.matter.is_sealed
    number = issuing.number_of(unit, kind, day.year, serial, on=day, is_sealed=is_sealed)
    columns = course.stage.sketches.columns_of(
        kind, number, unit=unit, on=day, facts=facts, by=by, at=course.recorded(at)
    )
    pk = course.matter.keys["Letter"] + len(course.letters)
    letter = new_row(Letter, id=pk, is_sealed=is_sealed, head=issuing.head_of(kind, day), **columns)
    letter.sha256 = letter.content_sha256()
    course.letters.append((letter, move))
    return letter.reference


def _watch(course: Course, until: datetime) -> None:
    """Keep the watch as the sweep does, up to a moment."""
    while course.alarms:
        alarm = min(course.alarms, key=lambda each: each.at)
        if alarm.at > until:
            return
        course.alarms.remove(alarm)
        if alarm.rung:
            _reach(course, alarm, alarm.rung)
        else:
            _run_out(course, alarm)


def _reach(course: Course, alarm: Alarm, rung: Rung) -> None:
    clock = alarm.clock
    due_on = clock.strict_on if rung.days <= 0 else clock.legal_on
    counted_from = due_on if rung.days <= 0 else max(due_on, clock.waited_until or due_on)
    alert = new_row(
        Alert,
        deadline_id=clock.pk,
        days=rung.days,
        audience="+".join(audience.value for audience in rung.audience),
        consequence=rung.consequence.value,
        due_on=due_on,
        reached_at=day_begins(counted_from + rung.days * ONE_DAY),
        recorded_at=course.recorded(alarm.at),
    )
    course.alerts.append(alert)
    if rung.days == LAPSE:
        clock.lapsed_at = alarm.at
    clock.alerted_until = alarm.at
    course.watch(clock, since=alarm.at, today=alarm.on)


def _run_out(course: Course, alarm: Alarm) -> None:
    clock = alarm.clock
    clock.lapsed_at, clock.cancelled_on, clock.next_alert_at = alarm.at, alarm.on, None
    refresh_due(course.case, [each for each in course.clocks if each.is_running], on=alarm.on)
    detail = {"rule": clock.rule, "strict": clock.strict_on.isoformat(), "legal": clock.legal_on.isoformat()}
    if clock.rule == Rule.EVALUATION:
        # The made-up matters were all taken in by a petition office, and nobody has evaluated an answer.
        unevaluated = [
            EvaluationObject.OFFICE.value,
            *([EvaluationObject.UNIT.value] if course.case.responsible_id else []),
        ]
        course.note("right-ended", {**detail, "unevaluated": unevaluated}, by=None, at=alarm.at)
        return
    course.note("right-ended", detail, by=None, at=alarm.at)
    is_owed = any(clock.rule == Rule.ASSIGNMENT and clock.is_running for clock in course.clocks)
    is_owed |= course.case.owes_execution
    if clock.rule == Rule.REVIEW_REQUEST and course.case.state == State.DELIVERED and not is_owed:
        effect = Effect({"outcomes": [], "evidence": [], "heart": "", "note": words.CLOSED_BY_SYSTEM})
        _settle(course, Move.CLOSE, effect, by=None, at=alarm.at, day=alarm.on)
