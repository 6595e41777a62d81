"""Daily closing of the events: an anchor over all events of a day, chained to the anchor of the day before.

The anchor is also written as one JSON line to `VAR_DIR/anchors/anchors.jsonl`, so whoever can write the database alone
cannot take events off the end of a chain unseen. Copy that file to another machine.
"""

import hashlib
import json
import os
import time as time_module
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Min, Model, QuerySet
from django.utils import timezone

from binzhou_xinfang.records import events, proof
from binzhou_xinfang.records.events import ChainedEvent, canonical, keyed_hash
from binzhou_xinfang.records.models import Anchor, Seal

ONE_DAY = timedelta(days=1)
# A writer reads the clock just before it writes; one that began before midnight has ended long before this.
CLOSING_DELAY = timedelta(minutes=10)
LOCK = 0x62_7A_78_66  # any number of ours: only one closes days at a time
ROWS = 5000
PATIENCE_SECONDS = 10.0
LOOK_EVERY_SECONDS = 0.05
# A lock of the table's, which a writer takes before the key of its row, tells of it until it has ended. No right on the
# table is needed to see it, where LOCK TABLE would ask for one that the web's role does not have.
_WRITERS = """
    SELECT DISTINCT virtualtransaction FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND relation = ANY (%s::regclass[])
"""


class DaySummary(NamedTuple):
    """The events of one table on one day: how many, their hash, and the last seq of each chain that grew."""

    size: int
    hash: str
    ends: dict[str, int]


def midnight(day: date) -> datetime:
    """Find the moment at which the day begins in Asia/Shanghai."""
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())


def of_day(model: type[ChainedEvent], day: date) -> QuerySet[ChainedEvent]:
    """Select the events recorded on the day, in the order in which the database received them."""
    recorded = model._default_manager.filter(recorded_at__gte=midnight(day), recorded_at__lt=midnight(day + ONE_DAY))
    return recorded.order_by("pk")


def summarise(model: type[ChainedEvent], day: date) -> DaySummary:
    """Read the events of the day once, as a stream. To be called in a transaction."""
    count, ends, running = 0, dict[str, int](), hashlib.sha256()
    rows = of_day(model, day).values_list("pk", f"{model.chain_field}_id", "seq", "hash")
    for pk, chain, seq, stored in rows.iterator(chunk_size=ROWS):
        count += 1
        running.update(b"%d:" % pk + bytes(stored))
        ends[str(chain)] = max(seq, ends.get(str(chain), 0))
    return DaySummary(count, running.hexdigest(), ends)


def hash_of(anchor: Anchor) -> str:
    """Compute the hash that this anchor must carry if nothing in it was changed."""
    return keyed_hash([anchor.day.isoformat(), anchor.tables, anchor.ends, anchor.previous_hash]).hex()


def file_path() -> Path:
    """Name the file of anchors outside the database."""
    return Path(settings.VAR_DIR, "anchors", "anchors.jsonl")


def line_of(anchor: Anchor) -> str:
    """Write the line of an anchor for the file, without the line's end."""
    content = {
        "day": anchor.day.isoformat(),
        "hash": anchor.hash,
        "previous_hash": anchor.previous_hash,
        "tables": anchor.tables,
    }
    return canonical(content)


def read_file() -> tuple[dict[str, str], list[str]]:
    """Read the hash of each day in the file, and the lines that are no anchor or contradict an earlier one."""
    hashes: dict[str, str] = {}
    faulty: list[str] = []
    path = file_path()
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []:
        try:
            content = json.loads(line)
            day, digest = str(content["day"]), str(content["hash"])
        except (ValueError, KeyError, TypeError):
            faulty.append(line)
            continue
        if hashes.setdefault(day, digest) != digest:
            faulty.append(line)
    return hashes, faulty


def bring_file_up_to_date() -> None:
    """Append the anchors that are younger than the file, and wait until the disk has them."""
    missing = Anchor.objects.order_by("day")
    if last := max(read_file()[0], default=""):
        missing = missing.filter(day__gt=last)
    lines = "".join(f"{line_of(anchor)}\n" for anchor in missing)
    if not lines:
        return
    file_path().parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    with file_path().open("a", encoding="utf-8") as target:
        target.write(lines)
        target.flush()
        os.fsync(target.fileno())


def _wait_for_writers(tables: Sequence[type[Model]]) -> None:
    """Return when every transaction that has written into the tables so far has ended; nobody has to wait for us.

    Raises OperationalError after ten seconds.
    """
    names = [connection.ops.quote_name(model._meta.db_table) for model in tables]
    patience = time_module.monotonic() + PATIENCE_SECONDS
    waited_for: set[str] | None = None
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_WRITERS, [names])
            writing = {transaction for (transaction,) in cursor.fetchall()}
        # Who came after the first look writes behind what we close.
        waited_for = writing if waited_for is None else waited_for & writing
        if not waited_for:
            return
        if time_module.monotonic() > patience:
            raise OperationalError("a transaction has been writing for longer than ten seconds")
        time_module.sleep(LOOK_EVERY_SECONDS)


def _first_open_day(models: list[type[ChainedEvent]]) -> date | None:
    if last := Anchor.objects.order_by("-day").first():
        return last.day + ONE_DAY
    firsts = [model._default_manager.aggregate(first=Min("recorded_at"))["first"] for model in models]
    return min((timezone.localdate(first) for first in firsts if first), default=None)


@transaction.atomic
def _close(day: date, models: list[type[ChainedEvent]], until: Mapping[str, int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    previous = Anchor.objects.order_by("-day").first()
    if previous and previous.day >= day:
        return False
    chains = {model._meta.label_lower: summarise(model, day) for model in models}
    tables: dict[str, Any] = {name: {"count": day_of.size, "hash": day_of.hash} for name, day_of in chains.items()}
    anchor = Anchor(
        day=day,
        tables=tables | _seal(day, until),
        ends={name: summary.ends for name, summary in chains.items()},
        previous_hash=previous.hash if previous else "",
        created_at=timezone.now(),
    )
    anchor.hash = hash_of(anchor)
    anchor.save(force_insert=True)
    return True


def _seal(day: date, until: Mapping[str, int]) -> dict[str, Any]:
    """Seal the rows that came since the day before; says of each table that has any what its seal is."""
    told = {}
    for model in proof.tables():
        name = model._meta.label_lower
        if (made := proof.seal_rows(model, until[name])) is not None:
            sealed, packed = made
            Seal.objects.create(day=day, table=name, last=sealed.last, rows=packed)
            told[name] = asdict(sealed)
    return told


def _days(first: date, until: date) -> Iterator[date]:
    for number in range((until - first).days):
        yield first + number * ONE_DAY


def close_days(now: datetime) -> int:
    """Close every day that has ended by `now`, the missed ones too; returns how many. Safe to run twice or late.

    Raises OperationalError when a writer has been at work for longer than ten seconds; the next run catches up.
    """
    models = events.chained_models()
    open_day = timezone.localdate(now - CLOSING_DELAY)
    first = _first_open_day(models)
    closed = 0
    if models and first is not None and first < open_day:
        # First the keys, then the wait: whoever has taken a lower key meanwhile has written by then.
        until = proof.last_keys()
        _wait_for_writers([*models, *proof.tables()])
        closed = sum(_close(day, models, until) for day in _days(first, open_day))
    bring_file_up_to_date()
    return closed
