"""预订: forms, list and page of a booking."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.process.pages import Door
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.undecided import EVERY
from binzhou_xinfang.web.fields import LinesField, line, moment
from hearings.calendar.bookings import bookings
from hearings.calendar.claiming import span
from hearings.calendar.places import places_of
from hearings.models import Booking, PlaceState
from hearings.models.booking import BookingKind
from hearings.web.pool.expert_door import reason


def _names(label: str, help_text: str) -> LinesField:
    return LinesField(
        label=label, required=False, max_lines=30, max_length=60, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class TakesForm(OfficeForm):
    """The common part: when, where and who."""

    starts_at = moment("开始时间")
    ends_at = moment("结束时间")
    place = line("场所", required=False, max_length=12, help_text="线上举行的不选")
    experts = _names("专家", "每行一个专家编号，例如ZJ0001")
    people = _names("工作人员", "主持人、心理咨询师等，每行一个姓名或者用户名")
    units = _names("单位", "须整个单位到场的，每行一个名称；同一时间不能再被预订")


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
        "units": "\n".join(one.taken_unit.name for one in claims if one.taken_unit),
    })  # fmt: skip


BOOKINGS_DOOR = Door(
    bookings, "bookings", facts=facts, begins="book", icon="calendar-plus", group="听证", columns=columns,
    prepare=prepare, forms={"book": BookForm, "move": MoveForm, "cancel": CancelForm},
)  # fmt: skip
