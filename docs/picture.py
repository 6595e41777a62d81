"""Picture of the rooms, drawn from the imports: `make picture` writes it, `--check` exits 1 when it is out of date.

Wiring (apps, checks, commands, tasks, addresses, settings) is not drawn. An arrow that other arrows already
imply is left out; one that runs up is red. The core of an app is what lies loose in its root, with the folders `CORE`.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from pathlib import Path
from statistics import fmean

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "rooms.svg"
GROUND = "binzhou_xinfang"
# The floors of the house, the highest first; apps of one floor stand side by side.
FLOORS = (("hearings", "supervision"), ("cases",), (GROUND,))
APPS = tuple(app for floor in FLOORS for app in floor)
WIRING = frozenset({"apps", "checks", "management", "migrations", "tasks", "urls"})
CORE = frozenset({"states", "models", "clocks", "facts"})
BOX, HEIGHT, STEP, MARGIN = 122, 40, 76, 14

Arrows = dict[str, set[str]]
Rows = list[list[str]]


def room_of(module: str) -> str | None:
    """Name the room of a module (cases.drafts); None for wiring and for the leaves that everybody may import."""
    app, *rest = module.split(".")
    if app not in APPS or (rest and rest[0] in WIRING):
        return None
    is_room = bool(rest) and rest[0] not in CORE and (ROOT / app / rest[0]).is_dir()
    if app == GROUND:
        return f"{app}.{rest[0]}" if is_room else None
    return f"{app}.{rest[0]}" if is_room else app if rest else None


def imports_of(path: Path) -> Iterator[str]:
    """List what a file imports, as modules."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def arrows() -> Arrows:
    """Read from the imports which room needs which."""
    needs: Arrows = defaultdict(set)
    for path in (path for app in APPS for path in (ROOT / app).rglob("*.py")):
        room = room_of(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
        if room:
            needs[room] |= {to for module in imports_of(path) if (to := room_of(module)) and to != room}
    return {room: needs[room] for room in sorted(needs)}


def below(needs: Arrows, room: str, without: str = "") -> set[str]:
    """List everything that a room needs, over however many arrows, but for the arrow straight to `without`."""
    reached: set[str] = set()
    ahead = [to for to in needs[room] if to != without]
    while ahead:
        to = ahead.pop()
        if to not in reached and to in needs:
            reached.add(to)
            ahead += needs[to]
    return reached


def reduced(needs: Arrows) -> Arrows:
    """Leave out each arrow that others imply."""
    return {room: {to for to in needs[room] if to not in below(needs, room, without=to)} for room in needs}


def rows_of(needs: Arrows) -> Rows:
    """Put the rooms into rows, floor by floor, each above all that it needs on its floor."""
    rows: Rows = []
    for floor in FLOORS:
        rest = {room for room in needs if room.split(".")[0] in floor}
        stack: Rows = []
        while rest:
            free = sorted(room for room in rest if not needs[room] & rest)
            # A circle is opened at its core; what runs up then is red, and import-linter's to refuse.
            free = free or [min(rest, key=lambda room: (room.count("."), len(needs[room] & rest), room))]
            stack.append(free)
            rest -= set(free)
        rows += reversed(stack)
    return rows


def _half(name: str) -> float:
    """Measure half of the width that a room, or the bend of an arrow, needs."""
    return 9 if "@" in name else BOX / 2 + 9


@dataclass
class Layout:
    """Rooms and the bends of long arrows, each with its row and its place from left to right."""

    rows: Rows
    roads: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    x: dict[str, float] = field(default_factory=dict)

    def row_of(self, name: str) -> int:
        return next(place for place, row in enumerate(self.rows) if name in row)

    def bend(self, needs: Arrows) -> None:
        """Lead each arrow through the rows between its ends, by a place of its own in each."""
        places = {name: self.row_of(name) for row in self.rows for name in row}
        for upper, to in ((room, to) for room in needs for to in sorted(needs[room])):
            bends = {place: f"{upper}>{to}@{place}" for place in range(places[upper] + 1, places[to])}
            for place, name in bends.items():
                self.rows[place].append(name)
            self.roads[upper, to] = [upper, *bends.values(), to]

    def order(self) -> None:
        """Sort each row by the middle of what its members hang on, and then move them there, until it is quiet."""
        beside: dict[str, list[str]] = defaultdict(list)
        for names in self.roads.values():
            for upper, lower in pairwise(names):
                beside[upper].append(lower)
                beside[lower].append(upper)
        for row in self.rows:
            self._place(row, dict.fromkeys(row, 0.0))
        for number in range(60):
            for row in self.rows:
                wanted = {name: fmean(self.x[other] for other in beside[name] or self.x) for name in row}
                if number < 30:
                    row.sort(key=lambda name: (wanted[name], name))
                self._place(row, wanted)

    def _place(self, row: list[str], wanted: Mapping[str, float]) -> None:
        """Give each its wanted place, or the next one to it at which it leaves room for its neighbours."""
        gaps = [(_half(left) + _half(right)) for left, right in pairwise(row)]
        from_left = [wanted[name] for name in row]
        from_right = list(from_left)
        for place, gap in enumerate(gaps, 1):
            from_left[place] = max(from_left[place], from_left[place - 1] + gap)
        for place, gap in reversed(list(enumerate(gaps))):
            from_right[place] = min(from_right[place], from_right[place + 1] - gap)
        # Both leave enough room between neighbours, and so does the middle of the two.
        self.x |= {name: round((a + b) / 2, 1) for name, a, b in zip(row, from_left, from_right, strict=True)}

    def y(self, name: str) -> float:
        return MARGIN + self.row_of(name) * STEP


def words_of(room: str) -> tuple[str, str]:
    """Read the Chinese name and the first line of a room's docstring."""
    text = ast.get_docstring(ast.parse((ROOT / Path(*room.split(".")) / "__init__.py").read_text())) or ""
    line = text.split("\n\n")[0].replace("\n", " ")
    name = line.split(":")[0].split(" ")[0]
    return (name if not name.isascii() else ""), line


def box(layout: Layout, room: str) -> Iterator[str]:
    """Draw a room: its name, its Chinese name, and its docstring for the pointer that rests on it."""
    x, y = layout.x[room] - BOX / 2, layout.y(room)
    app, _, name = room.partition(".")
    chinese, line = words_of(room)
    label = name or f"{app} (core)"
    yield f"<g><title>{escape(line)}</title>"
    yield f'<rect class="{app}" x="{x}" y="{y}" width="{BOX}" height="{HEIGHT}" rx="5"/>'
    yield f'<text class="name" x="{layout.x[room]}" y="{y + 17}">{escape(label)}</text>'
    yield f'<text x="{layout.x[room]}" y="{y + 33}">{escape(chinese)}</text></g>'


def road(layout: Layout, names: Sequence[str]) -> str:
    """Draw an arrow from the foot of a room, past the bends, to the head of another."""
    points = [(layout.x[name], layout.y(name)) for name in names]
    x, y = points[0][0], points[0][1] + HEIGHT
    path = [f"M{x} {y}"]
    for place, (to_x, top) in enumerate(points[1:], 1):
        middle = round((y + top) / 2, 1)
        path.append(f"C{x} {middle} {to_x} {middle} {to_x} {top - (4 if place == len(names) - 1 else 0)}")
        x, y = to_x, top
        if place < len(names) - 1:
            y = top + HEIGHT
            path.append(f"L{x} {y}")
    return f'<path d="{" ".join(path)}" marker-end="url(#tip)"/>'


def climb(layout: Layout, room: str, to: str) -> str:
    """Draw an arrow up, which ought not to be."""
    x, y, to_x, to_y = layout.x[room], layout.y(room), layout.x[to], layout.y(to) + HEIGHT
    return f'<path class="up" d="M{x} {y}L{to_x} {to_y}" marker-end="url(#tip)"/>'


STYLE = """text{font:12px sans-serif;text-anchor:middle;fill:#333}.name{font-weight:bold}
path{fill:none;stroke:#8a94a3;stroke-width:1.1}.up{stroke:#d63939}rect{stroke:#5b6b80}.hearings,.supervision{fill:#f6e3e0}
.cases{fill:#e2ecf7}.binzhou_xinfang{fill:#e6f2e4}"""


def split(needs: Arrows, rows: Rows) -> tuple[Arrows, list[tuple[str, str]]]:
    """Part the arrows that run down from those that run up."""
    place = {room: number for number, row in enumerate(rows) for room in row}
    down = {room: {to for to in needs[room] if place[to] > place[room]} for room in needs}
    return down, sorted((room, to) for room in needs for to in needs[room] - down[room])


def picture() -> str:
    """Draw all rooms and arrows as an SVG; the same imports give the same picture."""
    rows = rows_of(arrows())
    down, up = split(arrows(), rows)
    needs, layout = reduced(down), Layout(rows)
    layout.bend(needs)
    layout.order()
    left, right = (edge(layout.x.values()) for edge in (min, max))
    frame = f"{left - BOX / 2 - MARGIN} 0 {right - left + BOX + 2 * MARGIN} {2 * MARGIN + len(rows) * STEP}"
    tip = '<marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{frame}" role="img">',
        f"<title>Rooms and their needs; arrows point down</title><style>{STYLE}</style>",
        f'<defs>{tip}<path d="M0 0L8 4L0 8z" style="fill:#8a94a3;stroke:none"/></marker></defs>',
        *(road(layout, names) for names in layout.roads.values()),
        *(climb(layout, room, to) for room, to in up),
        *(line for room in needs for line in box(layout, room)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def main(words: Sequence[str]) -> int:
    """Write the picture, or compare it with `--check`."""
    if "--check" in words:
        return int(not PICTURE.exists() or PICTURE.read_text() != picture())
    PICTURE.write_text(picture())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
