"""The watch over the clocks: warnings before the day, one mark after it, whatever was missed in between."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.models import periods_on
from binzhou_xinfang.statute.periods import Period, Rule
from cases.actions.ending import end
from cases.actions.engine import note
from cases.actions.reply import close_case
from cases.clocks import refresh_due
from cases.models import Deadline, DeadlineQuerySet, PetitionCase
from cases.states import State
from cases.vocabulary import EndGround

BATCH = 500


def sweep(*, at: datetime) -> dict[str, int]:
    """One round of the watch at the moment `at`; returns how many were warned of, lapsed, ended, and closed.

    Each clock is claimed by a conditional UPDATE in a transaction of its own: two sweeps write each event once, and
    one broken row does not hold up the others.
    """
    on = timezone.localdate(at)
    done = {"warned": 0, "lapsed": 0, "right-ended": 0, "closed": 0}
    for clock in _each(Deadline.objects.overdue(on).filter(lapsed_at=None)):
        for kind in run_out(clock, at=at):
            done[kind] += 1
    # Warnings are the office's own affair: those of today are for every clock that runs today.
    periods = periods_on(on)
    for clock in _each(_to_warn(on, periods)):
        done["warned"] += _warn(clock, periods, on=on, at=at)
    return done


def run_out(clock: Deadline, *, at: datetime) -> list[str]:
    """Write what follows from the end of one clock that is overdue at the moment `at`.

    Returns what was done ("lapsed" or "right-ended", "closed"); nothing when another sweep has done it.
    """
    on = timezone.localdate(at)
    kind = "right-ended" if clock.gives_right else "lapsed"
    done = [kind] * _end(clock, kind, on=on, at=at)
    if clock.rule in (Rule.REVIEW_REQUEST, Rule.RECHECK_REQUEST):
        done += ["closed"] * _close(clock, at=at)
    return done


def _each(clocks: DeadlineQuerySet) -> Iterator[Deadline]:
    """All rows by key in batches, so that millions never stand in memory and no cursor stays open."""
    last = 0
    while batch := list(clocks.filter(pk__gt=last).select_related("case").order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk


def _end(clock: Deadline, kind: str, *, on: date, at: datetime) -> int:
    with transaction.atomic():
        case = PetitionCase.objects.select_for_update().get(pk=clock.case_id)
        claim = Deadline.objects.overdue(on).filter(pk=clock.pk, lapsed_at=None)
        ended = {"lapsed_at": at} | ({"cancelled_on": on} if clock.gives_right else {})
        if not claim.update(**ended):
            return 0
        if clock.gives_right:
            refresh_due(case, case.deadlines.running(), on=on)
            case.save(update_fields=["due_on", "due_rule"])
        detail = {"rule": clock.rule, "strict": clock.strict_on.isoformat(), "legal": clock.legal_on.isoformat()}
        note(case, kind, by=None, at=at, detail=detail)
    return 1


def _to_warn(on: date, periods: Mapping[Rule, Period]) -> DeadlineQuerySet:
    """Running duties that have come within a warning day of their rule and were not warned of at it yet."""
    near = Q(pk__in=[])
    for rule, period in periods.items():
        for days in period.warn_days:
            within = Q(rule=rule, legal_on__gte=on, legal_on__lte=on + timedelta(days=days))
            near |= within & (Q(warned_days=None) | Q(warned_days__gt=days))
    return Deadline.objects.running().filter(near, suspended_on=None)


def _warn(clock: Deadline, periods: Mapping[Rule, Period], *, on: date, at: datetime) -> int:
    left = (clock.legal_on - on).days
    threshold = min(days for days in periods[Rule(clock.rule)].warn_days if left <= days)
    with transaction.atomic():
        case = PetitionCase.objects.select_for_update().get(pk=clock.case_id)
        unwarned = Q(warned_days=None) | Q(warned_days__gt=threshold)
        claim = Deadline.objects.running().filter(unwarned, pk=clock.pk)
        if not claim.update(warned_days=threshold):
            return 0
        note(
            case,
            "warned",
            by=None,
            at=at,
            detail={"rule": clock.rule, "legal": clock.legal_on.isoformat(), "left": left},
        )
    return 1


def _close(clock: Deadline, *, at: datetime) -> int:
    """What nobody asked to review, or to recheck, in time is closed, or ended; unless something is still owed."""
    case = PetitionCase.objects.get(pk=clock.case_id)
    owed = case.deadlines.filter(rule=Rule.ASSIGNMENT, met_on=None, cancelled_on=None).exists()
    if owed or case.owes_execution:
        return 0
    try:
        if case.state == State.DELIVERED and clock.rule == Rule.REVIEW_REQUEST:
            close_case(case, outcomes={}, note="复查申请期限届满，信访人未申请复查", by=None, at=at)
        elif case.state == State.REVIEW_DELIVERED and clock.rule == Rule.RECHECK_REQUEST:
            end(case, ground=EndGround.NO_REQUEST, note="复核申请期限届满，信访人未申请复核", by=None, at=at)
        else:
            return 0
    except Refusal:
        return 0  # somebody moved it a moment ago
    return 1
