"""Chains of events: each event carries the hash of the one before it, under a key that the database does not hold."""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, ClassVar, NamedTuple, TypeVar

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, User
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.records.append_only import AppendOnly
from binzhou_xinfang.records.crypto import EncryptedJSONField
from binzhou_xinfang.records.event_kinds import EventKinds

# One encoder for all: sorted keys and no blanks make the text the same for the same content.
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Link(NamedTuple):
    """The end of a chain: the number and the hash of its last event."""

    seq: int
    hash: bytes


NEW_CHAIN = Link(0, b"")
Event = TypeVar("Event", bound="ChainedEvent")


class ChainedEvent(AppendOnly):
    """One thing that happened to the object that `chain_field` names.

    A subclass sets `chain_field`, has a foreign key of that name, may replace `kind` by a field with its choices, and
    declares `class Meta(ChainedEvent.Meta)` with `constraints = [one_event_per_place("case")]`. With `kinds` nothing is
    appended that they do not declare.
    """

    chain_field: ClassVar[str]
    kinds: ClassVar[EventKinds | None] = None
    actor_id: int | None
    unit_id: int | None

    seq = models.PositiveIntegerField("序号")
    kind = models.CharField("类别", max_length=40)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办人")
    actor_name = models.CharField("经办人姓名", max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="经办单位")
    happened_at = models.DateTimeField("发生时间")
    recorded_at = models.DateTimeField("记录时间", db_index=True)
    # What is done to a matter tells what it is about, and it may be a report of wrongdoing on any day.
    detail: models.Field[Any, Any] = EncryptedJSONField("内容", default=dict)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta(AppendOnly.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.chain_name(self.chain_id)}#{self.seq} {self.kind}"

    @property
    def chain_id(self) -> int:
        return int(getattr(self, f"{self.chain_field}_id"))

    @classmethod
    def chain_name(cls, pk: int) -> str:
        """Name the chain for `seal`: the model and the key of the object, so no event fits into another chain."""
        return f"{cls._meta.label_lower}:{pk}"

    def expected_hash(self) -> bytes:
        """Compute the hash that this event must carry if nothing in it was changed."""
        return seal(
            self.chain_name(self.chain_id),
            self.seq,
            self.kind,
            actor_id=self.actor_id,
            actor_name=self.actor_name,
            unit_id=self.unit_id,
            happened_at=self.happened_at,
            recorded_at=self.recorded_at,
            detail=self.detail,
            previous_hash=bytes(self.previous_hash),
        )

    @classmethod
    def check(cls, **kwargs: Any) -> list[checks.CheckMessage]:
        problems = super().check(**kwargs)
        places = [set(c.fields) for c in cls._meta.constraints if isinstance(c, models.UniqueConstraint)]
        if {cls.chain_field, "seq"} not in places:
            problems.append(checks.Error("a chain needs one_event_per_place(...)", obj=cls, id="records.E001"))
        return problems


def one_event_per_place(chain_field: str) -> models.UniqueConstraint:
    """Build the constraint every chained model declares: no two events share a place in a chain."""
    return models.UniqueConstraint(fields=[chain_field, "seq"], name="%(app_label)s_%(class)s_one_per_place")


@lru_cache(maxsize=4)
def _keyed(key: str) -> hmac.HMAC:
    # Copying a keyed state costs half of keying it anew.
    return hmac.new(key.encode(), digestmod="sha256")


def keyed_hash(content: list[Any]) -> bytes:
    """Compute the HMAC-SHA256 of the canonical JSON of `content` under `settings.DIGEST_KEY`."""
    code = _keyed(settings.DIGEST_KEY).copy()
    code.update(canonical(content).encode())
    return code.digest()


def seal(
    chain: str,
    seq: int,
    kind: str,
    *,
    actor_id: int | None,
    actor_name: str,
    unit_id: int | None,
    happened_at: datetime,
    recorded_at: datetime,
    detail: Mapping[str, Any],
    previous_hash: bytes,
) -> bytes:
    """Compute the hash of one event: HMAC-SHA256 over its canonical JSON. Pure but for `settings.DIGEST_KEY`.

    `chain` is `Model.chain_name(pk)`; moments are aware; `detail` is as `plain_detail` gives it. Lean, for loaders.
    """
    return keyed_hash(
        [
            chain,
            seq,
            kind,
            actor_id,
            actor_name,
            unit_id,
            (happened_at - EPOCH) // MICROSECOND,
            (recorded_at - EPOCH) // MICROSECOND,
            detail,
            previous_hash.hex(),
        ]
    )


def _refuse_number(text: str) -> float:
    raise TypeError(f"an event holds no floating-point number ({text}): the database may write it otherwise")


def plain_detail(detail: Mapping[str, Any]) -> dict[str, Any]:
    """Bring `detail` to the database's form: days, moments and decimals as text. Raises TypeError for a float."""
    text = json.dumps(detail, cls=DjangoJSONEncoder)
    plain: dict[str, Any] = json.loads(text, parse_float=_refuse_number, parse_constant=_refuse_number)
    return plain


def last_link(model: type[ChainedEvent], chain: models.Model) -> Link:
    """Read the end of the chain of `chain`; `NEW_CHAIN` when it has no event yet."""
    last = _ends_of(model)(chain.pk)
    return Link(last[0][0], bytes(last[0][1])) if last else NEW_CHAIN


@cache
def _ends_of(model: type[ChainedEvent]) -> Prepared[tuple[int, bytes]]:
    """Prepare the query for the last place of a chain of the model and its hash."""

    def build(chain: Any) -> "models.QuerySet[Any, Any]":
        events = model._default_manager.filter(**{model.chain_field: chain}).order_by("-seq")
        return events.values_list("seq", "hash")[:1]

    return Prepared(build)


def append(
    model: type[Event],
    chain: models.Model,
    *,
    kind: str,
    by: Post | None,
    happened_at: datetime,
    detail: Mapping[str, Any],
    last: Link | None = None,
) -> Event:
    """Write the next event of the chain of `chain`, in the caller's transaction, who holds the lock on the chain's row.

    `by` is None for what the system does. `detail` may hold days and moments (kept as text), but no floats (TypeError),
    and nothing that the kind does not declare (UndeclaredField).
    A writer who knows the end of the chain passes it as `last` (`NEW_CHAIN` for a new one) and saves the only read.
    """
    if model.kinds is not None:
        model.kinds.refuse_undeclared(kind, detail)
    end = last if last is not None else last_link(model, chain)
    event = model(
        seq=end.seq + 1,
        kind=kind,
        actor=by.user if by else None,
        actor_name=by.user.name if by else "",
        unit_id=by.unit_id if by else None,
        happened_at=happened_at,
        recorded_at=timezone.now(),
        detail=plain_detail(detail),
        previous_hash=end.hash,
    )
    setattr(event, model.chain_field, chain)
    event.hash = event.expected_hash()
    event.save(force_insert=True)
    return event


def chained_models() -> list[type[ChainedEvent]]:
    """List every concrete table of chained events, in a fixed order."""
    tables = [model for model in apps.get_models() if issubclass(model, ChainedEvent)]
    return sorted(tables, key=lambda model: model._meta.label_lower)
