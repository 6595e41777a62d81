"""Entries of the calendar: each room that has some adds a source at the start."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.hooks import Registry
from hearings.calendar.bookings import visible_bookings
from hearings.models import Booking, BookingState

# As much as a month's page shows.
LONGEST = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `kind` is what a stranger may read of it; `title` what those may for whom it exists; `place_key` and
    `units`, their codes: by which the calendar is narrowed."""

    key: str
    kind: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    url: str = ""
    tone: str = "other"
    place_key: int | None = None
    units: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Source:
    """Entries of a room: `seen_by` a post, each with a title that it may read; `of_person`: those that take a person,
    told without a word of petitioners."""

    label: str
    seen_by: Callable[[Post, datetime, datetime], Iterable[Entry]]
    of_person: Callable[[User, datetime, datetime], Iterable[Entry]]


SOURCES: Registry[str, Source] = Registry("hearings.SOURCES")


def seen_by(post: Post, since: datetime, until: datetime, *, of: str = "") -> list[Entry]:
    """List what the post may see between two moments, in order; `of`: of one source alone."""
    sources = [source for key, source in SOURCES.items() if of in ("", key)]
    found = [entry for source in sources for entry in source.seen_by(post, since, until)]
    return sorted(found, key=lambda entry: (entry.starts_at, entry.key))


def of_person(user: User, since: datetime, until: datetime) -> list[Entry]:
    """List what takes the person between two moments, in order."""
    found = [entry for source in SOURCES.values() for entry in source.of_person(user, since, until)]
    return sorted(found, key=lambda entry: (entry.starts_at, entry.key))


def _during(since: datetime, until: datetime) -> Q:
    return Q(state=BookingState.BOOKED, starts_at__lt=until, ends_at__gt=since)


def _seen(post: Post, since: datetime, until: datetime) -> Iterable[Entry]:
    called = Q(claims__is_open=True, claims__taken_unit__isnull=False)
    taken = ArrayAgg("claims__taken_unit__code", filter=called, default=Value([]))
    rows = visible_bookings(post).filter(_during(since, until)).annotate(called=taken)
    return [replace(_entry(one), units=frozenset({one.unit.code, *one.called})) for one in rows]


def _of_person(user: User, since: datetime, until: datetime) -> Iterable[Entry]:
    taken = Q(claims__user=user, claims__is_open=True)
    return [_entry(one) for one in Booking.objects.filter(_during(since, until), taken).select_related("place")]


def _entry(booking: Booking) -> Entry:
    return Entry(
        f"booking-{booking.pk}", booking.get_kind_display(), booking.title,
        booking.place.name if booking.place else "", booking.starts_at, booking.ends_at,
        reverse("bookings:booking-one", args=[booking.pk]), booking.kind, booking.place_id,
    )  # fmt: skip


BOOKINGS = Source("预订", _seen, _of_person)
