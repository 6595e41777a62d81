"""流程图 for the wall: every state a box in the lane of its stage, every move a line in its box with its arrow."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cases.casefile.charts.graph import Edge, Goes, edge_words, edges, entries, general, goal_words, layers, numbers
from cases.casefile.charts.shapes import LEADING, Drawing, Line, Part, Rect, Shape, Text, box, height_of, text
from cases.casefile.charts.stages import stages
from cases.casefile.charts.text import width_of, wrap
from cases.states import TRANSITIONS, Move, State

WIDTH, GUTTER, EDGE = 1640.0, 56.0, 7.0
LAST_GUTTER = 24.0  # where the arrows within the last lane run
TOP, GAP_Y = 34.0, 14.0
NAME, ROW, SMALL = 13.0, 11.5, 9.5
_TRACK = 5.0


@dataclass(frozen=True, slots=True)
class _Port:
    """The end of a line of a box, where its arrow begins."""

    edge: Edge
    x: float
    y: float


@dataclass
class _Placed:
    """All boxes and arrow ends of the picture."""

    boxes: dict[State, Rect] = field(default_factory=dict)
    lanes: dict[State, int] = field(default_factory=dict)
    ports: list[_Port] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    bottom: float = 0


def draw_wall_flow() -> Drawing:
    """Draw the whole procedure, computed from TRANSITIONS."""
    placed = _Placed()
    lanes = list(stages().items())
    pitch = (WIDTH - 2 * EDGE - LAST_GUTTER + GUTTER) / len(lanes)
    outgoing: dict[State, list[Edge]] = {}
    for edge in edges():
        outgoing.setdefault(edge.source, []).append(edge)
    for lane, (stage, states) in enumerate(lanes):
        _lane(
            placed, lane, stage, sorted(states, key=lambda state: (layers()[state], numbers()[state])), pitch, outgoing
        )
    frames = [
        Rect(EDGE + lane * pitch - 6, 1, pitch - GUTTER + 12, placed.bottom + 6, "lane", 4)
        for lane in range(len(lanes))
    ]
    arrows = _arrows(placed, pitch)
    below, height = _general(placed.bottom + 24)
    shapes = (*frames, *placed.shapes, *arrows, *below)
    return Drawing("wall-flow", WIDTH, height + 8, "信访事项办理流程图", _words(), shapes)


def _words() -> str:
    return "；".join(f"{move.label}到{goal_words(move)}（{row.article}）" for move, row in TRANSITIONS.items()) + "。"


def _lane(
    placed: _Placed, lane: int, stage: str, states: Sequence[State], pitch: float, outgoing: dict[State, list[Edge]]
) -> None:
    x, width, y = EDGE + lane * pitch, pitch - GUTTER, TOP
    placed.shapes.append(Text(x + width / 2, 6, (stage,), 16, "strong", width, "middle"))
    for state in states:
        rows = outgoing.get(state, [])
        head = wrap(str(state.label), width - 44, NAME)
        height = len(head) * NAME * LEADING + 10 + sum(_row_height(edge, width) for edge in rows) + (4 if rows else 0)
        rect = Rect(x, y, width, height, "node is-state" if rows else "node is-end", 3, key=state.value)
        placed.boxes[state], placed.lanes[state] = rect, lane
        placed.shapes += [rect, text(x + 8, y + 4, str(numbers()[state]), NAME, room=24, look="badge")]
        placed.shapes.append(text(x + 34, y + 4, str(state.label), NAME, room=width - 44, look="strong"))
        _rows(placed, rect, rows, y + len(head) * NAME * LEADING + 9)
        y += height + GAP_Y
    placed.bottom = max(placed.bottom, y - GAP_Y)


def _row_height(edge: Edge, width: float) -> float:
    name = wrap(str(edge.move.label), _name_room(edge, width), ROW)
    article = wrap(TRANSITIONS[edge.move].article, width - 16, SMALL)
    return len(name) * ROW * LEADING + len(article) * SMALL * LEADING + 4


def _name_room(edge: Edge, width: float) -> float:
    return width - 22 - width_of(edge_words(edge), ROW)


def _rows(placed: _Placed, rect: Rect, rows: Sequence[Edge], y: float) -> None:
    for edge in rows:
        goal = edge_words(edge)
        placed.shapes.append(Line(((rect.x, y), (rect.right, y)), "is-rule"))
        name = text(rect.x + 8, y + 1, str(edge.move.label), ROW, room=_name_room(edge, rect.width), look="move")
        look = "goal" if edge.goes is Goes.FORWARD else "goal back"
        placed.shapes += [name, Text(rect.right - 8, y + 1, (goal,), ROW, look, width_of(goal, ROW), "end")]
        article = TRANSITIONS[edge.move].article
        placed.shapes.append(text(rect.x + 8, y + 1 + name.height, article, SMALL, room=rect.width - 16, look="soft"))
        placed.ports.append(_Port(edge, rect.right, y + 1 + ROW * LEADING / 2))
        y += _row_height(edge, rect.width)


def _arrows(placed: _Placed, pitch: float) -> list[Shape]:
    """Draw arrows forward within a lane and into the next, one trunk a target; short stubs for all others."""
    trunks: dict[tuple[int, State], list[_Port]] = {}
    shapes: list[Shape] = []
    for port in placed.ports:
        target = port.edge.target
        lane = placed.lanes[port.edge.source]
        if target and port.edge.goes is Goes.FORWARD and placed.lanes[target] - lane in (0, 1):
            trunks.setdefault((lane, target), []).append(port)
        elif target:
            shapes += _stub(port)
    for lane in sorted({lane for lane, _ in trunks}):
        shapes += _gutter(placed, lane, {to: ports for (at, to), ports in trunks.items() if at == lane}, pitch)
    return shapes


def _stub(port: _Port) -> list[Shape]:
    """Draw a short arrow for a way too far for a line, or a hook that turns back; the number names the target."""
    x, y = port.x, port.y
    if port.edge.goes is Goes.RETURN:
        return [Line(((x, y), (x + 9, y), (x + 9, y - 7), (x + 1, y - 7)), "is-return", arrow=True)]
    return [Line(((x, y), (x + 11, y)), "is-far", arrow=True)]


def _gutter(placed: _Placed, lane: int, trunks: dict[State, list[_Port]], pitch: float) -> list[Shape]:
    left = EDGE + lane * pitch + pitch - GUTTER
    taken: list[list[tuple[float, float]]] = []
    shapes: list[Shape] = []
    for target, ports in sorted(trunks.items(), key=lambda item: _span(placed, *item)[1] - _span(placed, *item)[0]):
        low, high = _span(placed, target, ports)
        track = _free(taken, low, high)
        same = placed.lanes[target] == lane
        x = left + 14 + track * _TRACK
        end = _entry(placed, target)
        shapes += [Line(((port.x, port.y), (x, port.y)), "is-forward") for port in ports]
        shapes.append(Line(((x, low), (x, high)), "is-forward"))
        rect = placed.boxes[target]
        shapes.append(Line(((x, end), (rect.right if same else rect.x, end)), "is-forward", arrow=True))
    return shapes


def _entry(placed: _Placed, target: State) -> float:
    return placed.boxes[target].y + 12


def _span(placed: _Placed, target: State, ports: Sequence[_Port]) -> tuple[float, float]:
    ends = [port.y for port in ports] + [_entry(placed, target)]
    return min(ends), max(ends)


def _free(taken: list[list[tuple[float, float]]], low: float, high: float) -> int:
    """Find the first track in which nothing runs between the two heights."""
    for number, spans in enumerate(taken):
        if all(high + 4 < first or last + 4 < low for first, last in spans):
            spans.append((low, high))
            return number
    taken.append([(low, high)])
    return len(taken) - 1


def _general(top: float) -> tuple[list[Shape], float]:
    """Draw the entries of a matter, and the moves open nearly everywhere: boxes under the lanes."""
    groups = [("来件", entries()), *general()]
    columns = max(len(groups), 3)
    width = (WIDTH - 2 * EDGE - (columns - 1) * 16) / columns
    shapes: list[Shape] = []
    bottom = top
    for place, (where, moves) in enumerate(groups):
        parts = [Part(where, NAME, "strong"), *(_general_part(move) for move in moves)]
        rect = Rect(
            EDGE + place * (width + 16),
            top,
            width,
            height_of(parts, width),
            "node is-general",
            3,
            key=f"general-{place}",
        )
        shapes += box(rect, parts)
        bottom = max(bottom, rect.bottom)
    legend = "→ 去往　↩ 退回　数字为状态编号；同一阶段和下一阶段之间以连线表示，其余以编号表示。"
    shapes.append(text(EDGE, bottom + 10, legend, ROW, room=WIDTH, look="soft"))
    return shapes, bottom + 30


def _general_part(move: Move) -> Part:
    row = TRANSITIONS[move]
    goal = f"→ {numbers()[row.target]} {row.target.label}" if row.target else goal_words(move)
    return Part(f"{move.label}　{goal}（{row.article}）", ROW, "move")
