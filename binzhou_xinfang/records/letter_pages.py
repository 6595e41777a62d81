"""How many pages a document fills, counted as it is laid out after GB/T 9704: 22 lines of 28 characters a page.

The count is of the text alone, so that it is the same on every machine. What has another layout (an uploaded file) has
no count of ours: an image is one page, everything else is unknown.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

from binzhou_xinfang.records import letter_tables
from binzhou_xinfang.records.file_types import JPEG, PNG
from binzhou_xinfang.records.letter_base import BODY, CHARACTERS, FOOT, LINE, TEXT_HEIGHT, TITLE_LINE
from binzhou_xinfang.records.letter_blocks import Table, blocks_of, width_of
from binzhou_xinfang.records.letter_docx import title_lines
from binzhou_xinfang.records.models import Letter, StoredFile

UNKNOWN = "—"
INDENT = 2
_LINE, _TITLE_LINE = int(LINE.pt * 20), int(TITLE_LINE.pt * 20)
_FOOT_CHARACTERS = int(CHARACTERS * BODY / FOOT)


def pages_of(letter: Letter) -> int:
    """The pages of a letter. One from the bureau's own template is counted by its words in the delivered layout."""
    return count(
        letter.paragraphs, title=title_lines(letter.title), salutation=letter.salutation, issuer=letter.signature
    )


def pages_of_file(stored: StoredFile) -> int | None:
    """The pages of an uploaded file; None when they are not known."""
    return 1 if stored.content_type in (JPEG.content_type, PNG.content_type) else None


def count(paragraphs: Sequence[str], *, title: Sequence[str], salutation: str = "", issuer: str = "") -> int:
    """The pages of a document that is poured into the delivered layout."""
    paper = _Paper()
    for height in (_LINE, _LINE, *(_TITLE_LINE for _ in title), _LINE):
        paper.put(height)
    paper.lines(lines_of(salutation) if salutation else 0)
    blocks = blocks_of(paragraphs)
    body = [block for block in blocks if not block.is_copies]
    signature = _LINE * (3 if issuer else 2)  # after a free line, and the day
    for place, block in enumerate(body, start=1):
        if block.table is not None:
            paper.table(block.table)
            continue
        free = 1 if block.text.startswith("附件：") else 0
        number = free + lines_of(block.text, indent=INDENT)
        is_last = place == len(body)
        paper.lines(number - 1 if is_last else number)
        if is_last:
            # The signature never stands alone on a page.
            paper.put(_LINE + signature)
    if not body or body[-1].table is not None:
        paper.put(signature)
    for block in blocks[len(body) :]:
        paper.put(_LINE * (1 + lines_of(block.text, width=_FOOT_CHARACTERS)))
    return paper.pages


def lines_of(text: str, *, indent: int = 0, width: int = CHARACTERS) -> int:
    """The lines that a paragraph fills; Latin letters and digits are half as wide as Chinese ones."""
    return max(1, math.ceil((indent + width_of(text)) / width))


def spans(pages: Iterable[int | None]) -> Iterator[str]:
    """The running page numbers of each paper of a file: 1-2, 3, and — for one whose pages are not known."""
    last = 0
    for number in pages:
        if not number:
            yield UNKNOWN
            continue
        first, last = last + 1, last + number
        yield f"{first}-{last}" if number > 1 else str(first)


def total(pages: Sequence[int | None]) -> str:
    """How many papers and pages there are, in a sentence that says which were not counted."""
    known = [number for number in pages if number]
    unknown = len(pages) - len(known)
    said = f"共{len(pages)}件，已编页{sum(known)}页"
    return f"{said}；标“{UNKNOWN}”的{unknown}件不能自动计页，以实际清点为准。" if unknown else f"{said}。"


class _Paper:
    """Pages that are filled from top to bottom, in twentieths of a point."""

    def __init__(self) -> None:
        self.pages, self.left = 1, TEXT_HEIGHT

    def put(self, height: int, *, head: int = 0) -> None:
        """What stays together; `head` is repeated when it begins a new page."""
        if height > self.left and self.left < TEXT_HEIGHT:
            self.pages, self.left = self.pages + 1, TEXT_HEIGHT - head
        self.left -= height

    def lines(self, number: int) -> None:
        for _ in range(number):
            self.put(_LINE)

    def table(self, table: Table) -> None:
        widths = [letter_tables.WIDTH * share / 100 for share in table.widths]
        head = 0
        for place, row in enumerate(table.rows):
            height = letter_tables.height_of(row, widths)
            if letter_tables.may_break(row):
                rest = height
                while rest > 0:
                    self.put(min(rest, letter_tables.CELL_LINE), head=head)
                    rest -= letter_tables.CELL_LINE
            else:
                self.put(height, head=head)
            if place == 0 and not table.is_form:
                head = height
