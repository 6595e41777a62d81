"""All three charts of a matter on one sheet of A4: one picture, as large as the sheet allows."""

from collections.abc import Sequence
from dataclasses import replace

from cases.casefile.charts import clock_chart, duty_chart, flow
from cases.casefile.charts.read import CHARTS, Charts
from cases.casefile.charts.shapes import Drawing, Line, Shape, text

# The room of the sheet inside its margins, under its head, in millimetres.
ROOM = (190.0, 262.0)
# The same facts set narrower make larger letters and a longer picture: the best of these is taken.
WIDTHS = (700.0, 780.0, 860.0, 940.0, 1020.0, 1100.0, 1200.0)
_HEAD, _BETWEEN = 24.0, 16.0


def draw_sheet(charts: Charts) -> Drawing:
    """Draw the picture at the width at which it fits the sheet in the largest letters."""
    return max((_stacked(charts, width) for width in WIDTHS), key=scale_of)


def scale_of(drawing: Drawing) -> float:
    """Measure a unit of the picture on the sheet, in millimetres."""
    return min(ROOM[0] / drawing.width, ROOM[1] / drawing.height)


def _stacked(charts: Charts, width: float) -> Drawing:
    number = charts.flow.number
    drawings = (
        flow.draw_flow(charts.flow, flow.paper(width)),
        duty_chart.draw_duties(number, charts.duties, duty_chart.paper(width)),
        clock_chart.draw_clocks(number, charts.clocks, charts.today, clock_chart.paper(width)),
    )
    shapes: list[Shape] = []
    y = 0.0
    for name, drawing in zip(CHARTS.values(), drawings, strict=True):
        shapes.append(text(0, y, name, 15, room=width, look="strong"))
        shapes += lowered(drawing.shapes, y + _HEAD)
        y += _HEAD + drawing.height + _BETWEEN
    words = "".join(drawing.words for drawing in drawings)
    return Drawing("sheet", width, y - _BETWEEN, f"{number} 三图", words, tuple(shapes))


def lowered(shapes: Sequence[Shape], by: float) -> list[Shape]:
    """Move the same shapes further down."""
    return [_lowered(shape, by) for shape in shapes]


def _lowered(shape: Shape, by: float) -> Shape:
    if isinstance(shape, Line):
        return replace(shape, points=tuple((x, y + by) for x, y in shape.points))
    return replace(shape, y=shape.y + by)
