"""A delivery without its proof gets the clock of the body that owes it.

It counts from the day on which the delivery was written down, as its own record says. Where the matter stands no longer
where a proof could be brought, nobody is waited for; the delivery itself still says that it has none. No event is
written, for nothing has happened.
"""

from collections.abc import Iterable, Iterator
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
    ("confirmed", "送达日期已核实"),
    ("refused", "事后登录，送达日期未予认可"),
    ("shown", "事后补交送达凭证"),
    ("corrected", "送达日期已更正"),
    ("unknown", "以前登录，凭证不详"),
]
# As the table stood when this was written.
_DELIVERED = (
    "delivered", "executing", "review-asked", "reviewing", "review-drafted", "review-issued", "review-delivered",
    "redo-ordered", "recheck-asked", "rechecking", "recheck-hearing", "recheck-drafted", "recheck-issued", "closed",
    "resolved", "withdrawn", "ended", "end-confirmed",
)  # fmt: skip
_BATCH = 1000


def owe(apps: Any, schema_editor: Any) -> None:
    """Take the mark from what waits for nobody, and start the clocks of the rest, batch by batch."""
    matters, clocks = apps.get_model("cases", "PetitionCase"), apps.get_model("cases", "Deadline")
    unproven = apps.get_model("cases", "Delivery").objects.filter(standing="unproven").exclude(way="told")
    owed = models.Q(state__in=_DELIVERED, pk__in=unproven.exclude(entered_on=None).values("case"))
    marked = matters.objects.filter(is_delivery_unproven=True)
    marked.exclude(owed).update(is_delivery_unproven=False)
    days = apps.get_model("statute", "Holiday").objects.values_list("day", "kind", "name")
    calendar, last = WorkCalendar({day: DayMark(DayKind(kind), name) for day, kind, name in days}), 0
    while batch := list(marked.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        clocks.objects.bulk_create(_clocks(clocks, batch, unproven, calendar))
        last = batch[-1].pk


def _clocks(clocks: Any, matters: Iterable[Any], unproven: Any, calendar: WorkCalendar) -> Iterator[Any]:
    now = timezone.now()
    for case in matters:
        delivery = unproven.filter(case=case).exclude(entered_on=None).select_related("review").latest("pk")
        body = delivery.review.body_id if delivery.review else None
        due = reckon(Rule.DELIVERY_PROOF, delivery.entered_on, calendar=calendar)
        clock = clocks(
            case=case, rule=Rule.DELIVERY_PROOF.value, unit_id=body or case.responsible_id or case.registered_unit_id,
            started_on=delivery.entered_on, strict_on=due.strict, legal_on=due.legal, is_provisional=due.provisional,
        )  # fmt: skip
        arm(clock, PERIODS[Rule.DELIVERY_PROOF].ladder, at=now)
        yield clock


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0032_hands"),
        ("statute", "0003_whole_years"),
    ]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="standing",
            field=models.CharField(choices=STANDINGS, max_length=10, verbose_name="凭证情况"),
        ),
        migrations.RunPython(owe, migrations.RunPython.noop, elidable=True),
    ]
