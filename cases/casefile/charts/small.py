"""The three charts as small pictures for the page of a matter, from what that page has read already: no query."""

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString

from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.web.lights import Light
from cases.casefile.charts.axis import Axis
from cases.casefile.charts.clock_chart import axis_of, bar_of
from cases.casefile.charts.clock_rows import ClockRow, clock_rows
from cases.casefile.charts.duties import NOT_BEGUN, Stand, Standing, standing_of
from cases.casefile.charts.duty_rows import WORK
from cases.casefile.charts.read import CHARTS, fitting
from cases.casefile.charts.road import ways_from
from cases.casefile.charts.shapes import Drawing, Line, Part, Rect, Shape, box, text
from cases.casefile.charts.svg import markup
from cases.clocks.standing import Clock
from cases.models import PetitionCase
from cases.states import State

WIDTH = 232.0
_BOX, _GAP, _HEIGHT = 66.0, 17.0, 52.0
_ROW = 17.0
MOST_CLOCKS = 6


def small_charts(case: PetitionCase, clocks: Sequence[Clock], today: date) -> list[tuple[str, str, SafeString]]:
    """Draw each: slug, name and picture; `case` and the clocks have their units."""
    drawn = (_flow(case), _duties(case, clocks, today), _clocks(case, clocks, today))
    return [(slug, name, markup(drawing)) for (slug, name), drawing in zip(CHARTS.items(), drawn, strict=True)]


def _flow(case: PetitionCase) -> Drawing:
    """Draw the state before, the state now, the state that usually follows; and count the other ways."""
    state = State(case.state)
    before = State(case.previous_state) if case.previous_state else None
    ways = ways_from(state, before, fitting(case), is_simple=case.is_simple, owes=case.owes_execution)
    likely = next((way.target for way in ways if way.is_likely), None)
    stops = [(before, "node is-past"), (state, "node is-current"), (likely, "node is-ahead")]
    shapes: list[Shape] = []
    for place, (stop, look) in enumerate(stops):
        if stop is None:
            continue
        x = 1 + place * (_BOX + _GAP)
        shapes += box(Rect(x, 2, _BOX, _HEIGHT, look, 3, key=f"small-{place}"), [Part(str(stop.label), 11, "", 3)])
        if place == 2 or (place == 1 and before):
            shapes.append(Line(((x - _GAP, 28), (x, 28)), "is-past" if place == 1 else "is-ahead", arrow=True))
    others = len(ways) - (likely is not None)
    words = f"现为{state.label}，" + (f"另有{others}种办理去向" if others else "没有其他办理去向")
    shapes.append(text(0, _HEIGHT + 7, words, 11, room=WIDTH, look="soft", most=1))
    return Drawing("small-flow", WIDTH, _HEIGHT + 24, "流程图", words, tuple(shapes))


def _duties(case: PetitionCase, clocks: Sequence[Clock], today: date) -> Drawing:
    rows = [("登记", case.registered_unit, (Light("green", "已完成"), Stand.DONE))]
    if case.sender:
        rows.append(("转办", case.sender, _stand(clocks, today, Rule.TRIAGE)))
    if case.responsible:
        rows.append(("主办", case.responsible, _stand(clocks, today, *WORK, Rule.NOTICE)))
    shapes: list[Shape] = []
    for place, (label, unit, (light, stand)) in enumerate(rows):
        y = place * 34.0
        name = f"{label} {unit.short_name or unit.name}"
        shapes.append(text(0, y, name, 11.5, room=WIDTH, look="strong", most=1))
        mark = f"{stand.value} {light.words}"
        shapes.append(text(0, y + 16, mark, 11, room=WIDTH, look=f"light-{light.colour}", most=1))
    words = "；".join(f"{label}：{unit.name}，{light.words}" for label, unit, (light, _) in rows)
    return Drawing("small-duties", WIDTH, len(rows) * 34.0, "责任图", words, tuple(shapes))


def _stand(clocks: Sequence[Clock], today: date, *rules: Rule) -> Standing:
    """Word the duty by the first of these clocks that there is; the running ones stand first."""
    deadlines = (clock.deadline for rule in rules for clock in clocks if clock.deadline.rule == rule)
    clock = next(deadlines, None)
    return standing_of(clock, on=today) if clock else NOT_BEGUN


def _clocks(case: PetitionCase, clocks: Sequence[Clock], today: date) -> Drawing:
    rows = clock_rows((clock.deadline for clock in clocks[:MOST_CLOCKS]), on=today)
    axis = axis_of(rows, today, 2, WIDTH - 4)
    shapes: list[Shape] = [shape for place, row in enumerate(rows) for shape in _bar(row, axis, place * _ROW)]
    bottom = len(rows) * _ROW + 4
    if axis.holds(today):
        shapes.append(Line(((axis.at(today), 0), (axis.at(today), bottom)), "is-today"))
    running = sum(row.is_running for row in rows)
    late = sum(row.is_running and row.late_until is not None for row in rows)
    words = f"{running}个期限正在计算" + (f"，{late}个已逾期" if late else "")
    more = len(clocks) - len(rows)
    said = f"{words}，另有{more}个" if more else words
    shapes.append(text(0, bottom + 4, f"红色虚线为今天；{said}", 11, room=WIDTH, look="soft", most=1))
    return Drawing("small-clocks", WIDTH, bottom + 20, "时限图", said, tuple(shapes))


def _bar(row: ClockRow, axis: Axis, y: float) -> list[Shape]:
    return [shape for shape in bar_of(row, axis, y + 3) if isinstance(shape, Rect)]
