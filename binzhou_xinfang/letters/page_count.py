"""Page count of a document, laid out after GB/T 9704: 22 lines of 28 characters a page.

The count is of the text alone, so that it is the same on every machine. What has another layout (an uploaded file) has
no count of ours: an image is one page, everything else is unknown.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

from binzhou_xinfang.letters import tables
from binzhou_xinfang.letters.base import (
    BODY,
    CHARACTERS,
    FOOT,
    HEAD_LINE,
    HEAD_LINES,
    HEAD_ROOM,
    LINE,
    TEXT_HEIGHT,
    TITLE_LINE,
)
from binzhou_xinfang.letters.blocks import ENCLOSURES, Block, Table, blocks_of, title_lines, width_of
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.records.file_types import JPEG, PNG
from binzhou_xinfang.records.models import StoredFile

UNKNOWN = "—"
INDENT = 2
_LINE, _TITLE_LINE = int(LINE.pt * 20), int(TITLE_LINE.pt * 20)
_HEAD_ROOM = int(HEAD_ROOM.pt * 20)
_HEAD_MORE = int((2 * HEAD_LINES.pt - HEAD_LINE.pt) * 20)
_FOOT_CHARACTERS = int((CHARACTERS - 2) * BODY / FOOT)


def pages_of(letter: Letter) -> int:
    """Count the pages of a letter. One from the bureau's own template is counted by its words in the delivered
    layout."""
    return count(
        letter.paragraphs,
        title=title_lines(letter.title),
        salutation=letter.salutation,
        issuer=letter.signature,
        is_numbered=bool(letter.number),
        head_lines=letter.head_line.count("\n") + 1 if letter.head else 0,
    )


def pages_of_file(stored: StoredFile) -> int | None:
    """Read the pages of an uploaded file; None when they are not known."""
    return 1 if stored.content_type in (JPEG.content_type, PNG.content_type) else None


def count(
    paragraphs: Sequence[str],
    *,
    title: Sequence[str],
    salutation: str = "",
    issuer: str = "",
    is_numbered: bool = True,
    head_lines: int = 0,
) -> int:
    """Count the pages of a document that is poured into the delivered layout."""
    paper = _Paper()
    above = [_HEAD_ROOM, _LINE, *([_HEAD_MORE] if head_lines > 1 else [])] if head_lines else []
    number = [_LINE, _LINE] if is_numbered else []
    for height in (*above, *number, *(_TITLE_LINE for _ in title), _LINE):
        paper.put(height)
    paper.lines(lines_of(salutation) if salutation else 0)
    blocks = blocks_of(paragraphs)
    body = [block for block in blocks if not block.is_copies]
    # The signature never stands alone on a page: after a free line the office and its day, and below them 抄送.
    end = _LINE * (3 if issuer else 2)
    end += sum(_LINE * (1 + lines_of(block.text, width=_FOOT_CHARACTERS)) for block in blocks[len(body) :])
    for block, following in zip(body, _following(body, end), strict=True):
        paper.block(block, following=following)
    paper.put(end)
    return paper.pages


def _following(body: Sequence[Block], end: int) -> list[int]:
    """Measure what stays on one page with the last line of each block: after the last block the signature with its
    `end`, before a line that is signed by hand and before enclosures all of these, after what leads in one line."""
    kept = [end] * len(body)
    for place in range(len(body) - 2, -1, -1):
        block, after = body[place], body[place + 1]
        if after.is_signing or after.is_more:
            kept[place] = _height(after) + kept[place + 1]
        elif after.is_enclosures:
            kept[place] = _LINE + _height(after) + kept[place + 1]
        else:
            kept[place] = _LINE if block.leads_in else 0
    return kept


def lines_of(text: str, *, indent: int = 0, width: int = CHARACTERS) -> int:
    """Count the lines that a paragraph fills; Latin letters and digits are half as wide as Chinese ones."""
    return max(1, math.ceil((indent + width_of(text)) / width))


def spans(pages: Iterable[int | None]) -> Iterator[str]:
    """Write the running page numbers of each paper of a file: 1-2, 3, and — for one whose pages are not known."""
    last = 0
    for number in pages:
        if not number:
            yield UNKNOWN
            continue
        first, last = last + 1, last + number
        yield f"{first}-{last}" if number > 1 else str(first)


def total(pages: Sequence[int | None]) -> str:
    """Word the totals of papers and pages, in a sentence that says which were not counted."""
    known = [number for number in pages if number]
    unknown = len(pages) - len(known)
    said = f"共{len(pages)}件，已编页{sum(known)}页"
    return f"{said}；标“{UNKNOWN}”的{unknown}件不能自动计页，以实际清点为准。" if unknown else f"{said}。"


def _height(block: Block) -> int:
    """Measure the height of a paragraph."""
    return _LINE * lines_of(block.text, indent=INDENT + (len(ENCLOSURES) if block.is_more else 0))


class _Paper:
    """Pages that are filled from top to bottom, in twentieths of a point."""

    def __init__(self) -> None:
        self.pages, self.left = 1, TEXT_HEIGHT

    def put(self, height: int, *, head: int = 0, following: int = 0) -> None:
        """Put what stays together, and on one page with what follows; `head` is repeated when it begins a new page."""
        if height + following > self.left and self.left < TEXT_HEIGHT:
            self.pages, self.left = self.pages + 1, TEXT_HEIGHT - head
        self.left -= height

    def lines(self, number: int) -> None:
        for _ in range(number):
            self.put(_LINE)

    def block(self, block: Block, *, following: int = 0) -> None:
        """Put a paragraph or a table; `following`: what stays on one page with its last line."""
        if block.table is not None:
            self.table(block.table)
            return
        if block.is_enclosures:
            self.put(_LINE)
        self.lines(_height(block) // _LINE - 1)
        self.put(_LINE, following=following)

    def table(self, table: Table) -> None:
        widths = [tables.WIDTH * share / 100 for share in table.widths]
        head = 0
        for place, row in enumerate(table.rows):
            height = tables.height_of(row, widths)
            if tables.may_break(row):
                rest = height
                while rest > 0:
                    self.put(min(rest, tables.CELL_LINE), head=head)
                    rest -= tables.CELL_LINE
            else:
                self.put(height, head=head)
            if place == 0 and not table.is_form:
                head = height
