"""Events of the house as a page shows them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.event_fields import sentences
from binzhou_xinfang.records.models import HOUSE_EVENTS, HouseEvent

SHOWN = 30
_SYSTEM = "系统"


class Told(NamedTuple):
    """One event in words."""

    seq: int
    title: str
    who: str
    at: datetime
    text: str


def events_of(*things: str) -> QuerySet[HouseEvent]:
    """Select the events of things with their units, the last first."""
    return ledger.events_of(*things).select_related("unit")


def events_about(user: User) -> QuerySet[HouseEvent]:
    """Select the events that concern a person, the last first."""
    return HouseEvent.objects.filter(_about(user)).select_related("unit").order_by("-seq")


def _about(user: User) -> Q:
    return Q(detail__of=f"user:{user.pk}") | Q(detail__people__contains=[user.pk])


def told(events: Iterable[HouseEvent], *, on: date | None = None) -> list[Told]:
    """Word the events; the name of the unit is that of the day."""
    return [_told(event, on or timezone.localdate()) for event in events]


def _told(event: HouseEvent, on: date) -> Told:
    kind = HOUSE_EVENTS.get(event.kind)
    day = timezone.localdate(event.happened_at)
    unit = event.unit.short_name_on(day) if event.unit else ""
    words = sentences(kind.fields, event.detail, on=on) if kind else []
    who = f"{unit} {event.actor_name}".strip() or _SYSTEM
    return Told(event.seq, kind.label if kind else event.kind, who, event.happened_at, "；".join(words))
