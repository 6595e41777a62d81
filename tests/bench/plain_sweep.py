"""The claim of due clocks and what their rungs leave, by plain Django: each clock reckoned in memory."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.notices.models import Outbox
from cases.models import Alert, Deadline
from cases.watch.sweep.claiming import Batch, Ladders, follow
from cases.watch.sweep.rights import RIGHTS

Rung = tuple[int, str, str]


def reach_batch(ladders: Ladders, *, at: datetime, send_after: datetime, size: int) -> Batch:
    """Reach a batch as `claiming.reach_batch` does."""
    with transaction.atomic():
        due = Deadline.objects.filter(met_on=None, cancelled_on=None, suspended_on=None, set_aside_at=None)
        due = due.filter(next_alert_at__lte=at).order_by("next_alert_at")
        clocks = list(due.select_for_update(skip_locked=True, no_key=True)[:size])
        known = _by_rule(ladders)
        alerts = [alert for clock in clocks for alert in _reach(clock, known.get(clock.rule, []), at)]
        Alert.objects.bulk_create(alerts)
        Outbox.objects.bulk_create(
            Outbox(topic="alert", subject=alert.pk, send_after=send_after, created_at=at) for alert in alerts
        )
        Deadline.objects.bulk_update(clocks, ["alerted_until", "next_alert_at", "lapsed_at"])
        letters = follow([clock.pk for clock in clocks], at=at) if alerts else 0
        return Batch(claimed=len(clocks), alerts=len(alerts), letters=letters)


def _by_rule(ladders: Ladders) -> Mapping[str, list[Rung]]:
    known: dict[str, list[Rung]] = {}
    columns = (ladders.columns[name] for name in ("rules", "days", "told", "follows"))
    for rule, days, told, follows in zip(*columns, strict=True):
        known.setdefault(rule, []).append((days, told, follows))
    return known


def _reach(clock: Deadline, ladder: list[Rung], at: datetime) -> Iterator[Alert]:
    """The rungs reached since the last round; the clock waits for its next one."""
    ahead = []
    for days, audience, consequence in ladder:
        due_on = clock.strict_on if days <= 0 else clock.legal_on
        moment = timezone.make_aware(datetime.combine(due_on + timedelta(days=days), time()))
        if moment > at:
            ahead.append(moment)
        elif clock.alerted_until is None or moment > clock.alerted_until:
            yield Alert(
                deadline=clock, days=days, audience=audience, consequence=consequence, due_on=due_on,
                reached_at=moment, recorded_at=at,
            )  # fmt: skip
    clock.alerted_until, clock.next_alert_at = at, min(ahead, default=None)
    if clock.legal_on < timezone.localdate(at) and clock.rule not in RIGHTS and clock.lapsed_at is None:
        clock.lapsed_at = at
