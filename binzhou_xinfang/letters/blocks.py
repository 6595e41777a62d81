"""The text of a letter as it stands on paper: paragraphs, headings, tables, and what is printed below the signature.

A paragraph that begins and ends with ｜ is a row of a table; rows that follow one another are one table. Rows of two or
four cells make a form (a name, then what is filled in); all others, and those that begin with 序号, make a list, whose
first row names the columns.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from binzhou_xinfang.letters.wording import BORDER

FORM_WIDTHS = (23, 27)
NARROWEST, WIDEST = 4, 22
BLANK = "\u3000"  # a cell of nothing but these is left free for handwriting, one line for each
DATED_RIGHT = 4.0
COPIES = "抄送："
ENCLOSURES = "附件："
MORE_ENCLOSURES = re.compile(r"\d+\. ")
HEAD_POINTS, HEAD_LEAST, HEAD_WIDTH = 36, 12, 156 / 25.4 * 72
HEAD_ONE_LINE = 20  # points below which a mark takes two lines
NEVER_FIRST = "，。、；：？！）》〉」』〕”’"  # in a line
TITLE_CHARACTERS = 20  # of 2号 in one line
LINE_CHARACTERS = 28  # of 3号
WORD_BREAKS = re.compile(r"(?<=[的，、])|(?=的信访)|(?=信访事项)|(?=有关)|(?<=反映)|(?<=转送)|(?<=交办)")
PLACE = "序号"
HEADING = re.compile(r"[一二三四五六七八九十]+、[^。：]{1,30}")
# A line that somebody signs by hand, or that says whom to call: 申请人（签名、盖章或者按指印）：
SIGNING = re.compile(r"[^。]*（(?:签名|盖章)[^）]*）：[^。]{0,60}|(?:(?:咨询|联系)电话|联系人)：[^。]+。")
LEADS_IN, INDENT = "：", 2


@dataclass(frozen=True)
class Cell:
    text: str
    span: int
    is_label: bool

    @property
    def free_lines(self) -> int:
        """The count of lines left free for handwriting."""
        return len(self.text) if self.text and not self.text.strip(BLANK) else 0


@dataclass(frozen=True)
class Table:
    """A table. `lines`: the texts of the cells, row by row."""

    lines: tuple[tuple[str, ...], ...]

    @cached_property
    def columns(self) -> int:
        return max(len(line) for line in self.lines)

    @cached_property
    def is_form(self) -> bool:
        return self.lines[0][0] != PLACE and all(len(line) in (2, 4) for line in self.lines)

    @cached_property
    def rows(self) -> list[list[Cell]]:
        """Each row fills the whole width: its last cell takes what the row leaves over."""
        return [
            [
                Cell(text, 1 + (self.columns - len(line) if last else 0), self._is_label(row, place))
                for place, text in enumerate(line)
                for last in [place == len(line) - 1]
            ]
            for row, line in enumerate(self.lines)
        ]

    @cached_property
    def widths(self) -> list[float]:
        """The share of each column in percent."""
        if self.is_form:
            wanted: list[float] = list(FORM_WIDTHS * 2 if self.columns == len(FORM_WIDTHS) * 2 else (23, 77))
        else:
            full = [line for line in self.lines if len(line) == self.columns]
            wanted = [min(WIDEST, max(NARROWEST, *map(_width, column))) for column in zip(*full, strict=True)]
        return [round(100 * width / sum(wanted), 2) for width in wanted]

    def _is_label(self, row: int, place: int) -> bool:
        return place % 2 == 0 if self.is_form else row == 0


@dataclass(frozen=True)
class Block:
    """A paragraph, or a table with no text. `is_more`: it names a further enclosure, below the line of the first."""

    text: str = ""
    table: Table | None = None
    is_more: bool = False

    @property
    def is_heading(self) -> bool:
        return is_heading(self.text)

    @property
    def leads_in(self) -> bool:
        """True for what never stands last on a page: a heading, and a line that leads in what follows."""
        return leads_in(self.text)

    @property
    def is_signing(self) -> bool:
        """True for a line that is signed by hand, or says whom to call, which never stands alone on a page."""
        return is_signing(self.text)

    @property
    def is_copies(self) -> bool:
        return self.text.startswith(COPIES)

    @property
    def is_enclosures(self) -> bool:
        """True where the enclosures begin, after a free line."""
        return self.text.startswith(ENCLOSURES)


def is_row(text: str) -> bool:
    """Recognise a paragraph that is a row of a table."""
    return len(text) > 1 and text.startswith(BORDER) and text.endswith(BORDER)


def is_heading(text: str) -> bool:
    """Recognise a paragraph that names a part of the letter: 一、查明的事实."""
    return HEADING.fullmatch(text) is not None


def is_signing(text: str) -> bool:
    """Recognise a line that somebody signs by hand, or that says whom to call."""
    return SIGNING.fullmatch(text) is not None


def leads_in(text: str) -> bool:
    """Recognise a line that leads in the next one: a heading, or 被申请人的意见：. A longer paragraph may be broken."""
    is_line = width_of(text) + INDENT <= LINE_CHARACTERS
    return is_heading(text) or (is_line and text.endswith(LEADS_IN) and not is_signing(text))


def more_enclosures(paragraphs: Sequence[str]) -> list[bool]:
    """Mark each paragraph that goes on with the enclosures that the one before it names."""
    goes_on_after: list[bool] = []
    for before, text in zip(["", *paragraphs], paragraphs, strict=False):
        goes_on = before.startswith(ENCLOSURES) or bool(goes_on_after and goes_on_after[-1])
        goes_on_after.append(goes_on and MORE_ENCLOSURES.match(text) is not None)
    return goes_on_after


def title_lines(title: str) -> list[str]:
    """Break a title too long for one line into lines of about the same length, between words if possible."""
    count = math.ceil(width_of(title) / TITLE_CHARACTERS)
    ends = [match.start() for match in WORD_BREAKS.finditer(title)]
    return _parts(title, count, ends)


def _parts(text: str, count: int, ends: Sequence[int]) -> list[str]:
    """Cut the text into parts of about the same width: at one of the `ends` that lies near, else where they meet."""
    lines: list[str] = []
    for left in range(count, 1, -1):
        start, each = len("".join(lines)), width_of(text) / count
        rest = text[start:]
        even = _past_signs(rest, _reach(rest, width_of(rest) / left))
        near = [
            end - start for end in ends if 0 < end - start < len(rest) and _fits(rest, end - start, even, each, left)
        ]
        lines.append(rest[: min(near, key=lambda end: abs(end - even), default=even)])
    return [*lines, text[len("".join(lines)) :]]


def _past_signs(text: str, place: int) -> int:
    """Move a cut past the signs that may not begin a line."""
    while place < len(text) and text[place] in NEVER_FIRST:
        place += 1
    return place


def _fits(rest: str, end: int, even: int, each: float, left: int) -> bool:
    """Check that a cut near the even one leaves no line too wide for the paper."""
    others = width_of(rest[end:]) / (left - 1)
    return abs(end - even) <= each / 3 and width_of(rest[:end]) <= TITLE_CHARACTERS >= others


def _reach(text: str, width: float) -> int:
    """Count the characters that fill the width, at least one; Latin words are not cut where a space is near."""
    filled = 0.0
    for place, character in enumerate(text):
        filled += width_of(character)
        if filled >= width:
            return place + 1
    return len(text)


def head_lines(mark: str) -> list[str]:
    """Break the mark of an organ whose name would become too small in one line into two."""
    if HEAD_WIDTH / max(1, width_of(mark)) >= HEAD_ONE_LINE:
        return [mark]
    return _parts(mark, 2, [])


def head_size(mark: str) -> int:
    """Choose the size of the organ's mark in points, an even one: as large as its widest line allows."""
    widest = max(width_of(line) for line in mark.split("\n"))
    return min(HEAD_POINTS, max(HEAD_LEAST, int(HEAD_WIDTH / max(1, widest)) // 2 * 2))


def signature_indents(issuer: str, dated: str) -> tuple[float, float]:
    """Measure the room of office and day from the right, in characters: the day four, the office centred over it
    (GB/T 9704 7.3.5.1, with a seal); an office too long for that reaches the edge, and the day is centred below it."""
    beside = (min(width_of(issuer), LINE_CHARACTERS) - width_of(dated)) / 2
    return (DATED_RIGHT - beside, DATED_RIGHT) if beside <= DATED_RIGHT else (0, beside)


def table_of(rows: Iterable[str]) -> Table:
    """Make the table of these paragraphs."""
    return Table(tuple(tuple(row[1:-1].split(BORDER)) for row in rows))


def row_of(cells: Sequence[str]) -> str:
    """Write the paragraph of this row."""
    return BORDER + BORDER.join(cell.replace(BORDER, "|") for cell in cells) + BORDER


def blocks_of(paragraphs: Sequence[str]) -> list[Block]:
    """Read the body in its order, 抄送 last."""
    blocks: list[Block] = []
    marked = zip(paragraphs, more_enclosures(paragraphs), strict=True)
    for in_table, group in groupby(marked, key=lambda one: is_row(one[0])):
        lines = list(group)
        if in_table:
            blocks.append(Block(table=table_of(text for text, _ in lines)))
        else:
            blocks += [Block(text, is_more=is_more) for text, is_more in lines]
    return sorted(blocks, key=lambda block: block.is_copies)


def width_of(text: str) -> float:
    """Measure a text in Chinese characters; Latin letters and digits are half as wide."""
    return sum(1 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def _width(text: str) -> float:
    return sum(1 if ord(character) > 0x2E80 else 0.6 for character in text) + 1
