"""Rounds over what is urgent: who was called and has not read, and which body was not told in time."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from binzhou_xinfang.errors import PASSING
from binzhou_xinfang.health import NotWellError, Part
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.records.event_fields import EventField
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from cases.engine import note
from cases.models import PetitionCase, UrgentCall, UrgentReport, UrgentTold
from cases.procedure.urgent.calls import above, call, unread_desks
from cases.procedure.urgent.notices import CLIMBED_TO, OWED
from cases.states import EVENTS

_log = logging.getLogger(__name__)
CLIMBED = EVENTS.declare(
    "urgent-climbed", "重大紧急通知未阅上报",
    {"unread": EventField("未阅："), "next": EventField("已通知："), "minutes": EventField("超过分钟数：")},
    tone="soon",
)  # fmt: skip
LAPSED = EVENTS.declare("urgent-lapsed", "重大紧急逾期未报告", {"receiver": EventField("对象：")}, tone="soon")
TOP = "本系统内已无上一级可通知，请立即电话联系"


# The round is gone every minute; what still waits after so long fails in it.
_TOO_LONG = timedelta(minutes=10)


def watch(*, at: datetime, minutes: int) -> int:
    """Go one round; returns how many things were found. What fails for one report holds up no other: it is logged, and
    `check_urgent` says that it waits. `minutes`: the office's time for reading, in force at the moment `at`."""
    return _each(_to_climb(at, minutes), _climb, at) + _each(_to_lapse(at), _lapse, at)


def check_urgent() -> None:
    """Raise NotWellError when something urgent has waited for its round too long."""
    since = timezone.now() - _TOO_LONG
    waits = len({*_to_climb(since, _minutes(since)), *_to_lapse(since)})
    if waits:
        raise NotWellError(
            f"{waits} urgent reports have waited for their round for more than 10 minutes",
            f"{waits} 个重大紧急报告等候处理超过 10 分钟",
        )


URGENT = Part(check_urgent, "重大紧急报告", "没有自动上报上一级，请电话核实是否已经知悉")


def _each(keys: list[int], act: Callable[[UrgentReport, datetime], int], at: datetime) -> int:
    done = 0
    for key in keys:
        try:
            with transaction.atomic():
                report = UrgentReport.objects.select_related("case__holder").get(pk=key)
                report.case = PetitionCase.objects.select_for_update(no_key=True).get(pk=report.case_id)
                done += act(report, at)
        except PASSING:
            raise
        except Exception:  # whatever is wrong with one report, the others are as urgent
            _log.exception("urgent report %s could not be watched", key)
    return done


def _minutes(at: datetime) -> int:
    return current_rulebook().on(timezone.localdate(at)).number(Key.URGENT_READ_MINUTES)


def _to_climb(at: datetime, minutes: int) -> list[int]:
    """List the reports with a desk of which `unread_desks` holds; one who has read is enough for a desk."""
    before = at - timedelta(minutes=minutes)
    there = UrgentCall.objects.filter(report=OuterRef("report"), called=OuterRef("called"), unit=OuterRef("unit"))
    done = there.filter(Q(read_at__isnull=False) | Q(climbed_at__isnull=False) | Q(called_at__gt=before))
    waiting = UrgentCall.objects.filter(
        ~Exists(done), read_at=None, climbed_at=None, called_at__lte=before, report__taken_back_at=None
    )
    return sorted(set(waiting.values_list("report_id", flat=True)))


def _climb(report: UrgentReport, at: datetime) -> int:
    """Call who stands above each desk at which nobody has read."""
    minutes, done = _minutes(at), 0
    for desk, calls in unread_desks(report, before=at - timedelta(minutes=minutes)):
        next_calls = call(report, above(desk), at=at, besides={one.user_id for one in calls})
        UrgentCall.objects.filter(pk__in=[one.pk for one in calls]).update(climbed_at=at)
        # Who was called before is not called again, and would take the matter for one that others have in hand.
        for one in next_calls:
            if one.called_at < at:
                tell(CLIMBED_TO, one.pk, at=at)
        unread, told = ("、".join(one.post_label for one in group) for group in (calls, next_calls))
        note(
            report.case, CLIMBED, by=None, at=at,
            detail={"unread": unread, "next": told or TOP, "minutes": minutes},
        )  # fmt: skip
        done += 1
    return done


_untold = Prepared(
    lambda at: (
        UrgentTold.objects.filter(due_at__lt=at, told_at=None, lapsed_at=None, report__taken_back_at=None)
        .order_by()
        .values_list("report_id")
    )
)


def _to_lapse(at: datetime) -> list[int]:
    return sorted({key for (key,) in _untold(at)})


def _lapse(report: UrgentReport, at: datetime) -> int:
    late = list(report.told.filter(told_at=None, lapsed_at=None, due_at__lt=at))
    for row in late:
        row.lapsed_at = at
        row.save(update_fields=["lapsed_at"])
        note(report.case, LAPSED, by=None, at=at, detail={"receiver": row.get_receiver_display()})
        tell(OWED, row.pk, at=at)
    return len(late)
