"""场所 and 预订 in the demo, by the verbs of the office."""

from datetime import datetime, timedelta

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.roles import Role
from cases.made_up.demo.cast import BUREAU, CITY, TOWNSHIP
from hearings.calendar import bookings, places
from hearings.models import BookingKind, Place, PlaceKind

_PLACES = (
    ("第一听证室", PlaceKind.HEARING_ROOM, CITY, "滨州市信访局二楼", 40),
    ("联合接访室", PlaceKind.RECEPTION_ROOM, CITY, "滨州市信访局一楼", 12),
    ("会商研判室", PlaceKind.MEETING_ROOM, CITY, "滨州市信访局三楼", 24),
    ("心灵驿站", PlaceKind.COUNSELLING_ROOM, CITY, "滨州市信访局一楼东侧", 4),
    ("村民议事厅", PlaceKind.DOORSTEP, TOWNSHIP, "北镇街道某村党群服务中心", 30),
)
# Days from now, hour, hours, place, occasion.
_TIMES = (
    (1, 9, 2, 0, BookingKind.HEARING, "住房维修资金事项听证"),
    (1, 14, 3, 1, BookingKind.RECEPTION, "领导干部公开接访"),
    (3, 9, 2, 2, BookingKind.CONFERENCE, "疑难事项会商研判"),
    (4, 15, 1, 3, BookingKind.COUNSELLING, "心理疏导值班"),
    (8, 9, 3, 4, BookingKind.HEARING, "家门口听证"),
    (9, 9, 2, 0, BookingKind.MEDIATION, "访调对接调解"),
    (10, 9, 2, 0, BookingKind.OTHER, "听证业务培训"),
)


def play(now: datetime) -> None:
    """Play the places, and bookings that were made, moved and cancelled, as one of the demo's steps."""
    posts = Post.objects.select_related("user", "unit__parent").filter(unit__code=BUREAU, role=Role.REGISTRAR)
    by = posts.earliest("pk")
    rooms = [
        places.open_place(
            name=name, kind=kind.value, region=Unit.objects.get(code=region), address=address, seats=seats, note="",
            by=by, at=now,
        )
        for name, kind, region, address, seats in _PLACES
    ]  # fmt: skip
    for number, time in enumerate(_TIMES):
        _book(number, time, rooms, by, now)


def _book(
    number: int, time: tuple[int, int, int, int, BookingKind, str], rooms: list[Place], by: Post, now: datetime
) -> None:
    days, hour, hours, room, kind, title = time
    start = timezone.localtime(now).replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)
    made = bookings.book(
        kind=kind.value, title=title, starts_at=start, ends_at=start + timedelta(hours=hours), place=rooms[room].code,
        experts=[], people=[by.user.username] if number % 2 else [], units=[], by=by, at=now,
    )  # fmt: skip
    if number == 5:
        bookings.move(
            made, starts_at=start + timedelta(days=2), ends_at=start + timedelta(days=2, hours=hours),
            place=rooms[room].code, experts=[], people=[], units=[], reason="一方当事人外出", by=by, at=now,
        )  # fmt: skip
    if number == 6:
        bookings.cancel(made, reason="合并到下月举行", by=by, at=now)
