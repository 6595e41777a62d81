"""Standing of a matter on a day: its clocks in words, and the one that matters now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.statute.wording import say_day
from binzhou_xinfang.web.lights import Light, due_light
from cases.models import Deadline, PetitionCase


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock with its light on the day."""

    deadline: Deadline
    light: Light

    @property
    def label(self) -> str:
        return str(Rule(self.deadline.rule).label)


def light_of(clock: Deadline, *, on: date) -> Light:
    """Choose the light of a clock on a day. The end of a right is nobody's fault and never red."""
    if clock.met_on:
        late = ((clock.waits_since or clock.met_on) - clock.legal_on).days
        done = f"{say_day(clock.met_on, on)}完成"
        if late > 0:
            return Light("red", f"{done}，逾期 {late} 天")
        return (
            Light("red", f"{done}，延期前已逾期") if clock.lapsed_before_extension else Light("green", f"{done}，按期")
        )
    has_ended = clock.gives_right and clock.legal_on < on
    if has_ended:
        return Light("grey", "已届满")
    if clock.cancelled_on:
        return _cancelled(clock, clock.cancelled_on, on=on)
    return due_light(clock.legal_on, on=on) if clock.is_urging else _waiting(clock, on=on)


def _waiting(clock: Deadline, *, on: date) -> Light:
    if clock.suspended_on:
        pauses_for = PERIODS[Rule(clock.rule)].pauses_for
        return Light("grey", f"{say_day(clock.suspended_on, on)}起中止（{pauses_for}时间不计）")
    since = clock.waits_since or on
    last = f"至{say_day(clock.legal_on, on)}，{say_day(since, on)}起等待其他单位决定"
    return Light("red" if since > clock.legal_on else "grey", last)


def _cancelled(clock: Deadline, cancelled_on: date, *, on: date) -> Light:
    said = f"{say_day(cancelled_on, on)}取消"
    if clock.lapsed_before_extension:
        return Light("red", f"{said}，延期前已逾期")
    if clock.was_in_time is False:
        return Light("red", f"{said}，此前已逾期 {((clock.waits_since or cancelled_on) - clock.legal_on).days} 天")
    return Light("grey", said)


def clocks_of(deadlines: Sequence[Deadline], *, on: date) -> list[Clock]:
    """List the running clocks first, by their legal day; then the stopped ones, the latest first."""
    running = sorted((d for d in deadlines if d.is_running), key=lambda d: (d.legal_on, d.pk))
    stopped = sorted((d for d in deadlines if not d.is_running), key=lambda d: -d.pk)
    return [Clock(deadline, light_of(deadline, on=on)) for deadline in (*running, *stopped)]


def clock_now(case: PetitionCase, clocks: Sequence[Clock]) -> Clock | None:
    """Find the running clock that the worklists order this matter by; None when none runs or the matter is closed."""
    if not case.is_open:
        return None
    return next(
        (c for c in clocks if c.deadline.days_left(case.due_on) is not None and c.deadline.rule == case.due_rule), None
    )
