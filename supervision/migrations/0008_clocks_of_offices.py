"""Clocks for the 督办件 that wait for the office: each counts from the day on which it was brought up or answered."""

from datetime import date
from typing import Any

from django.db import migrations
from django.utils import timezone

from binzhou_xinfang.statute.calendar import DayKind, DayMark, WorkCalendar
from binzhou_xinfang.statute.periods import PERIODS
from binzhou_xinfang.statute.reckoning import reckon
from binzhou_xinfang.statute.rules import Rule
from cases.clocks.ladder import arm

_WAITING = ("pending", "drafted", "answered")


def start(apps: Any, schema_editor: Any) -> None:
    """Start the clocks of all that wait."""
    waiting = apps.get_model("supervision", "SupervisionCase").objects.filter(stage__in=_WAITING).order_by("pk")
    days = apps.get_model("statute", "Holiday").objects.values_list("day", "kind", "name")
    calendar = WorkCalendar({day: DayMark(DayKind(kind), name) for day, kind, name in days})
    clocks = apps.get_model("cases", "Deadline")
    clocks.objects.bulk_create((_clock(clocks, cause, calendar) for cause in waiting), batch_size=1000)


def _clock(clocks: Any, cause: Any, calendar: WorkCalendar) -> Any:
    since = _since(cause)
    due = reckon(Rule.OVERSIGHT, since, calendar=calendar)
    clock = clocks(
        case_id=cause.case_id, rule=Rule.OVERSIGHT.value, unit_id=cause.office_id,
        subject=f"supervision:{cause.pk}:office", started_on=since, strict_on=due.strict, legal_on=due.legal,
        is_provisional=due.provisional,
    )  # fmt: skip
    arm(clock, PERIODS[Rule.OVERSIGHT].ladder, at=timezone.now())
    return clock


def _since(cause: Any) -> date:
    answered = cause.answers.order_by("-pk").first() if cause.stage == "answered" else None
    return timezone.localdate(answered.at if answered else cause.opened_at)


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0007_further_triggers"),
        ("cases", "0012_clocks_of_states"),
        ("statute", "0002_setting_change"),
    ]

    operations = [migrations.RunPython(start, migrations.RunPython.noop)]
