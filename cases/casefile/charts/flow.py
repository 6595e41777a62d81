"""流程图 of one matter: the way so far, the current state, the ways still open, the road straight on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from binzhou_xinfang.statute.wording import listed, say_date
from cases.casefile.charts.journey import Step, folded
from cases.casefile.charts.road import Way
from cases.casefile.charts.shapes import Drawing, Line, Part, Rect, Shape, box, height_of, text
from cases.casefile.charts.text import short_law
from cases.states import OPEN_STATES, State

GAP_X, GAP_Y = 22.0, 26.0
STUB = 16.0
HEADING, _HEADING_ROOM = 24.0, 150.0


@dataclass(frozen=True, slots=True)
class Size:
    """Width of the picture and of its boxes, and its detail. `steps`: how many of the last are drawn."""

    width: float
    box: float
    columns: int
    details: bool = True
    steps: int = 60


WIDE = Size(960, 138, 3)
NARROW = Size(340, 158, 1)


def paper(width: float) -> Size:
    """Choose the size for the sheet: the ways as stubs without details, the older steps folded into one."""
    return Size(width, 124, max(int(width // 210), 1), details=False, steps=24)


@dataclass(frozen=True)
class Flow:
    """Facts of the chart. The way so far ends in `state`; `ahead` is the road that the matter usually goes on."""

    number: str
    state: State
    steps: Sequence[Step]
    ways: Sequence[Way]
    ahead: Sequence[Way]
    today: date


@dataclass(frozen=True, slots=True)
class _Card:
    parts: tuple[Part, ...]
    look: str
    key: str


def draw_flow(flow: Flow, size: Size, *, slug: str = "flow") -> Drawing:
    """Draw the picture at this size."""
    past = _past_cards(flow, size.steps)
    shapes: list[Shape] = [text(0, 0, "办理过程", 12, room=size.width, look="heading")]
    places, y = _serpentine(past, size, HEADING)
    shapes += _joined(past, places, "is-past")
    current = places[-1] if places else None
    if flow.ways:
        branches, y = _branches(flow, size, current, y + GAP_Y)
        shapes += branches
    if flow.ahead:
        shapes.append(text(0, y + 14, "一般办理顺序", 12, room=size.width, look="heading"))
        cards = [_ahead_card(way) for way in flow.ahead]
        places, y = _serpentine(cards, size, y + 14 + HEADING)
        shapes += _joined(cards, places, "is-ahead")
    return Drawing(slug, size.width, y + 4, f"{flow.number} 流程图", words_of(flow), tuple(shapes))


def words_of(flow: Flow) -> str:
    """Word the same in one paragraph."""
    passed = listed(f"{say_date(step.on, flow.today)}{step.label}" for step in flow.steps)
    ways = listed(f"{way.label}到{way.target.label}" for way in flow.ways)
    return f"已经办理：{passed}。现为{flow.state.label}。" + (f"现在可以：{ways}。" if ways else "没有后续办理。")


def _past_cards(flow: Flow, most: int) -> list[_Card]:
    steps = folded(flow.steps)
    left_out, shown = steps[:-most], steps[-most:]
    cards = [_past_card(step, flow.today, is_last=step is shown[-1]) for step in shown]
    if not left_out:
        return cards
    count = sum(step.times for step in left_out)
    first = Part(f"此前 {count} 步", 13, "strong")
    return [_Card((first, Part("见办理经过", 11, "soft")), "node is-folded", "past-folded"), *cards]


def _past_card(step: Step, today: date, *, is_last: bool) -> _Card:
    days = say_date(step.on, today)
    if step.times > 1:
        days = f"{days}起{step.times}次"
    name = str(step.state.label) if step.state else step.label
    parts = [Part(f"{step.label} {days}", 10.5, "soft", 2), Part(name, 13, "strong", 2)]
    parts.append(Part(step.unit or "系统", 10.5, "", 2))
    if is_last:
        parts.append(Part("● 当前", 11, "now"))
    return _Card(tuple(parts), "node is-current" if is_last else "node is-past", f"past-{step.seq}")


def _ahead_card(way: Way) -> _Card:
    parts = [
        Part(way.label, 10.5, "soft", 2),
        Part(str(way.target.label), 13, "strong", 2),
        Part(short_law(way.article), 10.5),
    ]
    is_end = way.target not in OPEN_STATES
    if is_end:
        parts.append(Part("■ 终点", 11, "soft"))
    return _Card(tuple(parts), "node is-end" if is_end else "node is-ahead", f"ahead-{way.move.value}")


def _serpentine(cards: Sequence[_Card], size: Size, top: float) -> tuple[list[Rect], float]:
    """Place each card, in rows from left to right, and find the bottom of the last row."""
    in_row = max(1, int((size.width + GAP_X) // (size.box + GAP_X)))
    places: list[Rect] = []
    y = top
    for first in range(0, len(cards), in_row):
        row = cards[first : first + in_row]
        height = max(height_of(card.parts, size.box) for card in row)
        for place, card in enumerate(row):
            places.append(Rect(place * (size.box + GAP_X), y, size.box, height, card.look, 4, key=card.key))
        y += height + GAP_Y
    return places, y - GAP_Y if cards else y


def _joined(cards: Sequence[_Card], places: Sequence[Rect], look: str) -> list[Shape]:
    shapes: list[Shape] = []
    for card, place in zip(cards, places, strict=True):
        shapes += box(place, card.parts)
    for one, other in pairwise(places):
        shapes.append(_arrow(one, other, look))
    return shapes


def _arrow(one: Rect, other: Rect, look: str) -> Line:
    if one.y == other.y:
        y = one.y + one.height / 2
        return Line(((one.right, y), (other.x, y)), look, arrow=True)
    between = one.bottom + GAP_Y / 2
    return Line(
        ((one.middle, one.bottom), (one.middle, between), (other.middle, between), (other.middle, other.y)),
        look,
        arrow=True,
    )


def _branches(flow: Flow, size: Size, current: Rect | None, top: float) -> tuple[list[Shape], float]:
    """Draw the ways still open as cards on trunks that grow out of the current state; give the lowest's bottom too."""
    columns = min(size.columns, len(flow.ways))
    pitch = size.width / size.columns
    bus = top + HEADING + 4
    # The heading steps aside where the trunk comes down through its place.
    beside = current.middle + 10 if current and current.middle < _HEADING_ROOM else 0
    heading = f"以后可以办理（{len(flow.ways)}条）"
    shapes: list[Shape] = [text(beside, top, heading, 12, room=_HEADING_ROOM, look="heading")]
    if current:
        start = max(current.middle, (columns - 1) * pitch + 4)
        shapes.append(Line(((current.middle, current.bottom), (current.middle, bus)), "is-branch"))
        shapes.append(Line(((4, bus), (start, bus)), "is-branch"))
    bottom = bus
    for column in range(columns):
        drawn, low = _column(flow.ways[column::columns], column * pitch, pitch - 14, bus, size)
        shapes += drawn
        bottom = max(bottom, low)
    return shapes, bottom


def _column(ways: Sequence[Way], x: float, width: float, bus: float, size: Size) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    y, trunk, middle = bus + 12, x + 4, bus
    for way in ways:
        parts = _way_parts(way, size.details)
        look = "node is-likely" if way.is_likely else "node is-way"
        place = Rect(x + STUB + 4, y, width - STUB - 4, height_of(parts, width - STUB - 4), look, 3, key=way.move.value)
        middle = y + place.height / 2
        shapes.append(Line(((trunk, middle), (place.x, middle)), "is-branch", arrow=True))
        shapes += box(place, parts)
        y = place.bottom + 8
    shapes.insert(0, Line(((trunk, bus), (trunk, middle)), "is-branch"))
    return shapes, y - 8


def _way_parts(way: Way, details: bool) -> list[Part]:
    goes = "状态不变" if way.stays else f"→ {way.target.label}"
    mark = "（通常）" if way.is_likely else ""
    parts = [Part(f"{way.label} {goes}{mark}", 12, "strong"), Part(short_law(way.article), 10.5, "soft")]
    if details:
        said = (way.who, way.clocks, f"出具{listed(way.letters)}" if way.letters else "")
        parts += [Part(words, 10.5) for words in said if words]
    return parts
