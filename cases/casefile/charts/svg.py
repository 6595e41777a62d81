"""Shapes as an SVG element, for a page or for paper. Classes and presentation attributes alone: the policy of the
house allows no inline style. Written by `str.format` like the lines of a list: a wall chart has a thousand shapes.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from cases.casefile.charts.shapes import LEADING, Drawing, Line, Rect, Shape, Text

_ARROW = 5.0
_HATCHES = """<defs>
<pattern id="{slug}-tail" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern>
<pattern id="{slug}-extension" width="4" height="4" patternUnits="userSpaceOnUse"><circle class="dot" cx="2" cy="2" r="1"/></pattern>
<pattern id="{slug}-pause" width="8" height="8" patternUnits="userSpaceOnUse"><line class="hatch" x1="0" y1="4" x2="8" y2="4"/></pattern>
<pattern id="{slug}-late" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><line class="hatch-late" x1="0" y1="0" x2="0" y2="5"/></pattern>
</defs>"""  # noqa: E501


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _rect(shape: Rect, slug: str) -> str:
    fill = f' fill="url(#{slug}-{shape.hatch})"' if shape.hatch else ""
    place = " ".join(
        f'{name}="{_number(value)}"'
        for name, value in (
            ("x", shape.x), ("y", shape.y), ("width", shape.width), ("height", shape.height), ("rx", shape.round),
        )
    )  # fmt: skip
    return f'<rect class="{shape.look}" {place}{fill}/>'


def _line(shape: Line, slug: str) -> str:
    path = "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in shape.points)
    drawn = f'<path class="line {shape.look}" d="{path}" fill="none"/>'
    return drawn + _tip(shape) if shape.arrow else drawn


def _tip(shape: Line) -> str:
    (from_x, from_y), (x, y) = shape.points[-2:]
    if from_x == x:
        back = y - _ARROW if y > from_y else y + _ARROW
        corners = ((x, y), (x - 3, back), (x + 3, back))
    else:
        back = x - _ARROW if x > from_x else x + _ARROW
        corners = ((x, y), (back, y - 3), (back, y + 3))
    points = " ".join(f"{_number(px)},{_number(py)}" for px, py in corners)
    return f'<polygon class="tip {shape.look}" points="{points}"/>'


def _text(shape: Text, slug: str) -> str:
    anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
    head = f'<text class="{shape.look}" font-size="{_number(shape.size)}"{anchor}>'
    lines = "".join(
        f'<tspan x="{_number(shape.x)}" y="{_number(shape.y + shape.size * (LEADING * number + 1))}">{escape(line)}'
        "</tspan>"
        for number, line in enumerate(shape.lines)
    )
    return f"{head}{lines}</text>"


_DRAW: Mapping[type, Callable[[Any, str], str]] = {Rect: _rect, Line: _line, Text: _text}


def _drawn(shape: Shape, slug: str) -> str:
    return _DRAW[type(shape)](shape, slug)


def markup(drawing: Drawing, *, look: str = "") -> SafeString:
    """Write the picture as one `<svg>`, named and described for a reading aid.

    Not for speed without a template: shapes by the hundred are reckoned in Python, and there is no page around them.
    """
    slug = escape(drawing.slug)
    # A little room around, so that the strokes of the outermost boxes are whole.
    size = f"{_number(drawing.width + 4)} {_number(drawing.height + 4)}"
    shapes = "\n".join(_drawn(shape, slug) for shape in drawing.shapes)
    drawn = (
        f'<svg class="diagram {look}" viewBox="-2 -2 {size}" role="img" aria-labelledby="{slug}-title {slug}-desc"'
        f' xmlns="http://www.w3.org/2000/svg"><title id="{slug}-title">{escape(drawing.title)}</title>'
        f'<desc id="{slug}-desc">{escape(drawing.words)}</desc>{_HATCHES.format(slug=slug)}\n{shapes}</svg>'
    )
    return mark_safe(drawn)  # noqa: S308  every word was escaped above
