"""调解的每一次: planned and booked, held with who came and what was said, called off, corrected."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.steps import Effect, Step
from binzhou_xinfang.process.taking import settle, verb
from binzhou_xinfang.records.words import in_full
from hearings.calendar.bookings import BookingEffect, BookingStep, book, bookings
from hearings.calendar.claiming import span
from hearings.mediation.life import BY_BOTH, mediations
from hearings.mediation.steps import MediationStep
from hearings.models import Booking, BookingKind, BookingState, Mediation, MediationSession, MediationState
from hearings.pool.experts import pool_of

_ACCEPTED = frozenset({MediationState.ACCEPTED})
# It stands on the calendar of everybody who works there, and names nobody.
_TITLE = "访调对接调解"


@verb(mediations, Step(key=MediationStep.PLAN, sources=_ACCEPTED, who=BY_BOTH))
def plan(
    mediation: Mediation, *, starts_at: datetime, ends_at: datetime, place: str, where: str, by: Post, at: datetime
) -> Effect:
    """约定调解: the time of the mediator and, where one of the house's is taken, of the place, on the calendar."""
    known = pool_of(by.unit.area).filter(mediations=mediation)
    booking = book(
        kind=BookingKind.MEDIATION.value, title=_TITLE, starts_at=starts_at, ends_at=ends_at, place=place,
        experts=[one.code for one in known], people=[] if place or known else [by.user.username], units=[],
        by=by, at=at,
    )  # fmt: skip
    told = booking.place.name if booking.place else where or mediation.point.name
    made = _new(mediation, place=told, starts_at=starts_at, booking=booking)
    return Effect({"number": str(made.number), "time": span(starts_at, ends_at), "place": told})


@verb(mediations, Step(key=MediationStep.CALL_OFF, sources=_ACCEPTED, who=BY_BOTH))
def call_off(mediation: Mediation, *, session: str, reason: str, by: Post, at: datetime) -> Effect:
    """取消约定: all that was booked for it is free again."""
    planned = _find(mediation, session)
    if not planned.is_waiting:
        raise Refusal("这一次已经举行或者取消，请核对。", field="session")
    _drop(planned, reason, by=by, at=at)
    return Effect({"number": str(planned.number), "reason": reason})


@verb(mediations, Step(key=MediationStep.HOLD, sources=_ACCEPTED, who=BY_BOTH))
def hold(
    mediation: Mediation, *, session: str, held_on: date, where: str, came: list[str], excused: list[str],
    absent: list[str], said: str, by: Post, at: datetime,
) -> Effect:  # fmt: skip
    """登记调解情况: of a meeting that was planned, or of one that was not."""
    _refuse_day(mediation, held_on, at)
    held = _find(mediation, session) if session else _new(mediation, place=where or mediation.point.name, day=held_on)
    if session and not held.is_waiting:
        raise Refusal("这一次已经登记或者取消，登记错的请“更正调解记录”。", field="session")
    _write(held, held_on=held_on, place=where or held.place, came=came, excused=excused, absent=absent, said=said)
    return Effect({
        "number": str(held.number), "happened_on": held_on.isoformat(), "place": held.place, "people": f"{len(came)}人",
    })  # fmt: skip


@verb(mediations, Step(key=MediationStep.AMEND, sources=_ACCEPTED, who=BY_BOTH))
def amend(
    mediation: Mediation, *, session: str, held_on: date, where: str, came: list[str], excused: list[str],
    absent: list[str], said: str, reason: str, by: Post, at: datetime,
) -> Effect:  # fmt: skip
    """更正调解记录: the words before stay in the chain of its events."""
    _refuse_day(mediation, held_on, at)
    held = _find(mediation, session)
    if held.held_on is None:
        raise Refusal("这一次还没有登记，请“登记调解情况”。", field="session")
    given = {
        "held_on": held_on, "place": where or held.place, "came": came, "excused": excused, "absent": absent,
        "said": said,
    }  # fmt: skip
    before = {name: getattr(held, name) for name, value in given.items() if getattr(held, name) != value}
    if not before:
        raise Refusal("没有改动，无需保存。")
    _write(held, **given)
    labels = [str(MediationSession._meta.get_field(name).verbose_name) for name in before]  # type: ignore[union-attr]
    return Effect({"number": str(held.number), "changed": labels, "before": _plain(before), "reason": reason})


def drop_plans(mediation: Mediation, reason: str, *, by: Post | None, at: datetime) -> None:
    """Call off what is planned and has not been held, when the mediation ends. The caller holds the mediation."""
    for planned in mediation.sessions.filter(held_on=None, called_off_at=None):
        _drop(planned, reason, by=by, at=at)


# The system's own end of a booking, by whom it was made and whenever it was.
_GIVEN_BACK = Step[Booking](
    key=BookingStep.CANCEL, sources=frozenset({BookingState.BOOKED}), targets=(BookingState.CANCELLED,), by_system=True
)


def _drop(planned: MediationSession, reason: str, *, by: Post | None, at: datetime) -> None:
    planned.called_off_at, planned.reason = at, reason
    planned.save(update_fields=["called_off_at", "reason"])
    if planned.booking_id is None:
        return
    booking = bookings.lock(Booking(pk=planned.booking_id))
    if booking.state == BookingState.BOOKED:
        settle(bookings, _GIVEN_BACK, booking, BookingEffect({"reason": "调解取消"}), by=by, at=at)


def _new(mediation: Mediation, *, place: str, day: date | None = None, **columns: Any) -> MediationSession:
    last = mediation.sessions.aggregate(last=Max("number"))["last"] or 0
    return MediationSession.objects.create(mediation=mediation, number=last + 1, place=place, held_on=day, **columns)


def _find(mediation: Mediation, number: str) -> MediationSession:
    is_number = number.isascii() and number.isdigit() and len(number) < 5
    found = mediation.sessions.filter(number=int(number)).first() if is_number else None
    if found is None:
        raise Refusal("没有这一次调解，请从列表中选择。", field="session")
    return found


def _write(held: MediationSession, **given: Any) -> None:
    for name, value in given.items():
        setattr(held, name, value)
    held.save()


def _plain(before: dict[str, Any]) -> dict[str, Any]:
    """Tell what stood there as JSON takes it, in full: the event alone has it from now on."""
    return {name: _full(value) for name, value in before.items()}


def _full(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return in_full(value) if isinstance(value, str) else [in_full(line) for line in value]


def _refuse_day(mediation: Mediation, held_on: date, at: datetime) -> None:
    first = mediation.answered_on or mediation.referred_on
    if not first <= held_on <= timezone.localdate(at):
        raise Refusal(f"调解日期应在接收委派之日（{first:%Y年%m月%d日}）至今天之间，请核对。", field="held_on")


def sessions_of(mediation: Mediation) -> Sequence[MediationSession]:
    """Read its meetings in their order, with what is booked."""
    return list(mediation.sessions.select_related("booking__place"))
