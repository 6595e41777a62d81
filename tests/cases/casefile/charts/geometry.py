"""Truths about any picture: nothing outside, nothing over another, texts in boxes, arrows from box to box."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from cases.casefile.charts.shapes import Drawing, Line, Rect, Text

Point = tuple[float, float]
Frame = tuple[float, float, float, float]
# The view box of the markup leaves this much around the picture; strokes are thinner.
MARGIN = 2.0
NEAR = 0.05
# Of a line's height (1.35 of the type size), this much is free under the letters.
_FREE = 0.15


def frame_of(shape: Rect | Text) -> Frame:
    """Left, top, right and bottom; of a text without the free space under its last line."""
    if isinstance(shape, Rect):
        return shape.x, shape.y, shape.right, shape.bottom
    left = {"start": shape.x, "middle": shape.x - shape.width / 2, "end": shape.x - shape.width}[shape.anchor]
    return left, shape.y, left + shape.width, shape.y + shape.height - shape.size * _FREE


def overlap(one: Frame, other: Frame) -> bool:
    """Check that the two share more than an edge."""
    return min(one[2], other[2]) - max(one[0], other[0]) > NEAR and min(one[3], other[3]) - max(one[1], other[1]) > NEAR


def inside(inner: Frame, outer: Frame, *, by: float = NEAR) -> bool:
    return (
        inner[0] >= outer[0] - by
        and inner[1] >= outer[1] - by
        and inner[2] <= outer[2] + by
        and inner[3] <= outer[3] + by
    )


def faults(drawing: Drawing) -> list[str]:
    """Everything that is wrong with the picture, in words."""
    return [
        *outside(drawing),
        *overlapping(drawing.nodes),
        *overlapping(drawing.texts),
        *spilling(drawing),
        *loose_arrows(drawing),
        *crossing(drawing),
    ]


def outside(drawing: Drawing) -> Iterator[str]:
    """List what the view box would cut off."""
    sheet = (0.0, 0.0, drawing.width, drawing.height)
    for shape in drawing.shapes:
        if isinstance(shape, Line):
            xs, ys = zip(*shape.points, strict=True)
            frame = (min(xs), min(ys), max(xs), max(ys))
        else:
            frame = frame_of(shape)
        if not inside(frame, sheet, by=MARGIN):
            yield f"outside: {shape}"


def overlapping(shapes: Sequence[Rect | Text]) -> Iterator[str]:
    for one, other in combinations(shapes, 2):
        if overlap(frame_of(one), frame_of(other)):
            yield f"overlap: {one} and {other}"


def spilling(drawing: Drawing) -> Iterator[str]:
    """Texts that begin in a box and do not end in it, and lines wider than the room that they were broken for."""
    for words in drawing.texts:
        frame = frame_of(words)
        if words.room and words.width > words.room + NEAR:
            yield f"too wide: {words}"
        for node in drawing.nodes:
            if overlap(frame, frame_of(node)) and not inside(frame, frame_of(node)):
                yield f"spills: {words} out of {node}"


# Short arrows of the wall chart: the number beside them says where they lead.
_STUBS = ("is-far", "is-return")


def on_edge(point: Point, rect: Rect) -> bool:
    x, y = point
    at_side = min(abs(x - rect.x), abs(x - rect.right)) < NEAR and rect.y - NEAR <= y <= rect.bottom + NEAR
    at_end = min(abs(y - rect.y), abs(y - rect.bottom)) < NEAR and rect.x - NEAR <= x <= rect.right + NEAR
    return at_side or at_end


def on_line(point: Point, line: Line) -> bool:
    return any(_between(point, one, other) for one, other in pairwise(line.points))


def _between(point: Point, one: Point, other: Point) -> bool:
    (x, y), (x1, y1), (x2, y2) = point, one, other
    return (
        min(x1, x2) - NEAR <= x <= max(x1, x2) + NEAR
        and min(y1, y2) - NEAR <= y <= max(y1, y2) + NEAR
        and (abs(x1 - x2) < NEAR or abs(y1 - y2) < NEAR)
    )


def loose_arrows(drawing: Drawing) -> Iterator[str]:
    """Arrows whose tip touches no box, or that begin neither at a box nor on another line."""
    lines = [shape for shape in drawing.shapes if isinstance(shape, Line)]
    for arrow in (line for line in lines if line.arrow and line.look not in _STUBS):
        if not any(on_edge(arrow.points[-1], node) for node in drawing.nodes):
            yield f"points nowhere: {arrow}"
        begins_at_box = any(on_edge(arrow.points[0], node) for node in drawing.nodes)
        if not begins_at_box and not any(on_line(arrow.points[0], line) for line in lines if line is not arrow):
            yield f"comes from nowhere: {arrow}"


def crossing(drawing: Drawing) -> Iterator[str]:
    """Lines that run through a box or through a text. (Lines of a grid lie below everything and may.)"""
    solid = [*drawing.nodes, *drawing.texts]
    for line in drawing.shapes:
        if not isinstance(line, Line) or not line.look.startswith(("is-past", "is-ahead", "is-branch", "is-forward")):
            continue
        for (x1, y1), (x2, y2) in pairwise(line.points):
            run = (min(x1, x2) - 0.2, min(y1, y2) - 0.2, max(x1, x2) + 0.2, max(y1, y2) + 0.2)
            for shape in solid:
                left, top, right, bottom = frame_of(shape)
                if overlap(run, (left + 0.3, top + 0.3, right - 0.3, bottom - 0.3)):
                    yield f"runs through: {line} and {shape}"
