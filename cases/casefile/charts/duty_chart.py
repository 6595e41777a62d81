"""责任图, drawn: the duties one after the other as the matter passes from hand to hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cases.casefile.charts.duties import Duty
from cases.casefile.charts.shapes import Drawing, Line, Part, Rect, Shape, box, height_of

GAP_X, GAP_Y = 26.0, 26.0


@dataclass(frozen=True, slots=True)
class Size:
    width: float
    columns: int


WIDE = Size(960, 4)
NARROW = Size(340, 1)


def paper(width: float) -> Size:
    """Choose the size for the sheet."""
    return Size(width, max(int(width // 190), 1))


def draw_duties(number: str, duties: Sequence[Duty], size: Size, *, slug: str = "duties") -> Drawing:
    """Draw these duties at this size."""
    width = (size.width - GAP_X * (size.columns - 1)) / size.columns
    shapes: list[Shape] = []
    places: list[Rect] = []
    y = 2.0
    for first in range(0, len(duties), size.columns):
        row = duties[first : first + size.columns]
        height = max(height_of(_parts(duty), width) for duty in row)
        for place, duty in enumerate(row):
            rect = Rect(
                place * (width + GAP_X),
                y,
                width,
                height,
                f"node duty-{duty.stand.name.lower()}",
                4,
                key=f"duty-{first + place}",
            )
            shapes += box(rect, _parts(duty))
            places.append(rect)
        y += height + GAP_Y
    shapes += [_arrow(one, other) for one, other in pairwise(places)]
    return Drawing(slug, size.width, max(y - GAP_Y + 4, 10), f"{number} 责任图", words_of(duties), tuple(shapes))


def words_of(duties: Sequence[Duty]) -> str:
    """Word the same in one paragraph."""
    return "；".join(f"{duty.label}：{duty.unit}，{duty.light.words}" for duty in duties) + "。"


def _parts(duty: Duty) -> list[Part]:
    people = [Part(str(person), 11, "num") for person in duty.people] or [Part("人员未定", 11, "soft")]
    phone = [Part(f"单位电话 {duty.phone}", 11, "num")] if duty.phone else []
    return [
        Part(duty.label, 11, "soft"),
        Part(duty.unit, 13, "strong", 3),
        *people,
        *phone,
        Part(duty.basis, 10.5, "soft", 3),
        Part(f"{duty.stand.value} {duty.light.words}", 11.5, f"light-{duty.light.colour}", 2),
    ]


def _arrow(one: Rect, other: Rect) -> Line:
    if one.y == other.y:
        y = one.y + one.height / 2
        return Line(((one.right, y), (other.x, y)), "is-past", arrow=True)
    between = one.bottom + GAP_Y / 2
    points = ((one.middle, one.bottom), (one.middle, between), (other.middle, between), (other.middle, other.y))
    return Line(points, "is-past", arrow=True)
