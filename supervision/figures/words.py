"""The table of figures in words: for papers, and for the page 指标口径."""

from supervision.figures.figure import Figure
from supervision.figures.table import CHAPTERS

HEADINGS = ("指标", "代码", "单位", "口径", "计入月份的依据", "来源")


def line(figure: Figure) -> tuple[str, ...]:
    """Word one figure, a cell for each of `HEADINGS`."""
    due = "；已到期口径的分母不计期限未满、尚未完成的（未到期）" if figure.has_due else ""
    return figure.label, figure.slug, figure.unit, figure.formula + due, figure.month, figure.source


def markdown() -> str:
    """Write the table, a part for each chapter."""
    parts = []
    for chapter, figures in CHAPTERS.items():
        rows = [HEADINGS, ("---",) * len(HEADINGS), *(line(figure) for figure in figures.values())]
        parts.append(f"## {chapter}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n")
    return "\n".join(parts)
