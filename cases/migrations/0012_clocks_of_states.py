"""Clocks for what lay unwatched: each open matter in a state that owes something gets the clock of that state.

It counts from the day on which the matter came to stand there, as its course says: the move that led there, for an
opinion with something to execute its delivery, for a hearing the day for which it was called. No event is written, for
nothing has happened; what has passed long ago lapses at the next round of the watch, and a person decides what follows.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import migrations
from django.utils import timezone

from binzhou_xinfang.statute.calendar import DayKind, DayMark, WorkCalendar
from binzhou_xinfang.statute.periods import PERIODS
from binzhou_xinfang.statute.reckoning import reckon
from binzhou_xinfang.statute.rules import Rule
from cases.clocks.ladder import arm

# As the table of debts stood when this was written.
_OF_STATE = {
    "awaiting-data": Rule.SUPPLEMENT,
    "objected": Rule.OBJECTION_CHECK,
    "disputed": Rule.JURISDICTION,
    "extension-asked": Rule.EXTENSION_DECISION,
    "extension-referred": Rule.EXTENSION_DECISION,
    "issued": Rule.DELIVERY,
    "review-issued": Rule.DELIVERY,
    "recheck-issued": Rule.DELIVERY,
    "recheck-hearing": Rule.HEARING_END,
    "delivered": Rule.EXECUTION_ORDER,
    "review-delivered": Rule.EXECUTION_ORDER,
    "executing": Rule.EXECUTION_ORDER,
}
# The clocks of the law that these do not outlast.
_WITHIN = {Rule.SUPPLEMENT: "triage", Rule.EXTENSION_DECISION: "handling"}
_BATCH = 1000


def start(apps: Any, schema_editor: Any) -> None:
    """Start the clocks, batch by batch."""
    matters, clocks = apps.get_model("cases", "PetitionCase"), apps.get_model("cases", "Deadline")
    calendar = _calendar(apps)
    last, waiting = 0, matters.objects.filter(state__in=list(_OF_STATE), closed_on=None).order_by("pk")
    while batch := list(waiting.filter(pk__gt=last)[:_BATCH]):
        started = list(_started(apps, batch, calendar))
        clocks.objects.bulk_create([clock for _, clock in started])
        matters.objects.bulk_update([case for case, _ in started], ["due_on", "due_rule"])
        last = batch[-1].pk


def _calendar(apps: Any) -> WorkCalendar:
    days = apps.get_model("statute", "Holiday").objects.values_list("day", "kind", "name")
    return WorkCalendar({day: DayMark(DayKind(kind), name) for day, kind, name in days})


def _started(apps: Any, matters: Iterable[Any], calendar: WorkCalendar) -> Iterator[tuple[Any, Any]]:
    """Build the clock of each matter that needs one, and set the day that matters now on the matter."""
    now = timezone.now()
    for case in matters:
        rule = _OF_STATE[case.state]
        running = list(case.deadlines.filter(met_on=None, cancelled_on=None, subject=""))
        is_owed = rule is not Rule.EXECUTION_ORDER or case.owes_execution
        if not is_owed or any(clock.rule in (rule, "execution") for clock in running):
            continue
        clock = _clock(apps, case, rule, running, calendar)
        if clock is None:
            continue
        arm(clock, PERIODS[rule].ladder, at=now)
        _put_first(case, clock)
        yield case, clock


def _clock(apps: Any, case: Any, rule: Rule, running: list[Any], calendar: WorkCalendar) -> Any:
    since, days = _since(case, rule), None
    due = reckon(rule, since, calendar=calendar)
    last = min((clock.legal_on for clock in running if clock.rule == _WITHIN.get(rule)), default=None)
    if last and due.legal > last:
        most = PERIODS[rule].length or 0
        cut = ((days, reckon(rule, since, calendar=calendar, days=days)) for days in range(most, 0, -1))
        days, due = next(((days, due) for days, due in cut if due.legal <= last), (0, due))
    if days == 0:
        return None
    return apps.get_model("cases", "Deadline")(
        case=case, rule=rule.value, unit_id=case.holder_id, started_on=since, days=days, strict_on=due.strict,
        legal_on=due.legal, is_provisional=due.provisional,
    )  # fmt: skip


def _since(case: Any, rule: Rule) -> date:
    """Read from the course since when it is owed."""
    events = case.events.order_by("-seq")
    if rule is Rule.HEARING_END and (called := events.filter(kind="call-recheck-hearing").first()):
        return date.fromisoformat(called.detail["hearing_on"])
    if rule is Rule.EXECUTION_ORDER:
        delivered = events.filter(detail__has_key="delivered_on").first()
        if delivered:
            return date.fromisoformat(delivered.detail["delivered_on"])
    came = events.filter(detail__to=case.state).exclude(detail__from=case.state).first()
    return timezone.localdate(came.happened_at if came else case.last_move_at)


def _put_first(case: Any, clock: Any) -> None:
    """Let the worklists order the matter by the new clock when it ends first; duties stand before rights."""
    is_duty = bool(case.due_rule) and not PERIODS[Rule(case.due_rule)].gives_right
    if not is_duty or clock.legal_on < case.due_on:
        case.due_rule, case.due_on = clock.rule, clock.legal_on


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_kinds_of_papers"),
        ("statute", "0002_setting_change"),
    ]

    operations = [migrations.RunPython(start, migrations.RunPython.noop)]
