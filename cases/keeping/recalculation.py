"""Recalculation after a change of the work calendar: the clocks that end on another day, moved once confirmed.

A clock that was met or cancelled is never touched (reference §2), and no right of a petitioner is shortened.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.records.event_fields import EventField, day
from binzhou_xinfang.statute.calendar import WorkCalendar
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.periods import Party, Rule
from binzhou_xinfang.statute.reckoning import Reckoning, reckon
from binzhou_xinfang.statute.rulebook import Rulebook
from binzhou_xinfang.statute.rules import Rung
from cases.clocks.ladder import arm, next_moment
from cases.clocks.turning import refresh_due
from cases.engine import note
from cases.hooks import AFTER_HEALING
from cases.models import Deadline, PetitionCase
from cases.states import EVENTS, OF_A_CLOCK

RECALCULATED = EVENTS.declare("recalculated", "期限重算", {**OF_A_CLOCK, "before": EventField("原届满日：", day)})
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Shift:
    """A running clock, and the days it has by the calendar of now."""

    clock: Deadline
    due: Reckoning


def shifts(calendar: WorkCalendar) -> Iterator[Shift]:
    """Find every running clock that the calendar would end on another day, by key. Changes nothing."""
    last, book = 0, current_rulebook()
    while batch := list(Deadline.objects.running().filter(pk__gt=last).select_related("case").order_by("pk")[:BATCH]):
        for clock in batch:
            due = _due(clock, calendar, book)
            if (due.strict, due.legal, due.provisional) != (clock.strict_on, clock.legal_on, clock.is_provisional):
                yield Shift(clock, due)
        last = batch[-1].pk


def _due(clock: Deadline, calendar: WorkCalendar, book: Rulebook) -> Reckoning:
    rule, start = Rule(clock.rule), clock.started_on
    period = book.period(rule, start)
    due = reckon(
        rule, start, calendar=calendar, period=period, days=clock.days, extend=clock.extended_by,
        excluded=clock.spans, not_before=clock.not_before,
    )  # fmt: skip
    # The day that the petitioner was told binds: no calendar or setting takes days from a right.
    takes_days = clock.gives_right and period.party is Party.PETITIONER and due.legal < clock.legal_on
    return replace(due, strict=clock.strict_on, legal=clock.legal_on) if takes_days else due


def recalculate(*, by: Post, at: datetime) -> int:
    """Move every running clock to its day by the calendar of now; each matter is one transaction with its event.

    Returns how many were moved. Safe to run twice and beside the office's work. Raises NotPermitted without
    MANAGE_CALENDAR.
    """
    if not has_right(by, Right.MANAGE_CALENDAR):
        raise NotPermitted("您当前的岗位不能重算期限。")
    calendar, book = current_calendar(), current_rulebook()
    return sum(_move(shift.clock, calendar, book, by=by, at=at) for shift in shifts(calendar))


def _set_watch(clock: Deadline, ladder: Sequence[Rung], *, at: datetime) -> None:
    """Arm the ladder of the new last day; who was late before and still is, is not told so a second time."""
    if not clock.is_urging:
        return
    if clock.lapsed_at is None or clock.lapsed_before_extension:
        arm(clock, ladder, at=at)
    else:
        clock.next_alert_at = next_moment(clock, ladder)


def _move(seen: Deadline, calendar: WorkCalendar, book: Rulebook, *, by: Post, at: datetime) -> int:
    with transaction.atomic():
        case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.case_id)
        clock = Deadline.objects.running().filter(pk=seen.pk).first()
        if clock is None:
            return 0
        due, before, had_lapsed = _due(clock, calendar, book), clock.legal_on, clock.lapsed_before_extension
        clock.strict_on, clock.legal_on, clock.is_provisional = due.strict, due.legal, due.provisional
        # A clock whose last day moved into the future has not lapsed after all, unless it had before it was extended;
        # the event of the lapse stays.
        is_ahead = clock.legal_on >= timezone.localdate(at)
        if clock.lapsed_at is not None and not had_lapsed:
            clock.lapsed_at = None if is_ahead else at
        _set_watch(clock, book.on(timezone.localdate(at)).ladder(Rule(clock.rule)), at=at)
        clock.save(
            update_fields=["strict_on", "legal_on", "is_provisional", "lapsed_at", "alerted_until", "next_alert_at"]
        )
        refresh_due(case, case.deadlines.running(), on=case.due_on)
        case.save(update_fields=["due_on", "due_rule"])
        note(case, RECALCULATED, by=by, at=at, detail={
            "rule": clock.rule, "before": before.isoformat(), "legal": clock.legal_on.isoformat(),
        })  # fmt: skip
        AFTER_HEALING(case, by, at)
    return 1
