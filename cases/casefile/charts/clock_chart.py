"""时限图, drawn: all clocks on one line of days, with strict and legal day, extension, pauses, and today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from binzhou_xinfang.statute.wording import say_date
from cases.casefile.charts.axis import Axis
from cases.casefile.charts.clock_rows import ClockRow
from cases.casefile.charts.shapes import LEADING, Drawing, Line, Rect, Shape, Text, text
from cases.casefile.charts.text import short_law, width_of

BAR, TOP, LEGEND = 12.0, 30.0, 34.0
_MARGIN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Size:
    """Widths. `label`, `words`: the columns left and right of the bars; both 0: the words stand above the bar."""

    width: float
    label: float
    words: float
    row: float


WIDE = Size(960, 190, 196, 44)
NARROW = Size(340, 0, 0, 78)


def paper(width: float) -> Size:
    """Choose the size for the sheet."""
    return Size(width, 176, 196, 44)


def axis_of(rows: Sequence[ClockRow], today: date, x: float, width: float) -> Axis:
    """Span the axis from the first start to the last day of any clock; to today while a clock runs."""
    days = [row.started_on for row in rows] + [row.last_on for row in rows]
    if any(row.is_running for row in rows) or not rows:
        days.append(today)
    return Axis(min(days) - _MARGIN, max(days) + _MARGIN, x, width)


def draw_clocks(number: str, rows: Sequence[ClockRow], today: date, size: Size, *, slug: str = "clocks") -> Drawing:
    """Draw these clocks at this size."""
    axis = axis_of(rows, today, size.label + 6, size.width - size.label - size.words - 18)
    bottom = TOP + len(rows) * size.row
    shapes: list[Shape] = list(grid(axis, bottom))
    for place, row in enumerate(rows):
        shapes += _row(row, axis, TOP + place * size.row, size, today)
    if axis.holds(today):
        shapes += _today(axis, today, bottom)
    shapes += _legend(bottom + 12, size.width)
    height = shapes[-1].y + LEGEND / 2 if isinstance(shapes[-1], Text) else bottom + LEGEND
    return Drawing(slug, size.width, height, f"{number} 时限图", words_of(rows, today), tuple(shapes))


def words_of(rows: Sequence[ClockRow], today: date) -> str:
    """Word the same in one paragraph."""
    said = [f"{row.label}：{days_of(row, today)}，{row.light.words}" for row in rows]
    return f"今天{say_date(today, today)}。" + ("；".join(said) + "。" if said else "没有期限。")


def days_of(row: ClockRow, today: date) -> str:
    """Word first and last day, with the day after rest days when it is another."""
    ends = f"{say_date(row.started_on, today)}至{say_date(row.strict_on, today)}"
    rolled = f"，顺延至{say_date(row.legal_on, today)}" if row.legal_on != row.strict_on else ""
    return ends + rolled


def grid(axis: Axis, bottom: float) -> list[Shape]:
    """Draw the line of days with the ticks by which it is read, down to `bottom`."""
    shapes: list[Shape] = [Line(((axis.x, TOP), (axis.x + axis.width, TOP)), "is-axis")]
    free = axis.x
    for day in axis.ticks(58):
        x = axis.at(day)
        shapes.append(Line(((x, TOP), (x, bottom)), "is-grid"))
        words = f"{day.month}月{day.day}日" if (day.month, day.day) != (1, 1) else f"{day.year}年"
        middle, half = _within(axis, x, words, 10), width_of(words, 10) / 2
        # The words of a tick at the very end are moved inwards, and may find no room there.
        if middle - half >= free:
            shapes.append(Text(middle, TOP - 15, (words,), 10, "soft", 58, "middle"))
            free = middle + half
    return shapes


def _within(axis: Axis, x: float, words: str, size: float) -> float:
    """Centre these words over `x` so that they do not reach beyond the axis."""
    half = width_of(words, size) / 2
    return min(max(x, axis.x + half), axis.x + axis.width - half)


def _today(axis: Axis, today: date, bottom: float) -> list[Shape]:
    x, words = axis.at(today), f"今天 {today.month}月{today.day}日"
    return [
        Line(((x, TOP), (x, bottom)), "is-today"),
        Text(_within(axis, x, words, 10.5), 0, (words,), 10.5, "today", width_of(words, 10.5), "middle"),
    ]


def _row(row: ClockRow, axis: Axis, y: float, size: Size, today: date) -> list[Shape]:
    shapes: list[Shape] = [Line(((0, y), (size.width, y)), "is-grid")]
    details = "；".join([days_of(row, today), *row.notes])
    mark = f"{_sign(row)} {row.light.words}"
    if size.label:
        left = size.width - size.words
        shapes.append(text(0, y + 5, row.label, 12, room=size.label, look="strong", most=1))
        shapes.append(text(0, y + 22, short_law(row.article), 10, room=size.label, look="soft", most=1))
        said = text(left, y + 2, mark, 11, room=size.words, look=f"light-{row.light.colour}", most=2)
        rest = 2 if len(said.lines) == 1 else 1
        below = text(left, y + 1 + said.height, details, 9.5, room=size.words, look="soft", most=rest)
        shapes += [said, below]
        return shapes + bar_of(row, axis, y + (size.row - BAR) / 2)
    shapes.append(
        text(0, y + 4, f"{row.label} {mark}", 11.5, room=size.width, look=f"light-{row.light.colour}", most=1)
    )
    shapes.append(text(0, y + 21, details, 10.5, room=size.width, look="soft", most=1))
    return shapes + bar_of(row, axis, y + 54)


def _sign(row: ClockRow) -> str:
    """Choose the sign that goes with the words: never colour alone."""
    if row.cancelled_on:
        return "×"
    if row.late_until:
        return "！"
    return "✓" if row.met_on else "●"


def bar_of(row: ClockRow, axis: Axis, y: float) -> list[Shape]:
    """Draw the bar of one clock with its parts and the mark of its end; its top at `y`."""

    def part(first: date, last: date, look: str, hatch: str = "") -> Rect:
        return Rect(axis.at(first), y, max(axis.at(last) - axis.at(first), 1), BAR, look, 0, hatch)

    shapes: list[Shape] = [part(row.started_on, row.strict_on, f"bar bar-{row.light.colour}")]
    if row.extended_from:
        shapes.append(part(row.extended_from, row.strict_on, "bar-part", "extension"))
    if row.legal_on > row.strict_on:
        shapes.append(part(row.strict_on, row.legal_on, "bar-part", "tail"))
    shapes += [part(first, last, "bar-part is-pause", "pause") for first, last in row.pauses]
    if row.late_until:
        shapes.append(part(row.legal_on, row.late_until, "bar-part is-late", "late"))
    stopped = row.met_on or row.cancelled_on
    if stopped:
        x = axis.at(stopped)
        shapes.append(Line(((x, y - 5), (x, y + BAR + 5)), "is-stop"))
        shapes.append(Text(x, y - 18, ("✓" if row.met_on else "×",), 11, "strong", 12, "middle"))
    return shapes


_SIGNS = (
    ("bar bar-grey", "", "期限内"),
    ("bar-part", "extension", "延长的部分"),
    ("bar-part", "tail", "遇休息日顺延"),
    ("bar-part is-pause", "pause", "听证中止，不计入"),
    ("bar-part is-late", "late", "逾期"),
)


def _legend(y: float, width: float) -> list[Shape]:
    shapes: list[Shape] = []
    x, size = 0.0, 10.5
    for look, hatch, words in (*_SIGNS, ("", "", "✓完成 ×取消 ！逾期 ●进行中")):
        needed = (26 if look else 0) + width_of(words, size) + 16
        if x and x + needed > width:
            x, y = 0, y + size * LEADING + 6
        if look:
            shapes.append(Rect(x, y + 2, 20, 10, look, 0, hatch))
        shapes.append(text(x + (26 if look else 0), y, words, size, room=width, look="soft"))
        x += needed
    return shapes
