"""Twelve months of a figure as a small line, with its words for who does not see it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from supervision.figures.counting import values_by_month
from supervision.figures.figure import Figure, Period, Value, months_back
from supervision.figures.rates import RATES
from supervision.web.figures.asking import Asked

MONTHS = 12
# The box of the line, and the least span of its height in points of a hundred, or in items: a tenth of a point is no
# mountain.
WIDTH, HEIGHT, EDGE = 132, 36, 3
LEAST_SPAN = 10.0


@dataclass(frozen=True, slots=True)
class Trend:
    """Course of one figure. `lines`: the points of each unbroken run of months that have a rate; `last`: where it ends;
    `words`: all of it in words; `change`: against the month before, "" where either has no rate; of what is no rate the
    month before itself, for a month that has only begun is no decline."""

    lines: Sequence[str]
    last: tuple[float, float] | None
    words: str
    change: str


def trends_of(asked: Asked) -> dict[str, Trend]:
    """Draw each rate over the twelve months that end with the asked one. One or two queries a rate."""
    period = asked.period.last_months(MONTHS)
    return {slug: trend(values_by_month(figure, asked.reach, period), figure, period) for slug, figure in RATES.items()}


def trend(values: Mapping[date, Value], figure: Figure, period: Period) -> Trend:
    """Draw the values of the months of the period."""
    months = [months_back(period.until.replace(day=1), back) for back in reversed(range(MONTHS))]
    rates = [_height(values.get(month, Value()), figure) for month in months]
    places = _places(rates)
    said = "，".join(f"{month.year}年{month.month}月{_words(values.get(month, Value()), figure)}" for month in months)
    lines = [" ".join(f"{x},{y}" for x, y in run) for run in _runs(places)]
    before = values.get(months[-2], Value())
    change = _change(rates[-2], rates[-1]) if figure.is_rate else f"上月全月 {before.counted} {figure.unit}"
    return Trend(lines, places[-1], f"{figure.label}近12个月：{said}", change)


def _height(value: Value, figure: Figure) -> float | None:
    if not figure.is_rate:
        return float(value.counted)
    return 100 * value.good / value.due if value.due else None


def _words(value: Value, figure: Figure) -> str:
    if not figure.is_rate:
        return f"{value.counted}{figure.unit}"
    return f"{value.percent}（{value.good}/{value.due}）" if value.due else "没有"


def _change(before: float | None, now: float | None) -> str:
    if before is None or now is None:
        return ""
    difference = round(now - before, 1)
    if not difference:
        return "与上月持平"
    return f"较上月{'上升' if difference > 0 else '下降'}{abs(difference)}个百分点"


def _places(rates: Sequence[float | None]) -> list[tuple[float, float] | None]:
    """Place each month in the box; None where it has no rate."""
    known = [rate for rate in rates if rate is not None]
    if not known:
        return [None] * len(rates)
    span = max(max(known) - min(known), LEAST_SPAN)
    lowest = max(0.0, min(*known, (max(known) + min(known) - span) / 2))
    step = (WIDTH - 2 * EDGE) / (len(rates) - 1)
    return [
        None
        if rate is None
        else (round(EDGE + place * step, 1), round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (rate - lowest) / span, 1))
        for place, rate in enumerate(rates)
    ]


def _runs(places: Sequence[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    run: list[tuple[float, float]] = []
    for place in [*places, None]:
        if place is not None:
            run.append(place)
        elif run:
            yield run
            run = []
