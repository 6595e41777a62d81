"""Proof that nothing was altered: chains, sealed rows, anchors and the file outside the database are reckoned anew.

What it can tell: a changed event, an event missing from the middle; and, for days that are closed, an event missing
from the end, a whole chain missing, or an event put in afterwards. The events of a running day have no anchor yet.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from django.db import transaction
from django.db.models import BinaryField, ExpressionWrapper, F, Q, QuerySet

from binzhou_xinfang.records import anchors, events, row_audit
from binzhou_xinfang.records.crypto import DecryptionError, Encrypted, decrypt
from binzhou_xinfang.records.events import NEW_CHAIN, ChainedEvent, Link, seal
from binzhou_xinfang.records.findings import Finding
from binzhou_xinfang.records.models import Anchor

ANCHORS = Anchor._meta.label_lower
FILE = "anchors.jsonl"
Ends = dict[str, dict[int, int]]


class Closed(NamedTuple):
    """The anchors' word on the chains: each one's least length, and the time in which nothing may be added."""

    ends: Ends
    since: datetime
    until: datetime


class Row(NamedTuple):
    chain: int
    seq: int
    kind: str
    actor: int | None
    actor_name: str
    unit: int | None
    happened_at: datetime
    recorded_at: datetime
    detail: dict[str, Any] | None
    previous_hash: memoryview
    hash: memoryview


def _rows(model: type[ChainedEvent], chains: Q) -> Iterator[Row]:
    key = f"{model.chain_field}_id"
    fields = (key, "seq", "kind", "actor_id", "actor_name", "unit_id", "happened_at", "recorded_at", "stored")
    detail = model._meta.get_field("detail")
    stored = (
        ExpressionWrapper(F("detail"), output_field=BinaryField()) if isinstance(detail, Encrypted) else F("detail")
    )
    events = model._default_manager.filter(chains).order_by(key, "seq").annotate(stored=stored)
    for values in events.values_list(*fields, "previous_hash", "hash").iterator(chunk_size=anchors.ROWS):
        row = Row(*values)
        yield row._replace(detail=_opened(detail, row.detail)) if isinstance(detail, Encrypted) else row


def _opened(field: Encrypted, stored: Any) -> Any:
    """Decrypt what an event says; None for what was put there by somebody without the key."""
    try:
        return field.value_of(decrypt(bytes(stored), column=field.place))
    except DecryptionError:
        return None


def _sealed(model: type[ChainedEvent], row: Row) -> bytes:
    return seal(
        model.chain_name(row.chain),
        row.seq,
        row.kind,
        actor_id=row.actor,
        actor_name=row.actor_name,
        unit_id=row.unit,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        detail=cast("dict[str, Any]", row.detail),
        previous_hash=bytes(row.previous_hash),
    )


class _Chain:
    """Follower of one chain from its first event; `fault` names what is wrong with the next one, if anything."""

    def __init__(self, model: type[ChainedEvent], pk: int, closed: Closed) -> None:
        self.model, self.pk = model, pk
        self.end = NEW_CHAIN
        self.is_sound = True
        self.anchored = closed.ends[model._meta.label_lower].get(pk, 0)
        self.closed = closed

    def _finding(self, seq: int, fault: str) -> Finding:
        return Finding(self.model._meta.label_lower, str(self.pk), seq, fault)

    def faults(self, row: Row) -> Iterator[Finding]:
        has_gap = row.seq > self.end.seq + 1
        if has_gap:
            yield self._finding(self.end.seq + 1, "missing")
        follows = has_gap or not self.is_sound or bytes(row.previous_hash) == self.end.hash
        self.is_sound = follows and _sealed(self.model, row) == bytes(row.hash)
        self.end = Link(row.seq, bytes(row.hash))
        if self.closed.since <= row.recorded_at < self.closed.until and row.seq > self.anchored:
            yield self._finding(row.seq, "inserted")
        elif not self.is_sound:
            yield self._finding(row.seq, "altered")

    def faults_at_end(self) -> Iterator[Finding]:
        if self.end.seq < self.anchored:
            yield self._finding(self.end.seq + 1, "missing")


def check_chains(
    model: type[ChainedEvent], closed: Closed, chains: Q, on_event: Callable[[], object]
) -> Iterator[Finding]:
    """Find every fault in the chains of one table that `chains` selects, streamed in the order of chain and seq."""
    unseen = dict(closed.ends[model._meta.label_lower])
    chain: _Chain | None = None
    for row in _rows(model, chains):
        on_event()
        if chain is None or chain.pk != row.chain:
            yield from chain.faults_at_end() if chain else ()
            chain = _Chain(model, row.chain, closed)
            unseen.pop(row.chain, None)
        yield from chain.faults(row)
    yield from chain.faults_at_end() if chain else ()
    for pk in unseen:
        yield Finding(model._meta.label_lower, str(pk), 1, "missing")


def _faults_of_anchor(anchor: Anchor, previous: Anchor | None, in_file: str | None) -> Iterator[Finding]:
    day = anchor.day.isoformat()
    has_gap = previous is not None and anchor.day != previous.day + anchors.ONE_DAY
    if previous and has_gap:
        yield Finding(ANCHORS, (previous.day + anchors.ONE_DAY).isoformat(), None, "missing")
    follows = has_gap or anchor.previous_hash == (previous.hash if previous else "")
    if not follows or anchors.hash_of(anchor) != anchor.hash:
        yield Finding(ANCHORS, day, None, "altered")
    if in_file is None:
        yield Finding(FILE, day, None, "missing")
    elif in_file != anchor.hash:
        yield Finding(FILE, day, None, "altered")


def _faults_of_day(anchor: Anchor, models: dict[str, type[ChainedEvent]]) -> Iterator[Finding]:
    chains = {name: closed for name, closed in anchor.tables.items() if "columns" not in closed}
    for name, closed in chains.items():
        summary = anchors.summarise(models[name], anchor.day) if name in models else None
        if summary is None or summary.size < closed["count"]:
            yield Finding(name, anchor.day.isoformat(), None, "missing")
        elif summary.size > closed["count"]:
            yield Finding(name, anchor.day.isoformat(), None, "inserted")
        elif summary.hash != closed["hash"]:
            yield Finding(name, anchor.day.isoformat(), None, "altered")


def since_day(since: date | None) -> QuerySet[Anchor]:
    """Select the anchors from a day on, or all, oldest first."""
    days = Anchor.objects.order_by("day")
    return days.filter(day__gte=since) if since else days


def check_anchors(since: date | None, on_day: Callable[[], object]) -> Iterator[Finding]:
    """Find every fault in the anchors from `since` on, in the file, and in the days they closed."""
    hashes, faulty_lines = anchors.read_file()
    for line in faulty_lines:
        yield Finding(FILE, line[:40], None, "altered")
    models = {model._meta.label_lower: model for model in events.chained_models()}
    previous = Anchor.objects.filter(day__lt=since).order_by("-day").first() if since else None
    for anchor in since_day(since).iterator(chunk_size=50):
        on_day()
        yield from _faults_of_anchor(anchor, previous, hashes.pop(anchor.day.isoformat(), None))
        yield from _faults_of_day(anchor, models)
        previous = anchor
    for day in hashes:
        if not since or day >= since.isoformat():
            yield Finding(ANCHORS, day, None, "missing")


def read_closed(since: date | None) -> Closed:
    """Read what the anchors from `since` on say about the chains."""
    ends: Ends = defaultdict(dict)
    until = events.EPOCH
    for anchor in since_day(since).iterator(chunk_size=50):
        until = anchors.midnight(anchor.day + anchors.ONE_DAY)
        for name, closed in anchor.ends.items():
            ends[name] |= {int(pk): seq for pk, seq in closed.items()}
    return Closed(ends, anchors.midnight(since) if since else events.EPOCH, until)


def _touched(model: type[ChainedEvent], closed: Closed, since: date | None) -> Q:
    """Select the chains that grew since the day, as the events or the anchors tell."""
    if since is None:
        return Q()
    key = f"{model.chain_field}_id"
    grown = model._default_manager.filter(recorded_at__gte=anchors.midnight(since)).values(key)
    return Q(**{f"{key}__in": grown}) | Q(**{f"{key}__in": list(closed.ends[model._meta.label_lower])})


class Report(NamedTuple):
    """Result of an audit: counts of what was looked at, and every fault."""

    events: int
    rows: int
    anchors: int
    findings: list[Finding]


@transaction.atomic
def verify(since: date | None, *, on_event: Callable[[], object] = lambda: None, with_files: bool = False) -> Report:
    """Reckon everything anew; with `since` only chains that grew and rows that came from that day on, and the anchors
    from it on. `with_files`: the content of every stored file, too.

    `on_event` is called for each event and each row read.
    """
    seen = Counter[str]()

    def count_event() -> None:
        seen["events"] += 1
        on_event()

    def count_row() -> None:
        seen["rows"] += 1
        on_event()

    closed = read_closed(since)
    findings: list[Finding] = []
    for model in events.chained_models():
        findings += check_chains(model, closed, _touched(model, closed, since), count_event)
    findings += row_audit.check_rows(since, count_row)
    findings += check_anchors(since, lambda: seen.update(["anchors"]))
    findings += row_audit.check_files() if with_files else ()
    return Report(seen["events"], seen["rows"], seen["anchors"], findings)
