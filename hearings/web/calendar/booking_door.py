"""预订: forms, list and page of a booking."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.process.pages import Door, Finder
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.undecided import EVERY
from binzhou_xinfang.web.fields import LinesField, PickField, PicksInput, line, moment
from hearings.calendar.bookings import bookings
from hearings.calendar.claiming import span
from hearings.calendar.places import places_of
from hearings.models import Booking, BookingState, Claim, Place, PlaceState
from hearings.models.booking import BookingKind
from hearings.web.pool.expert_door import reason


def _several(label: str, source: str, help_text: str = "") -> LinesField:
    return LinesField(
        label=label, required=False, max_lines=30, max_length=60, help_text=help_text,
        widget=PicksInput(source=source),
    )  # fmt: skip


class TakesForm(OfficeForm):
    """The common part: when, where and who."""

    starts_at = moment("开始时间")
    ends_at = moment("结束时间")
    place = line("场所", required=False, max_length=12, help_text="线上举行的不选")
    experts = _several("专家", "hearings:pick-experts")
    people = _several("工作人员", "hearings:pick-people", "主持人、记录人、心理咨询师等")
    units = _several("单位", "cases:units", "须整个单位到场的；同一时间不能再被预订")


class BookForm(TakesForm):
    """预订。"""

    kind = forms.ChoiceField(label="用途", choices=BookingKind.choices)
    title = line("事由", max_length=60, help_text="有关单位都能看到，不写信访人姓名、住址、电话")
    field_order = ("kind", "title")


class MoveForm(TakesForm):
    """改期。"""

    proposes: ClassVar[Mapping[str, str]] = {EVERY: "原来预订的时间、场所和人员"}
    reason = reason()


class CancelForm(OfficeForm):
    """取消。"""

    reason = reason()


class BookingFilter(OfficeForm):
    """Filter of the list, and of the calendar."""

    place = PickField(
        Place.objects.all(), source="hearings:pick-rooms", to_field_name="pk", label="场所", required=False
    )
    unit = PickField(
        Unit.objects.all(), source="cases:units", label="单位（预订或者到场）", required=False, takes_ended=True
    )  # fmt: skip
    standing = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *BookingState.choices])


def select(rows: "QuerySet[Booking]", said: dict[str, Any]) -> "QuerySet[Booking]":
    """Select the bookings that a filter asks for."""
    if said["place"]:
        rows = rows.filter(place=said["place"])
    if said["unit"]:
        taken = Claim.objects.filter(taken_unit=said["unit"], is_open=True).values("booking")
        rows = rows.filter(Q(unit=said["unit"]) | Q(pk__in=taken))
    return rows.filter(state=said["standing"]) if said["standing"] else rows


def _taken(booking: Booking) -> list[str]:
    return [str(claim) for claim in booking.claims.filter(is_open=True, place=None)]


def facts(booking: Booking) -> dict[str, str]:
    """Tell of a booking what its page shows."""
    where = f"{booking.place.name}（{booking.place.address}）" if booking.place else "没有预订场所"
    return {
        "用途": booking.get_kind_display(), "事由": booking.title, "时间": span(booking.starts_at, booking.ends_at),
        "场所": where, "人员和单位": "、".join(_taken(booking)) or "没有", "预订单位": booking.unit.name,
        "预订人": str(booking.booked_by),
    }  # fmt: skip


def columns(booking: Booking) -> dict[str, str]:
    """Tell of a booking what the list shows."""
    return {
        "时间": span(booking.starts_at, booking.ends_at), "场所": booking.place.name if booking.place else "—",
        "预订单位": booking.unit.short_name,
    }  # fmt: skip


def prepare(form: forms.Form, booking: Booking | None, post: Post) -> None:
    """Offer the places that are open, and let what is booked stand in a form."""
    if "place" in form.fields:
        there = places_of(post.unit.area).filter(state=PlaceState.OPEN).order_by("name")
        choices = [("", "不预订场所"), *((one.code, f"{one.name}（{one.seats}座）") for one in there)]
        told = form.fields["place"]
        # A list of what is open is for who looks at a page; a program writes the code.
        form.fields["place"] = forms.ChoiceField(
            label=told.label, required=False, help_text=told.help_text, choices=choices
        )
    if booking is None or "place" not in form.fields:
        return
    claims = list(booking.claims.filter(is_open=True).select_related("expert", "user", "taken_unit"))
    form.initial.update({
        "starts_at": timezone.localtime(booking.starts_at), "ends_at": timezone.localtime(booking.ends_at),
        "place": booking.place.code if booking.place else "",
        "experts": "\n".join(one.expert.code for one in claims if one.expert),
        "people": "\n".join(one.user.username for one in claims if one.user),
        "units": "\n".join(one.taken_unit.code for one in claims if one.taken_unit),
    })  # fmt: skip


BOOKINGS_DOOR = Door(
    bookings, "bookings", facts=facts, begins="book", beginning="预订场所和人员",
    icon="calendar-plus", group="听证", columns=columns,
    finder=Finder(BookingFilter, select), prepare=prepare,
    forms={"book": BookForm, "move": MoveForm, "cancel": CancelForm},
)  # fmt: skip
