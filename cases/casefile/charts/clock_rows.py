"""时限图, its facts: one row a clock, in the order in which they began."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.wording import say_date, say_span
from binzhou_xinfang.web.lights import Light
from cases.clocks.standing import light_of
from cases.models import Deadline

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock. `extended_from`: where the extension begins; `pauses`: spans that do not count (第三十六条第二款)."""

    pk: int
    label: str
    article: str
    unit: str
    started_on: date
    strict_on: date
    legal_on: date
    extended_from: date | None
    pauses: tuple[Span, ...]
    met_on: date | None
    cancelled_on: date | None
    late_until: date | None
    is_provisional: bool
    light: Light

    @property
    def is_running(self) -> bool:
        return self.met_on is None and self.cancelled_on is None

    @property
    def notes(self) -> list[str]:
        """Notes on extension, pauses, and a calendar not published yet."""
        extended = [f"延长{(self.strict_on - self.extended_from).days}日"] if self.extended_from else []
        paused = [f"{say_span(first, last, self.started_on)}听证，不计入" for first, last in self.pauses]
        cancelled = [f"{say_date(self.cancelled_on, self.started_on)}取消"] if self.cancelled_on else []
        return extended + paused + cancelled + (["暂算"] if self.is_provisional else [])

    @property
    def last_on(self) -> date:
        """The last day that the row shows."""
        return max(self.legal_on, self.met_on or self.legal_on, self.late_until or self.legal_on)


def clock_rows(deadlines: Iterable[Deadline], *, on: date) -> list[ClockRow]:
    """List the clocks as rows on a day. Reads `deadline.unit`."""
    ordered = sorted(deadlines, key=lambda clock: (clock.started_on, clock.pk))
    return [_row(clock, on) for clock in ordered]


def _row(clock: Deadline, on: date) -> ClockRow:
    extended = clock.strict_on - timedelta(days=clock.extended_by) if clock.extended_by else None
    return ClockRow(
        pk=clock.pk,
        label=str(Rule(clock.rule).label),
        article=clock.article,
        unit=clock.unit.short_name or clock.unit.name if clock.unit else "",
        started_on=clock.started_on,
        strict_on=clock.strict_on,
        legal_on=clock.legal_on,
        extended_from=extended,
        pauses=pauses_of(clock, on),
        met_on=clock.met_on,
        cancelled_on=clock.cancelled_on,
        late_until=_late_until(clock, on),
        is_provisional=clock.is_provisional,
        light=light_of(clock, on=on),
    )


def _late_until(clock: Deadline, on: date) -> date | None:
    """Find the day to which a duty ran over its legal day; the end of a right runs over nothing."""
    if clock.gives_right or clock.cancelled_on or (clock.is_running and not clock.is_urging):
        return None
    end = clock.waits_since or clock.met_on or on
    return end if end > clock.legal_on else None


def pauses_of(clock: Deadline, on: date) -> tuple[Span, ...]:
    """List the spans in which the clock stood still; the one that has not ended goes on to the day."""
    standing = ((clock.suspended_on, on),) if clock.suspended_on and clock.is_running else ()
    return (*clock.spans, *standing)
