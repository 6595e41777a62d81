"""Texts as people type and paste them: one cleaning, one spelling of numbers, one key for comparison.

What stands in a text and cannot be seen (format characters of a copied web page, direction marks of a copied contact,
control characters) is dropped on the way in; everything else is kept as it was written. Numbers are spelled in one
way. Words are compared by their key and shown as given.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

# Categories that nobody sees; line ends and tabulators are kept.
_UNSEEN = frozenset({"Cf", "Cc", "Cs"})
_KEPT = frozenset("\n\t")
# Letters and signs that draw nothing: Hangul fillers, the Braille blank, the Khmer inherent vowels.
_DRAW_NOTHING = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5\u034f")
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−⁃﹘﹣－"), "-")
_INTERPUNCTS = dict.fromkeys(map(ord, "•・．‧∙⋅･.‣●"), "·")
# Which drawing of a character is meant; the character is the same.
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")


class _Seen(dict[int, str | None]):
    """Table for `str.translate` that drops what cannot be seen; filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        is_seen = char in _KEPT or not (
            unicodedata.category(char) in _UNSEEN or char in _DRAW_NOTHING or code & 0xFFFE == 0xFFFE
        )
        self[code] = char if is_seen else None
        return self[code]


_SEEN = _Seen()


def cleaned(text: str) -> str:
    """Drop what cannot be seen, unify line ends, and cut blanks off both ends; a text of blanks alone is empty."""
    return _LINE_END.sub("\n", text).translate(_SEEN).strip()


def cleaned_deeply(value: Any) -> Any:
    """Clean every text in lists and mappings, as JSON brings them; the names of a mapping stay."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, Mapping):
        return {name: cleaned_deeply(entry) for name, entry in value.items()}
    return [cleaned_deeply(entry) for entry in value] if isinstance(value, list) else value


def spelled(text: str) -> str:
    """Spell a number or code in one way: half-width, capital letters, one hyphen, no blanks."""
    return _settled(text, lambda plain: half_width(plain).upper())


def key(text: str) -> str:
    """Compute the key by which two spellings of a name or word are equal: one width, one hyphen, one interpunct
    (a full stop is one, too), no blanks, no capitals, no variation of a drawing."""
    return _settled(_VARIATION.sub("", text), lambda plain: half_width(plain).casefold().translate(_INTERPUNCTS))


def _settled(text: str, fold: Callable[[str], str]) -> str:
    """Fold until nothing changes: capitals of some letters come apart, and want to be put together again."""
    folded = "".join(fold(text).split())
    return folded if folded == text else _settled(folded, fold)


def half_width(text: str) -> str:
    """Clean the text and write its letters, digits, blanks and hyphens in one width."""
    return unicodedata.normalize("NFKC", cleaned(text).translate(_HYPHENS)).translate(_HYPHENS)


def shortened(text: str, longest: int) -> str:
    """Cut a text to at most `longest` signs; its end then says that something is missing."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
