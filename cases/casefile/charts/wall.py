"""Blank charts for the wall: the table of moves with the program, the periods as the office applies them today."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from binzhou_xinfang.process import state_table
from binzhou_xinfang.process.life import LIVES
from binzhou_xinfang.statute.models import periods_on
from cases.casefile.charts import graph, wall_clocks, wall_duties
from cases.casefile.charts.read import CHARTS
from cases.casefile.charts.shapes import Drawing
from cases.casefile.charts.wall_duties import draw_wall_duties
from cases.casefile.charts.wall_flow import draw_wall_flow

Rows = list[dict[str, str]]
# The three charts, and a table that is no picture.
OWED = "owed"
WALLS: Mapping[str, str] = {**CHARTS, OWED: "状态责任表"}
_DRAW: Mapping[str, Callable[[], Drawing]] = {"flow": draw_wall_flow, "duties": draw_wall_duties}
_HEADS: Mapping[str, Mapping[str, str]] = {
    "flow": {
        "move": "办理动作", "sources": "从", "target": "到", "article": "依据", "who": "由谁", "clocks": "期限",
        "letters": "文书",
    },
    "duties": {"stage": "阶段", "who": "由谁", "acts": "职责", "articles": "依据"},
    "clocks": {"rule": "期限", "starts": "起算", "length": "长度", "special": "说明", "article": "依据"},
    OWED: state_table.HEADS,
}  # fmt: skip


def draw_wall(slug: str, on: date) -> Drawing | None:
    """Draw the blank chart of this name, as it hangs on the wall on a day; None for what is a table alone."""
    if slug == OWED:
        return None
    if slug == "clocks":
        return wall_clocks.draw_wall_clocks(list(periods_on(on).values()))
    return _drawn_once(slug)


@cache
def _drawn_once(slug: str) -> Drawing:
    return _DRAW[slug]()


def wall_table(slug: str, on: date) -> dict[str, list[str] | list[list[tuple[str, str]]]]:
    """Tabulate the same facts: `heads`, and `rows` of cells, each with its head."""
    heads, rows = _HEADS[slug], _rows(slug, on)
    return {"heads": list(heads.values()), "rows": [[(head, row[key]) for key, head in heads.items()] for row in rows]}


def _rows(slug: str, on: date) -> Rows:
    if slug == OWED:
        return state_table.rows(LIVES.values(), periods_on(on))
    if slug == "clocks":
        return wall_clocks.table(list(periods_on(on).values()))
    return graph.table() if slug == "flow" else wall_duties.table()
