"""A table of a letter as WordprocessingML."""

import math
from collections.abc import Sequence
from html import escape
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from binzhou_xinfang.letters.base import BODY_FONT, LATIN_FONT
from binzhou_xinfang.letters.blocks import BLANK, Cell, Table, width_of

WIDTH = 8844  # 156 mm in twentieths of a point
ROW_HEIGHT, FREE_LINE, CELL_LINE, CELL_ROOM = 480, 600, 340, 40
CHARACTER, CELL_MARGINS = 240, 216
LONG = 300  # a row that may break over the page
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
FONTS = f'<w:rFonts w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" w:eastAsia="{BODY_FONT}"/>'


def draw(table: Table) -> Any:
    """Draw the element `w:tbl`, as wide as the text."""
    widths = [round(WIDTH * share / 100) for share in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(
        _row(
            row, widths, is_head=not table.is_form and not place, is_kept=table.is_form and place >= len(table.rows) - 2
        )
        for place, row in enumerate(table.rows)
    )
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def may_break(cells: Sequence[Cell]) -> bool:
    """Check if the row is so long that it may be broken over the page."""
    return any(len(cell.text) > LONG for cell in cells)


def height_of(cells: Sequence[Cell], widths: Sequence[float]) -> int:
    """Measure the height of the row when its texts are broken into lines."""
    lines, place = 1, 0
    for cell in cells:
        inner = sum(widths[place : place + cell.span]) - CELL_MARGINS
        lines = max(lines, math.ceil(width_of(cell.text) / max(1, int(inner // CHARACTER))))
        place += cell.span
    return max(_least_height(cells), lines * CELL_LINE + 2 * CELL_ROOM)


def _least_height(cells: Sequence[Cell]) -> int:
    return max(ROW_HEIGHT, FREE_LINE * max(cell.free_lines for cell in cells))


def _row(cells: list[Cell], widths: list[int], *, is_head: bool, is_kept: bool) -> str:
    """Draw one row; the last of a form, which people sign, stays with the one before and with the day (`is_kept`)."""
    height = _least_height(cells)
    whole = "" if may_break(cells) else "<w:cantSplit/>"
    head = "<w:tblHeader/>" if is_head else ""
    drawn, place = "", 0
    for cell in cells:
        drawn += _cell(cell, sum(widths[place : place + cell.span]), is_kept=is_kept)
        place += cell.span
    return f'<w:tr><w:trPr>{whole}<w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}</w:trPr>{drawn}</w:tr>'


def _cell(cell: Cell, width: int, *, is_kept: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    side, kept = "center" if cell.is_label else "left", "<w:keepNext/>" if is_kept else ""
    text = escape(cell.text.strip(BLANK) if cell.free_lines else cell.text, quote=False)
    room = f'w:before="{CELL_ROOM}" w:after="{CELL_ROOM}" w:line="{CELL_LINE}" w:lineRule="atLeast"'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
        # Lines of a cell do not stand on the grid of 22 lines a page.
        f'<w:p><w:pPr>{kept}<w:snapToGrid w:val="0"/><w:spacing {room}/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:rPr>{FONTS}<w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
    )
