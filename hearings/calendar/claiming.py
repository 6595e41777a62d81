"""Taking of places, persons and units for a time: all of them or none, and in words who has them already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Model, Q
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit, User
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.turns import wait_for
from hearings.models import Booking, Claim, Expert, Place
from hearings.models.booking import TAKEN

# The field of the form at which a clash of a column is said.
FIELDS = {"place": "place", "expert": "experts", "user": "people", "taken_unit": "units"}


@dataclass(frozen=True, slots=True)
class Takes:
    """All that one booking takes."""

    place: Place | None
    experts: Sequence[Expert] = ()
    people: Sequence[User] = ()
    units: Sequence[Unit] = ()

    def claims(self, booking: Booking) -> list[Claim]:
        """Make the rows, unsaved, in the order in which everybody takes."""
        wanted: list[tuple[str, Model]] = [("place", self.place)] if self.place else []
        wanted += [("expert", one) for one in sorted(self.experts, key=lambda one: one.pk)]
        wanted += [("user", one) for one in sorted(self.people, key=lambda one: one.pk)]
        wanted += [("taken_unit", one) for one in sorted(self.units, key=lambda one: one.pk)]
        times = {"starts_at": booking.starts_at, "ends_at": booking.ends_at}
        return [Claim(booking=booking, **{column: one}, **times) for column, one in wanted]

    @property
    def named(self) -> list[str]:
        """The names of persons and units, for the event."""
        return [str(one) for one in (*self.experts, *self.people, *self.units)]


def take(booking: Booking, takes: Takes) -> None:
    """Take all of it for the time of the booking, in place of what it had. Raises Refusal at the field of what is
    taken already, with by whom. In the caller's transaction."""
    claims = takes.claims(booking)
    release(booking)
    _wait_for_others(claims)
    for claim in claims:
        if taken := _taken_by(claim):
            raise Refusal(_words(claim, taken), field=FIELDS[_column(claim)])
    Claim.objects.bulk_create(claims)


def release(booking: Booking) -> None:
    """Give back what the booking has."""
    booking.claims.filter(is_open=True).update(is_open=False)


def _column(claim: Claim) -> str:
    return next(column for column in TAKEN if getattr(claim, f"{column}_id") is not None)


def _wait_for_others(claims: Sequence[Claim]) -> None:
    """Let those who want the same come one after the other: two that wait for each other in the constraint would both
    be thrown out."""
    wait_for(*(f"hearings.claim:{_column(claim)}:{getattr(claim, f'{_column(claim)}_id')}" for claim in claims))


def _taken_by(claim: Claim) -> Claim | None:
    own = {f"{_column(claim)}_id": getattr(claim, f"{_column(claim)}_id")}
    during = Q(starts_at__lt=claim.ends_at, ends_at__gt=claim.starts_at)
    taken = Claim.objects.filter(during, is_open=True, **own).select_related("booking__unit", "booking__booked_by")
    return taken.order_by("starts_at").first()


def _words(claim: Claim, taken: Claim) -> str:
    by, when = taken.booking, span(taken.starts_at, taken.ends_at)
    return f"{claim.taken}在{when}已由{by.unit.name}（{by.booked_by}）预订，用于{by.get_kind_display()}，请改选。"


def span(starts_at: datetime, ends_at: datetime) -> str:
    """Write a time as the office does: 2026年3月5日9:00至11:00."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    day = f"{start.year}年{start.month}月{start.day}日"
    last = "" if start.date() == end.date() else f"{end.month}月{end.day}日"
    return f"{day}{start:%-H:%M}至{last}{end:%-H:%M}"


def either(*conditions: Q) -> Q:
    """Join conditions of which one is enough."""
    return reduce(or_, conditions)
