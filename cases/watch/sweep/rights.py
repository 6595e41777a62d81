"""End of a right that nobody used: written into the course of the matter, which it may close."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from binzhou_xinfang.errors import PASSING, Refusal, failure
from binzhou_xinfang.records.event_fields import KEPT, EventField, chosen
from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.clocks.turning import refresh_due
from cases.engine import note
from cases.evaluation.window import objects_of
from cases.models import Deadline, EvaluationObject, PetitionCase, SweepFault
from cases.procedure.ending import end
from cases.procedure.grounds import was_used
from cases.procedure.reply import close_case
from cases.states import EVENTS, OF_A_CLOCK, State
from cases.vocabulary import EndGround

RIGHT_ENDED = EVENTS.declare(
    "right-ended",
    "权利期限届满",
    {**OF_A_CLOCK, "strict": KEPT, "unevaluated": EventField("超期未评价：", chosen(EvaluationObject))},
)
BATCH = 500
RIGHTS = tuple(rule.value for rule, period in PERIODS.items() if period.gives_right)


def end_rights(*, at: datetime) -> dict[str, int]:
    """End every right whose last day has passed; returns how many ended, closed their matter, or were set aside.

    Each is claimed by a conditional UPDATE in a transaction of its own: two rounds write each event once, and one
    that fails holds up no other.
    """
    done = {"right-ended": 0, "closed": 0, "set-aside": 0}
    for clock in _ended(timezone.localdate(at)):
        try:
            outcome = run_out(clock, at=at)
        except PASSING:
            raise
        except (DatabaseError, Refusal, ValueError, LookupError) as fault:
            SweepFault.objects.create(deadline=clock, error=failure(fault), at=at)
            Deadline.objects.filter(pk=clock.pk).update(set_aside_at=at)
            outcome = ["set-aside"]
        for kind in outcome:
            done[kind] += 1
    return done


def _ended(on: date) -> Iterator[Deadline]:
    """List all of them in batches, so that millions never stand in memory and no cursor stays open.

    In the order of their last days: that is the order of the index over what runs, so that a round which finds none
    reads none.
    """
    clocks = Deadline.objects.overdue(on).filter(rule__in=RIGHTS, lapsed_at=None, set_aside_at=None)
    batch = list(clocks.order_by("legal_on", "pk")[:BATCH])
    while batch:
        yield from batch
        day, key = batch[-1].legal_on, batch[-1].pk
        beyond = clocks.filter(legal_on__gte=day).exclude(legal_on=day, pk__lte=key)
        batch = list(beyond.order_by("legal_on", "pk")[:BATCH])


def run_out(clock: Deadline, *, at: datetime) -> list[str]:
    """End one right at the moment `at`: "right-ended", "closed"; nothing when another round has done it.

    One transaction: a right that ended and left its matter open would be found by no later round.
    """
    with transaction.atomic():
        if not _end(clock, on=timezone.localdate(at), at=at):
            return []
        closed = clock.rule in (Rule.REVIEW_REQUEST, Rule.RECHECK_REQUEST) and _close(clock, at=at)
    return ["right-ended", *["closed"] * closed]


def _end(clock: Deadline, *, on: date, at: datetime) -> bool:
    case = PetitionCase.objects.select_for_update(no_key=True).get(pk=clock.case_id)
    claim = Deadline.objects.overdue(on).filter(pk=clock.pk, lapsed_at=None)
    if not claim.update(lapsed_at=at, cancelled_on=on):
        return False
    refresh_due(case, case.deadlines.running(), on=on)
    case.save(update_fields=["due_on", "due_rule"])
    note(case, RIGHT_ENDED, by=None, at=at, detail=_detail(case, clock))
    return True


def _detail(case: PetitionCase, clock: Deadline) -> dict[str, Any]:
    detail = {"rule": clock.rule, "strict": clock.strict_on.isoformat(), "legal": clock.legal_on.isoformat()}
    if clock.rule != Rule.EVALUATION:
        return detail
    said = set(case.evaluations.values_list("object", flat=True))
    return detail | {"unevaluated": [about.value for about in objects_of(case) if about not in said]}


def _close(clock: Deadline, *, at: datetime) -> bool:
    """Close, or end, what nobody asked to review, or to recheck, in time; unless something is still owed."""
    case = PetitionCase.objects.get(pk=clock.case_id)
    owed = case.deadlines.filter(rule=Rule.ASSIGNMENT, met_on=None, cancelled_on=None).exists()
    # Of several petitioners each has his own days, from his own copy: the file waits for the last.
    if owed or case.owes_execution or case.unserved:
        return False
    used = was_used(clock)
    is_no_end = used or case.is_delivery_unproven
    try:
        if case.state == State.DELIVERED and clock.rule == Rule.REVIEW_REQUEST:
            note = (
                "复查申请期限届满，此前的复查申请未予受理或者已经撤回" if used else "复查申请期限届满，信访人未申请复查"
            )
            close_case(case, outcomes={}, note=note, by=None, at=at)
        elif case.state == State.REVIEW_DELIVERED and clock.rule == Rule.RECHECK_REQUEST and is_no_end:
            note = f"复核申请期限届满，{'此前的复核申请未予受理或者已经撤回' if used else '送达没有凭证，待补交'}"
            close_case(case, outcomes={}, note=note, by=None, at=at)
        elif case.state == State.REVIEW_DELIVERED and clock.rule == Rule.RECHECK_REQUEST:
            end(case, ground=EndGround.NO_REQUEST, note="复核申请期限届满，信访人未申请复核", by=None, at=at)
        else:
            return False
    except Refusal:
        return False  # somebody moved it a moment ago
    return True
