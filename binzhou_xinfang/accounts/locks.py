"""Lock-out after too many tries: per name, per address and per pair of both, each time for twice as long.

Every door is a row in the database, so that it stays shut without Redis and after a restart. A try is counted by one
statement, whoever else tries at the moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from binzhou_xinfang.accounts.models import Door, Purpose


class Width(Enum):
    """Width of a door: one name from one address, one name from anywhere, one address with whatever names."""

    PAIR = "pair"
    NAME = "name"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Limit:
    """Tries until the door closes, how long it does the first time, and after how long they are forgotten."""

    tries: int
    first: timedelta
    forgotten: timedelta


_QUARTER, _DAY = timedelta(minutes=15), timedelta(days=1)
LONGEST = timedelta(hours=24)
# Of an address many people sit behind; of a name somebody may try it from many.
LIMITS: Mapping[tuple[Purpose, Width], Limit] = MappingProxyType(
    {
        (Purpose.SIGN_IN, Width.PAIR): Limit(5, _QUARTER, _DAY),
        (Purpose.SIGN_IN, Width.NAME): Limit(10, _QUARTER, _DAY),
        (Purpose.SIGN_IN, Width.ADDRESS): Limit(50, _QUARTER, _DAY),
        (Purpose.LOOK_UP, Width.NAME): Limit(120, timedelta(minutes=5), timedelta(hours=1)),
    }
)
_COUNT = f"""
    INSERT INTO {Door._meta.db_table} (purpose, name, address, tries, since)
    VALUES (%(purpose)s, %(name)s, %(address)s, 1, %(at)s)
    ON CONFLICT (purpose, name, address) DO UPDATE SET
        tries = CASE WHEN {Door._meta.db_table}.since < %(before)s THEN 1 ELSE {Door._meta.db_table}.tries + 1 END,
        since = CASE WHEN {Door._meta.db_table}.since < %(before)s THEN %(at)s ELSE {Door._meta.db_table}.since END
    RETURNING id, tries
"""  # noqa: S608  the name of the table is written in the code


def closed_until(purpose: Purpose, *, name: str, address: str, at: datetime) -> datetime | None:
    """Find the moment until which the name, the address or the pair has to wait; None where the way is open."""
    keys = Q()
    for width in _widths(purpose):
        shown, place = _key(width, name, address)
        keys |= Q(name=shown, address=place)
    doors = Door.objects.filter(keys, purpose=purpose, closed_until__gt=at)
    return max((door.closed_until for door in doors if door.closed_until), default=None)


@transaction.atomic
def count(purpose: Purpose, *, name: str, address: str, at: datetime) -> datetime | None:
    """Count one try at all of its doors; returns until when one of them is closed now."""
    closed = [
        _count(purpose, width, name, address, at=at)
        for width in sorted(_widths(purpose), key=lambda width: width.value)
    ]
    return max((until for until in closed if until), default=None)


def let_in(purpose: Purpose, *, name: str, address: str) -> None:
    """Forget the tries of a name from an address, for it was its owner; what others tried at the address stays."""
    Door.objects.filter(purpose=purpose, name=name, address__in=("", address)).delete()


def open_again(name: str) -> None:
    """Open every door of a name, from wherever it was tried."""
    Door.objects.filter(purpose=Purpose.SIGN_IN, name=name).delete()


def wait_words(until: datetime, *, at: datetime) -> str:
    """Say how long there is to wait: 15分钟, 2小时."""
    minutes = max(1, -(-int((until - at).total_seconds()) // 60))
    return f"{minutes}分钟" if minutes < 120 else f"{-(-minutes // 60)}小时"


def _widths(purpose: Purpose) -> list[Width]:
    return [width for of, width in LIMITS if of is purpose]


def _key(width: Width, name: str, address: str) -> tuple[str, str]:
    return ("" if width is Width.ADDRESS else name[:150], "" if width is Width.NAME else address[:45])


def _count(purpose: Purpose, width: Width, name: str, address: str, *, at: datetime) -> datetime | None:
    limit, (shown, place) = LIMITS[purpose, width], _key(width, name, address)
    if not (shown or place):
        return None
    given: dict[str, Any] = {
        "purpose": purpose.value,
        "name": shown,
        "address": place,
        "at": at,
        "before": at - limit.forgotten,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, given)
        pk, tries = cursor.fetchone()
    if tries < limit.tries:
        return None
    until: datetime = at + min(limit.first * 2 ** min(tries - limit.tries, 16), LONGEST)
    Door.objects.filter(pk=pk).update(closed_until=until)
    return until
