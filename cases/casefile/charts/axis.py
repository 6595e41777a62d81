"""A line of days: the place of each day on it, and the ticks that it is read by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_STEPS_OF_DAYS = (1, 2, 5, 7, 14)
_STEPS_OF_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from `first` to `last` on a line that begins at `x` and is `width` long."""

    first: date
    last: date
    x: float
    width: float

    def at(self, day: date) -> float:
        """Find the place of a day; one outside stands at the nearer end."""
        inside = min(max(day, self.first), self.last)
        return self.x + self.width * (inside - self.first).days / max((self.last - self.first).days, 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def ticks(self, room: float) -> list[date]:
        """List days to be written, evenly spread, each with at least `room` to itself."""
        most = max(int(self.width // room), 1)
        days = (self.last - self.first).days
        for step in _STEPS_OF_DAYS:
            if days / step < most:
                return [self.first + timedelta(days=at) for at in range(0, days + 1, step)]
        for months in _STEPS_OF_MONTHS:
            ticks = list(self._month_ticks(months))
            if len(ticks) <= most and days / (30 * months) < most:
                return ticks
        return [self.first]

    def _month_ticks(self, months: int) -> Iterator[date]:
        count = self.first.year * 12 + self.first.month - 1
        while (day := date(count // 12, count % 12 + 1, 1)) <= self.last:
            if day >= self.first:
                yield day
            count += months
