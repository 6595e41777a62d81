"""Proof of rows: every table that claims to be unchangeable is sealed row by row when a day is closed.

A seal keeps the key and a keyed hash of 8 bytes of each row that came since the seal before; its own SHA-256 stands in
the anchor of the day, and with it in the file outside the database. So a row that was changed, taken away, put in or
exchanged for another is found, with its place, by whoever holds the key of the digests, which the database does not.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from struct import Struct
from typing import Any, NamedTuple, cast

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import connection, models
from django.db.models import ExpressionWrapper, F, Q

from binzhou_xinfang.append_only import FirmTrigger, Unchanging
from binzhou_xinfang.records.crypto import DecryptionError, Encrypted, EncryptedJSONField, decrypt
from binzhou_xinfang.records.events import ChainedEvent
from binzhou_xinfang.records.models import Seal

ROWS = 5000
MARK_SIZE = 8
_ENTRY = Struct(f">q{MARK_SIZE}s")
# The forms in which PostgreSQL writes a row, whatever the server is set to.
_FORMS = ("TimeZone = 'UTC'", "DateStyle = 'ISO, YMD'", "bytea_output = 'hex'", "IntervalStyle = 'postgres'")


class Row(NamedTuple):
    """One row: its key, its mark, and when it says that it was written (None where the table does not tell)."""

    pk: int
    mark: bytes
    moment: datetime | None


@dataclass(frozen=True)
class Sealed:
    """Word of one closed day on a table: how many rows came, their SHA-256 as packed, the last key, which columns."""

    count: int
    hash: str
    last: int
    columns: list[str]


def tables() -> list[type[models.Model]]:
    """List the tables whose rows are sealed, in a fixed order: chains of events prove themselves."""
    sealed = [model for model in apps.get_models() if _is_sealed(model)]
    return sorted(sealed, key=lambda model: model._meta.label_lower)


def claim_of(model: type[models.Model]) -> Unchanging | None:
    """Find what the table claims; None for one that may change."""
    claim = getattr(model, "unchanging", None)
    return claim if isinstance(claim, Unchanging) else None


def _is_sealed(model: type[models.Model]) -> bool:
    claim = claim_of(model)
    return claim is not None and not claim.is_proof and not issubclass(model, ChainedEvent)


def check_claims(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Report each table whose triggers refuse changes and that is in no proof: nobody would see the trigger go."""
    return [
        checks.Error(f"{model._meta.label}: 声明只增不改，却不在每日封存的证明中（unchanging）", id="records.E002")
        for model in apps.get_models()
        if claim_of(model) is None and claims(model)
    ]


def claims(model: type[models.Model]) -> bool:
    """Check that the database refuses to change rows of the table."""
    return any("UPDATE" in str(one.operation).upper() for one in _refusing(model))


def keeps_rows(model: type[models.Model]) -> bool:
    """Check that the database refuses to take rows away from the table."""
    return any("DELETE" in str(one.operation).upper() for one in _refusing(model))


def _refusing(model: type[models.Model]) -> list[FirmTrigger]:
    triggers = getattr(model._meta, "triggers", None) or ()
    return [one for one in triggers if isinstance(one, FirmTrigger) and "append-only" in str(one.func)]


def last_keys() -> dict[str, int]:
    """Read the last key of each table that only grows."""
    return {model._meta.label_lower: _last(model) for model in tables()}


def _last(model: type[models.Model]) -> int:
    return model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0


def columns_of(model: type[models.Model]) -> list[str]:
    """List the columns of the table, in the order of the model."""
    return [str(field.column) for field in model._meta.local_concrete_fields]


def rows(
    model: type[models.Model], columns: Sequence[str], *, after: int | None = None, until: int | None = None
) -> Iterator[Row]:
    """Read the rows that are final, by key, each with its mark over these columns; of a table that only grows those
    with keys above `after`, up to `until`. To be called in a transaction.
    """
    claim, quote = claim_of(model) or Unchanging(), connection.ops.quote_name
    key, table = quote(str(model._meta.pk.column)), quote(model._meta.db_table)
    whole, moment = ", ".join(map(quote, columns)), quote(claim.moment) if claim.moment else "NULL"
    wanted = Q(**{name: bound for name, bound in (("pk__gt", after), ("pk__lte", until)) if bound is not None})
    chosen = model._default_manager.filter(wanted, claim.final or Q()).order_by("pk").values("pk").query
    condition, values = chosen.sql_with_params()
    # The condition is Django's own; what it selects is replaced by the row as text, which is what anybody reads in it.
    condition = condition[condition.index(" FROM ") :]
    sql = f"SELECT {table}.{key}, ROW({whole})::text, {moment}{condition}"
    hasher = _hasher(model, columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {'; SET LOCAL '.join(_FORMS)}")
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while found := cursor.fetchmany(ROWS):
            for pk, text, written_at in found:
                marked = hasher.copy()
                marked.update(text.encode())
                yield Row(pk, marked.digest(), written_at)


def plain_marks(model: type[models.Model], columns: Sequence[str], keys: Sequence[int]) -> dict[int, bytes]:
    """Mark these rows as they were marked before columns of theirs were encrypted (`Unchanging.once_plain`); a row that
    cannot be decrypted is left out. Empty for a table in which none was."""
    claim, quote = claim_of(model) or Unchanging(), connection.ops.quote_name
    fields = [field for field in model._meta.local_concrete_fields if field.column in {*claim.once_plain} & {*columns}]
    opened = list(_opened(model, cast("list[Encrypted]", fields), keys)) if fields and keys else []
    if not opened:
        return {}
    cast_of = {field.column: "jsonb" if isinstance(field, EncryptedJSONField) else "text" for field in fields}
    whole = ", ".join(
        f"plain.{quote(name)}::{cast_of[name]}" if name in cast_of else f"stored.{quote(name)}" for name in columns
    )
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    line = f"(%s::bigint{', %s::text' * len(fields)})"
    names = ", ".join(["key_of_row", *(quote(str(field.column)) for field in fields)])
    sql = (
        f"SELECT stored.{key}, ROW({whole})::text FROM {table} AS stored JOIN "  # noqa: S608  names of our own tables
        f"(VALUES {', '.join([line] * len(opened))}) AS plain ({names}) ON plain.key_of_row = stored.{key}"
    )
    hasher, marks = _hasher(model, columns), {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for row in opened for value in row])
        for pk, text in cursor.fetchall():
            marked = hasher.copy()
            marked.update(text.encode())
            marks[pk] = marked.digest()
    return marks


def _opened(model: type[models.Model], fields: Sequence[Encrypted], keys: Sequence[int]) -> Iterator[list[Any]]:
    """Read the key and the texts of each of these rows that can be decrypted."""
    raw = {f"raw_{field.column}": ExpressionWrapper(F(field.attname), models.BinaryField()) for field in fields}
    rows = model._default_manager.filter(pk__in=keys).annotate(**raw).values_list("pk", *raw)
    for pk, *values in rows:
        try:
            yield [pk, *(decrypt(bytes(value), column=f.place) for f, value in zip(fields, values, strict=True))]
        except DecryptionError:
            continue


def _hasher(model: type[models.Model], columns: Sequence[str]) -> Any:
    """Make the keyed hash that begins with the table and its columns, so that no row fits into another table."""
    key = hashlib.sha256(f"rows:{settings.DIGEST_KEY}".encode()).digest()
    hasher = hashlib.blake2b(key=key, digest_size=MARK_SIZE)
    hasher.update(f"{model._meta.label_lower}:{','.join(columns)}\n".encode())
    return hasher


def pack(found: Iterable[Row]) -> bytes:
    """Pack keys and marks."""
    packed = bytearray()
    for row in found:
        packed += _ENTRY.pack(row.pk, row.mark)
    return bytes(packed)


def unpack(packed: bytes) -> Iterator[tuple[int, bytes]]:
    """Read keys and marks; what is no whole entry at the end is left out."""
    whole = len(packed) - len(packed) % _ENTRY.size
    yield from _ENTRY.iter_unpack(packed[:whole])


def seal_rows(model: type[models.Model], until: int) -> tuple[Sealed, bytes] | None:
    """Seal what has become final since the last seal, of rows with keys up to `until`; None when there is nothing."""
    claim, columns = claim_of(model) or Unchanging(), columns_of(model)
    if claim.final is None:
        after = last_sealed(model)
        # Before the first seal there is no key that could have been used up.
        packed = pack(rows(model, columns, after=after or None, until=until))
    else:
        known = sealed_keys(model)
        packed = pack(row for row in rows(model, columns) if row.pk not in known)
    count = len(packed) // _ENTRY.size
    if not count:
        return None
    return Sealed(count, hashlib.sha256(packed).hexdigest(), until, columns), packed


def last_sealed(model: type[models.Model]) -> int:
    """Find the last key that a seal has covered."""
    seal = Seal.objects.filter(table=model._meta.label_lower).order_by("-day").values_list("last", flat=True).first()
    return seal or 0


def sealed_keys(model: type[models.Model]) -> set[int]:
    """List the keys of the rows that were sealed, of a table of few rows."""
    seals = Seal.objects.filter(table=model._meta.label_lower).values_list("rows", flat=True)
    return {pk for packed in seals for pk, _ in unpack(bytes(packed))}
