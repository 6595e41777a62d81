"""Width of a text and its line breaks: Chinese by the character, days and numbers never inside."""

import re
import unicodedata

# A day with its weekday, a run of Latin letters and figures, one blank, any other single character.
_PIECES = re.compile(r"(?:\d+年)?\d+月\d+日(?:\(周.\))?|[0-9A-Za-z%+./:_-]+|\s|.", re.S)
_NEVER_FIRST = "，。、；：？！）》」』】〕…%)”’"
_NEVER_LAST = "（《「『【〔(“‘"
# Latin letters, figures and signs are narrower; this is the widest of them that occur in dates and numbers.
_NARROW = 0.62


def width_of(text: str, size: float) -> float:
    """Measure the width of one line at a type size, in the same units; rather too wide than too narrow."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else _NARROW for char in text) * size


def wrap(text: str, width: float, size: float, *, most: int = 0) -> tuple[str, ...]:
    """Wrap into lines no wider than `width`; with `most`, at most so many, the last ended by … when something is left
    out."""
    lines = [""]
    for piece in _joined(_PIECES.findall(text)):
        for part in [piece] if width_of(piece, size) <= width else list(piece):
            if lines[-1] and width_of(lines[-1] + part, size) > width:
                lines.append("")
            lines[-1] += part if lines[-1] else part.lstrip()
    kept = [line.rstrip() for line in lines]
    if most and len(kept) > most:
        kept = [*kept[: most - 1], _cut(kept[most - 1], width, size)]
    return tuple(kept)


def _joined(pieces: list[str]) -> list[str]:
    """Join the marks that may not begin or end a line to their neighbours."""
    joined: list[str] = []
    for piece in pieces:
        if joined and (piece in _NEVER_FIRST or joined[-1] in _NEVER_LAST):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _cut(line: str, width: float, size: float) -> str:
    while line and width_of(line + "…", size) > width:
        line = line[:-1]
    return line + "…"


def short_law(article: str) -> str:
    """Shorten the law for a narrow box: 条例第三十四条."""
    return article.replace("《信访工作条例》", "条例")
