"""责任图 for the wall: by stage, who owes what, from the table of moves and the table of who may; unit, person and
phone are left open, to be filled in by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from binzhou_xinfang.statute.wording import cite
from cases.casefile.charts.road import who_may
from cases.casefile.charts.shapes import LEADING, Drawing, Line, Rect, Shape, text
from cases.casefile.charts.stages import stage_of
from cases.casefile.charts.text import wrap
from cases.states import TRANSITIONS, Move, State

WIDTH = 1000.0
_COLUMNS = (
    ("阶段", 56.0),
    ("由谁", 200.0),
    ("职责（办理动作）", 270.0),
    ("依据", 224.0),
    ("单位", 100.0),
    ("姓名", 60.0),
    ("电话", 90.0),
)
SIZE, HEAD, PAD = 10.5, 24.0, 5.0


@dataclass(frozen=True, slots=True)
class Owed:
    """Duties of the same people within one stage."""

    stage: str
    who: str
    moves: tuple[Move, ...]

    @property
    def acts(self) -> str:
        return "、".join(str(move.label) for move in self.moves)

    @property
    def articles(self) -> str:
        return "；".join(dict.fromkeys(TRANSITIONS[move].article for move in self.moves))


def owed() -> list[Owed]:
    """Gather every move of the table by the stage in which it is made first and by who may make it."""
    moves_of: dict[tuple[str, str], list[Move]] = {}
    for move in TRANSITIONS:
        moves_of.setdefault((_stage(move), who_may(move)), []).append(move)
    order = [stage_of(state) for state in State]
    rows = [Owed(stage, who, tuple(moves)) for (stage, who), moves in moves_of.items()]
    return sorted(rows, key=lambda row: order.index(row.stage))


def _stage(move: Move) -> str:
    row = TRANSITIONS[move]
    first = next((state for state in State if state in row.sources), row.target)
    return stage_of(first) if first else ""


def table() -> list[dict[str, str]]:
    """List the same as the rows of a table."""
    return [
        {
            "stage": row.stage,
            "who": row.who,
            "acts": row.acts,
            "articles": "；".join(cite(one) for one in row.articles.split("；")),
        }
        for row in owed()
    ]


def draw_wall_duties() -> Drawing:
    """Draw the table with its empty fields."""
    shapes: list[Shape] = []
    y = _line(shapes, 0, [name for name, _ in _COLUMNS], "strong", "")
    stage = ""
    for row in owed():
        cells = [row.stage if row.stage != stage else "", row.who, row.acts, row.articles]
        y = _line(shapes, y, cells, "", f"{row.stage}-{row.who}")
        stage = row.stage
    words = "；".join(f"{row.stage}：{row.who}，{row.acts}" for row in owed()) + "。"
    return Drawing("wall-duties", WIDTH, y + 2, "信访事项办理责任图", words, tuple(shapes))


def _line(shapes: list[Shape], y: float, cells: Sequence[str], look: str, key: str) -> float:
    """Draw one line of the table from `y` on; gives its bottom."""
    lines = [
        len(wrap(words, width - 2 * PAD, SIZE)) for words, (_, width) in zip(cells, _COLUMNS, strict=False) if words
    ]
    height = max(max(lines, default=1) * SIZE * LEADING + 2 * PAD, HEAD)
    shapes.append(Rect(0, y, WIDTH, height, "cell" if key else "cell is-head", 0, key=key))
    x = 0.0
    for place, (_, width) in enumerate(_COLUMNS):
        if place:
            shapes.append(Line(((x, y), (x, y + height)), "is-rule"))
        if place < len(cells) and cells[place]:
            shapes.append(text(x + PAD, y + PAD - 1, cells[place], SIZE, room=width - 2 * PAD, look=look))
        x += width
    return y + height
