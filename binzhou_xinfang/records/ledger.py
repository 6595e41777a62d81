"""Ledger of the house: each change of units, people, posts, powers, lists, calendar, settings and templates, with
before and after, in one chain that the auditor reads."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.records import events
from binzhou_xinfang.records.event_fields import KEPT, EventField, day
from binzhou_xinfang.records.event_kinds import Fields
from binzhou_xinfang.records.models import HOUSE_EVENTS, HouseEvent, Ledger

NAME = "house"


class Changed(NamedTuple):
    """A value that was changed; "" where there was none, or is none any longer."""

    label: str
    before: str
    after: str


def _told(changes: Sequence[Sequence[str]], on: date) -> str:
    return "；".join(f"{label}：{before or '（空）'} → {after or '（空）'}" for label, before, after in changes)


# All kinds have the same fields: whoever reads one knows how to read the others.
FIELDS: Fields = {
    "of": KEPT,
    "people": KEPT,
    "label": EventField(""),
    "changes": EventField("", _told),
    "effective_on": EventField("生效日期：", day),
    "reason": EventField("理由："),
}


def declare(name: str, label: str) -> str:
    """Add a kind of event, beside the act that writes it; returns its name."""
    return HOUSE_EVENTS.declare(name, label, FIELDS)


SETTING_CHANGED = declare("setting-changed", "设定期限与参数")
CALENDAR_ENTERED = declare("calendar-entered", "录入工作日历")
CALENDAR_REMOVED = declare("calendar-removed", "删除工作日历")
CALENDAR_WHOLE = declare("calendar-whole", "确认工作日历录入完整")
CLOCKS_RECKONED = declare("clocks-reckoned", "重算期限")
TEMPLATE_PUT = declare("template-put", "启用自备模板")
TEMPLATE_WITHDRAWN = declare("template-withdrawn", "停用自备模板")
UNITS_LOADED = declare("units-loaded", "批量载入机构")


def lock() -> Ledger:
    """Lock the book in the caller's transaction: of two changes at once the second waits for the first."""
    Ledger.objects.bulk_create([Ledger(name=NAME)], ignore_conflicts=True)
    return Ledger.objects.select_for_update().get(name=NAME)


def note(
    kind: str,
    *,
    by: Post | None,
    at: datetime,
    of: str,
    label: str,
    changes: Iterable[Changed] = (),
    people: Iterable[User] = (),
    reason: str = "",
    effective_on: date | None = None,
) -> HouseEvent:
    """Write one event in the caller's transaction; `by` None: by the system or a command of the server."""
    detail: dict[str, Any] = {
        "of": of, "label": label, "people": sorted({user.pk for user in people}),
        "changes": [list(one) for one in changes if one.before != one.after], "reason": reason,
    }  # fmt: skip
    if effective_on is not None:
        detail["effective_on"] = effective_on
    with transaction.atomic():
        return events.append(HouseEvent, lock(), kind=kind, by=by, happened_at=at, detail=detail)


def version_of(of: str) -> int:
    """Read the number of the last event of a thing, by which a form knows that nobody was quicker; 0 without any."""
    last = HouseEvent.objects.filter(detail__of=of).order_by("-seq").values_list("seq", flat=True).first()
    return last or 0
