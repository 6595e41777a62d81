"""Shapes of a picture: boxes, lines, signs and texts in units of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.casefile.charts.text import width_of, wrap

LEADING = 1.35
PAD = 8.0


@dataclass(frozen=True, slots=True)
class Rect:
    """A box; `look` names its CSS class, `key` says what it stands for when it is a node."""

    x: float
    y: float
    width: float
    height: float
    look: str
    round: float = 3
    hatch: str = ""
    key: str = ""

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; `arrow`: its last point is the tip of an arrow."""

    points: tuple[tuple[float, float], ...]
    look: str
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text; `y` is the top of the first. `room` is the width they were broken for."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float
    look: str = ""
    room: float = 0
    anchor: str = "start"

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING

    @property
    def width(self) -> float:
        return max((width_of(line, self.size) for line in self.lines), default=0)


Shape = Rect | Line | Text


@dataclass(frozen=True)
class Drawing:
    """A finished picture; `words` tells the same to somebody who does not see it."""

    slug: str
    width: float
    height: float
    title: str
    words: str
    shapes: tuple[Shape, ...]

    @property
    def nodes(self) -> list[Rect]:
        """The boxes that stand for something (not lanes, bars or frames)."""
        return [shape for shape in self.shapes if isinstance(shape, Rect) and shape.key]

    @property
    def texts(self) -> list[Text]:
        return [shape for shape in self.shapes if isinstance(shape, Text)]


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph of a box before it has a place."""

    text: str
    size: float
    look: str = ""
    most: int = 0


def text(x: float, y: float, words: str, size: float, *, room: float, look: str = "", most: int = 0) -> Text:
    """Break words into lines for the room that there is."""
    return Text(x, y, wrap(words, room, size, most=most), size, look, room)


def height_of(parts: Sequence[Part], width: float) -> float:
    """Measure the height that a box of this width needs for its paragraphs."""
    room = width - 2 * PAD
    lines = sum(len(wrap(part.text, room, part.size, most=part.most)) * part.size * LEADING for part in parts)
    return lines + 2 * PAD - 2


def box(rect: Rect, parts: Sequence[Part]) -> list[Shape]:
    """Draw the box with its paragraphs set one under the other."""
    shapes: list[Shape] = [rect]
    y = rect.y + PAD - 1
    for part in parts:
        set_text = text(
            rect.x + PAD, y, part.text, part.size, room=rect.width - 2 * PAD, look=part.look, most=part.most
        )
        shapes.append(set_text)
        y += set_text.height
    return shapes
