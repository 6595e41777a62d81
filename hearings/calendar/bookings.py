"""预订 as a life: booked, moved, cancelled; all that is named is taken, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, TextChoices

from binzhou_xinfang.accounts.models import Post, Unit, User
from binzhou_xinfang.accounts.roles import LEADERS, OFFICE_HEADS
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.life import Life, Taking
from binzhou_xinfang.process.owed import OwedIn, debts
from binzhou_xinfang.process.steps import Effect, Seat, Step
from binzhou_xinfang.process.taking import beginning, verb
from hearings.calendar.claiming import Takes, release, span, take
from hearings.calendar.places import places_of
from hearings.models import Booking, BookingEvent, BookingState, Place, PlaceState
from hearings.permissions import BOOKERS
from hearings.pool.experts import with_codes

LONGEST, AHEAD = timedelta(hours=12), timedelta(days=366)


class BookingStep(TextChoices):
    """Steps of a booking, in the order of the buttons."""

    BOOK = "book", "预订"
    MOVE = "move", "改期"
    CANCEL = "cancel", "取消"


class Desk(TextChoices):
    UNIT = "unit", "预订单位"


@dataclass
class BookingEffect(Effect):
    """An effect with what is taken; None: all is given back."""

    takes: Takes | None = field(default=None)


class BookingLife(Life[Booking]):
    """Its events are a chain of its own."""

    def lock(self, seen: Booking) -> Booking:
        locked = Booking.objects.select_for_update(of=("self",))
        return locked.select_related("unit", "place", "booked_by").get(pk=seen.pk)

    def visible(self, post: Post) -> "QuerySet[Booking]":
        return visible_bookings(post)

    def this(self, obj: Booking) -> str:
        return "这项预订"

    def store(self, obj: Booking, taking: Taking[Booking], effect: Effect) -> dict[str, Any]:
        told = super().store(obj, taking, effect)
        takes = effect.takes if isinstance(effect, BookingEffect) else None
        if takes is None:
            release(obj)
        else:
            take(obj, takes)
        return told


def visible_bookings(post: Post) -> "QuerySet[Booking]":
    """Select what the post's unit booked or keeps the place of, what takes the person or the unit; for who looks at the
    whole area, all that was booked there."""
    mine = Q(unit=post.unit_id) | Q(place__office=post.unit_id)
    taken = Q(claims__user=post.user_id, claims__is_open=True) | Q(
        claims__taken_unit=post.unit_id, claims__is_open=True
    )
    if post.role in OFFICE_HEADS | LEADERS:
        mine |= Q(unit__path__startswith=post.unit.area.path)
    if post.role not in BOOKERS | LEADERS:
        mine = Q(pk__in=[])
    seen = Booking.objects.filter(mine | taken).order_by().values("pk")
    return Booking.objects.filter(pk__in=seen).select_related("unit", "place", "booked_by")


_OWED: OwedIn[Booking] = {
    BookingState.BOOKED: debts(nothing="按预订的时间举行"),
    BookingState.CANCELLED: debts(nothing="已经取消"),
}
bookings = BookingLife(
    "booking", "预订", Booking, BookingState, final={BookingState.CANCELLED}, chain=BookingEvent,
    kinds=BookingEvent.kinds, owed=_OWED,
)  # fmt: skip
_BOOKERS = (Seat(BOOKERS, (Desk.UNIT,)),)
_BOOKED = frozenset({BookingState.BOOKED})


@beginning(bookings, Step(key=BookingStep.BOOK, targets=(BookingState.BOOKED,), who=_BOOKERS))
def book(
    *, kind: str, title: str, starts_at: datetime, ends_at: datetime, place: str, experts: list[str],
    people: list[str], units: list[str], by: Post, at: datetime,
) -> tuple[Booking, Effect]:  # fmt: skip
    """预订: all that is named is taken for the time; a clash is refused, with the name of who has it."""
    _refuse_time(starts_at, ends_at, at)
    takes = _takes(place, experts, people, units, by)
    booking = Booking(
        unit=by.unit, booked_by=by.user, kind=kind, title=title, place=takes.place, starts_at=starts_at, ends_at=ends_at
    )
    return booking, BookingEffect(_told(booking, takes), takes=takes)


@verb(bookings, Step(key=BookingStep.MOVE, sources=_BOOKED, who=_BOOKERS))
def move(
    booking: Booking, *, starts_at: datetime, ends_at: datetime, place: str, experts: list[str], people: list[str],
    units: list[str], reason: str, by: Post, at: datetime,
) -> Effect:  # fmt: skip
    """改期, or another place or other persons, with the reason."""
    _refuse_past(booking, at)
    _refuse_time(starts_at, ends_at, at)
    takes = _takes(place, experts, people, units, by)
    booking.starts_at, booking.ends_at, booking.place = starts_at, ends_at, takes.place
    return BookingEffect({**_told(booking, takes), "reason": reason}, takes=takes)


@verb(bookings, Step(key=BookingStep.CANCEL, sources=_BOOKED, targets=(BookingState.CANCELLED,), who=_BOOKERS))
def cancel(booking: Booking, *, reason: str, by: Post, at: datetime) -> Effect:
    """取消: all that was taken is free again."""
    _refuse_past(booking, at)
    return BookingEffect({"reason": reason})


def _refuse_past(booking: Booking, at: datetime) -> None:
    if booking.ends_at <= at:
        raise Refusal("这项预订的时间已经过去，不再改动。")


def _refuse_time(starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    if starts_at < at:
        raise Refusal("开始时间已经过去，请核对。", field="starts_at")
    if starts_at - at > AHEAD:
        raise Refusal("只能预订一年以内的时间，请核对。", field="starts_at")
    if ends_at <= starts_at:
        raise Refusal("结束时间应在开始时间以后。", field="ends_at")
    if ends_at - starts_at > LONGEST:
        raise Refusal("一次最多预订12小时，跨日的请分日预订。", field="ends_at")


def _takes(place: str, experts: Sequence[str], people: Sequence[str], units: Sequence[str], by: Post) -> Takes:
    takes = Takes(
        _place(place, by), with_codes(experts, by.unit.area, field="experts"),
        [_person(name, by) for name in dict.fromkeys(people)],
        [_unit(name, by) for name in dict.fromkeys(units)],
    )  # fmt: skip
    if not takes.named and takes.place is None:
        raise Refusal("请选择场所，或者填写参加的人员、单位。", field="place")
    return takes


def _place(code: str, by: Post) -> Place | None:
    if not code:
        return None
    number = code.removeprefix("CS")
    seen = places_of(by.unit.area).filter(state=PlaceState.OPEN)
    found = seen.filter(pk=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 12 else None
    if found is None:
        raise Refusal("没有这个场所，或者已经停用，请从列表中选择。", field="place")
    return found


def _person(name: str, by: Post) -> User:
    area = by.unit.area
    there = User.objects.filter(is_active=True, posts__unit__path__startswith=area.path)
    found = list(there.filter(Q(username=name) | Q(name=name)).distinct()[:2])
    if len(found) != 1:
        why = "有同名的，请填写用户名" if found else "请核对姓名"
        raise Refusal(f"本地区的工作人员中没有唯一的“{name}”，{why}。", field="people")
    return found[0]


def _unit(name: str, by: Post) -> Unit:
    found = list(Unit.objects.filter(Q(code=name) | Q(name=name) | Q(short_name=name), valid_to=None)[:2])
    if len(found) != 1:
        raise Refusal(f"没有唯一的单位“{name}”，请填写全称或者代码。", field="units")
    return found[0]


def _told(booking: Booking, takes: Takes) -> dict[str, Any]:
    return {
        "title": booking.title, "place": takes.place.name if takes.place else "",
        "time": span(booking.starts_at, booking.ends_at), "taken": takes.named,
    }  # fmt: skip
