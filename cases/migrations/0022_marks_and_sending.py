"""Marks that wait for somebody get their clocks; an answer that is sent, a proof that is brought afterwards.

A mark counts from the day on which it was set, as its own record says; one that nobody can settle where the matter
stands now is taken away. No event is written, for nothing has happened; what has passed long ago lapses at the next
round of the watch. A clock that a signature has met stays met: it was kept by the rule of its day.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import migrations, models
from django.utils import timezone

from binzhou_xinfang.statute.calendar import DayKind, DayMark, WorkCalendar
from binzhou_xinfang.statute.periods import PERIODS
from binzhou_xinfang.statute.reckoning import reckon
from binzhou_xinfang.statute.rules import Rule
from cases.clocks.ladder import arm

STANDINGS = [
    ("proven", "有送达凭证"),
    ("unproven", "没有送达凭证"),
    ("doubted", "事后登录，送达日期待核实"),
    ("confirmed", "事后登录，送达日期已核实"),
    ("refused", "事后登录，送达日期未予认可"),
    ("shown", "事后补交送达凭证"),
    ("unknown", "以前登录，凭证不详"),
]
# As the table stood when this was written.
_WORKING = (
    "signed-for", "accepted", "undertaken", "simple", "handling", "mediating", "hearing", "conferring",
    "extension-asked", "extension-referred", "drafted", "checked",
)  # fmt: skip
_ABOVE = (
    "review-asked", "reviewing", "review-drafted", "recheck-asked", "rechecking", "recheck-hearing", "recheck-drafted",
)  # fmt: skip
_BATCH = 1000


def mark(apps: Any, schema_editor: Any) -> None:
    """Take away what waits for nobody, and start the clocks of the rest, batch by batch."""
    matters, clocks = apps.get_model("cases", "PetitionCase"), apps.get_model("cases", "Deadline")
    _take_away(apps, matters)
    calendar, last = _calendar(apps), 0
    asked = models.Q(is_recusal_asked=True) | ~models.Q(end_asked="") | models.Q(is_delivery_doubted=True)
    waiting = matters.objects.filter(asked).order_by("pk")
    while batch := list(waiting.filter(pk__gt=last)[:_BATCH]):
        clocks.objects.bulk_create(_clocks(apps, batch, calendar))
        last = batch[-1].pk
    unproven = apps.get_model("cases", "Delivery").objects.filter(standing="unproven").exclude(way="told")
    matters.objects.filter(pk__in=unproven.values("case")).update(is_delivery_unproven=True)


def _take_away(apps: Any, matters: Any) -> None:
    today = timezone.localdate()
    lost = matters.objects.filter(is_recusal_asked=True).exclude(state__in=_WORKING + _ABOVE)
    apps.get_model("cases", "Recusal").objects.filter(case__in=lost, decided_on=None).update(
        decided_on=today, is_granted=False, note="事项不再由该单位办理"
    )
    lost.update(is_recusal_asked=False)
    matters.objects.exclude(closed_on=None).exclude(state="closed").exclude(end_asked="").update(end_asked="")
    helped = matters.objects.exclude(co_handlers=[]).exclude(state__in=(*_WORKING, "objected", "disputed"))
    apps.get_model("cases", "CoHandling").objects.filter(case__in=helped, fed_back_on=None, released_on=None).update(
        released_on=today
    )
    running = apps.get_model("cases", "Deadline").objects.filter(case__in=helped, met_on=None, cancelled_on=None)
    running.filter(rule=Rule.CO_HANDLING.value).update(cancelled_on=today)
    helped.update(co_handlers=[])


def _calendar(apps: Any) -> WorkCalendar:
    days = apps.get_model("statute", "Holiday").objects.values_list("day", "kind", "name")
    return WorkCalendar({day: DayMark(DayKind(kind), name) for day, kind, name in days})


def _clocks(apps: Any, matters: Iterable[Any], calendar: WorkCalendar) -> Iterator[Any]:
    now = timezone.now()
    for case in matters:
        for rule, unit, since in _marks(case):
            due = reckon(rule, since, calendar=calendar)
            clock = apps.get_model("cases", "Deadline")(
                case=case, rule=rule.value, unit_id=unit, started_on=since, strict_on=due.strict, legal_on=due.legal,
                is_provisional=due.provisional,
            )  # fmt: skip
            arm(clock, PERIODS[rule].ladder, at=now)
            yield clock


def _marks(case: Any) -> Iterator[tuple[Rule, int, date]]:
    """List the clocks that the matter wants, each with its unit and its first day."""
    today = timezone.localdate()
    if case.is_recusal_asked:
        asked = case.recusals.filter(decided_on=None).first()
        yield Rule.RECUSAL_DECISION, case.holder_id, asked.asked_on if asked else today
    if case.end_asked:
        event = case.events.filter(kind="ask-end").order_by("-seq").first()
        since = timezone.localdate(event.happened_at) if event else today
        yield Rule.END_DECISION, case.registered_unit_id, since
    if case.is_delivery_doubted:
        delivery = case.deliveries.filter(standing="doubted").order_by("-pk").first()
        since = delivery.entered_on if delivery and delivery.entered_on else today
        yield Rule.DELIVERY_CHECK, case.registered_unit_id, since


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0021_letter_delivery"),
        ("statute", "0002_setting_change"),
    ]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="standing",
            field=models.CharField(choices=STANDINGS, max_length=10, verbose_name="凭证情况"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="proven_on",
            field=models.DateField(null=True, verbose_name="凭证所载送达日期"),
        ),
        migrations.AddField(
            model_name="petitioncase",
            name="is_delivery_unproven",
            field=models.BooleanField(db_default=False, default=False, verbose_name="送达没有凭证"),
        ),
        migrations.AddField(
            model_name="petitioncase",
            name="is_sent",
            field=models.BooleanField(db_default=False, default=False, verbose_name="意见已发出"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop, elidable=True),
    ]
