"""Kinds of official letters (reference §10.1), one module a family; each kind is declared once.

A module that is put here is found by itself: a new kind is its declaration and its wording file.
"""

from importlib import import_module
from pkgutil import iter_modules

from binzhou_xinfang.letters.kinds.facts import FACTS, Fact
from binzhou_xinfang.letters.kinds.kind import (
    Answer,
    AtTheCounter,
    ByHand,
    LetterKind,
    OfHandOvers,
    OfMediations,
    OfMoves,
    OfTheYear,
    Reader,
    Served,
    Voice,
    Writer,
    examples_of,
)

__all__ = [
    "FACTS",
    "Answer",
    "AtTheCounter",
    "ByHand",
    "Fact",
    "LetterKind",
    "OfHandOvers",
    "OfMediations",
    "OfMoves",
    "OfTheYear",
    "Reader",
    "Served",
    "Voice",
    "Writer",
    "examples_of",
    "letter_kinds",
]

for _family in iter_modules(__path__):
    import_module(f"{__name__}.{_family.name}")


def letter_kinds() -> list[tuple[str, str]]:
    """List the choices of a column; as a callable, so that a new kind needs no migration."""
    return LetterKind.choices
