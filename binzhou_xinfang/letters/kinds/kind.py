"""A kind of official letter: its declaration, its owner, and the register of all kinds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any

from binzhou_xinfang.letters.kinds.facts import FACTS
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule


class Writer(Enum):
    """The unit whose clerks write a letter of a matter by hand."""

    OFFICE = "petition office"
    HANDLER = "unit that handles the matter"


class Voice(Enum):
    """The speaker of a letter: number, head, signature and masks follow from it.

    Who signs a paper about themselves sees their own numbers on it, and the office's own file keeps them.
    """

    ORGAN = "organ"
    PETITIONER = "petitioner"
    PARTIES = "parties"
    FILE = "file of the office"

    @property
    def has_head(self) -> bool:
        """True for what an organ sends: its mark stands above, its name and seal below (GB/T 9704—2012 7.2.4)."""
        return self is Voice.ORGAN

    @property
    def is_numbered(self) -> bool:
        """True for what an organ sends or keeps: other people's papers have no number of the office."""
        return self in (Voice.ORGAN, Voice.FILE)

    @property
    def masks(self) -> bool:
        """True where numbers of persons are no business of the reader."""
        return self is Voice.ORGAN


class Reader(Enum):
    """The body that a letter written by hand is addressed to."""

    PETITIONER = "petitioner"
    RESPONSIBLE = "unit that answers for the matter"
    SENDER = "office that passed the matter on"
    TO_BE_NAMED = "body that the writer names"


@dataclass(frozen=True)
class OfMoves:
    """Left behind by these moves of a matter, in whose rows the kind stands."""

    moves: frozenset[str]


@dataclass(frozen=True)
class ByHand:
    """Drafted, checked and signed by three hands for one matter (文书拟制)."""

    writer: Writer
    reader: Reader


@dataclass(frozen=True)
class AtTheCounter:
    """Printed from the page of a matter, to be handed over or signed at the counter."""


@dataclass(frozen=True)
class OfTheYear:
    """Sketched from the figures of a year; of no single matter."""


@dataclass(frozen=True)
class OfHandOvers:
    """Left behind by the hand-over of a matter to another body (承接移交)."""


@dataclass(frozen=True)
class OfMediations:
    """Left behind by the reference of a matter to a point of mediation (访调对接)."""


Owner = OfMoves | ByHand | AtTheCounter | OfTheYear | OfHandOvers | OfMediations


@dataclass(frozen=True)
class Answer:
    """The clock of the written answer that a letter asks for; `days`: the setting that gives its working days."""

    rule: Rule
    days: Key | None = None


@dataclass(frozen=True)
class Served:
    """A letter that has to reach its reader so that it can be shown: the day, the way and the proof are written down.

    `why`: the article that wants it, or what hangs on it; `by_move`: a move of its own does that (送达).
    """

    why: str
    by_move: bool = False


_register: dict[str, "LetterKind"] = {}


class _Register(type):
    """Makes the class the collection of its kinds, in the order of reference §10.1."""

    def __iter__(cls) -> Iterator["LetterKind"]:
        return iter(sorted(_register.values(), key=lambda kind: kind.code))

    def __len__(cls) -> int:
        return len(_register)

    def __contains__(cls, value: object) -> bool:
        return value in _register

    @property
    def values(cls) -> list[str]:
        return [kind.value for kind in cls]

    @property
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


class LetterKind(str, metaclass=_Register):
    """One kind of letter; as text it is the value that the tables keep.

    `LetterKind("opinion")` finds the declared kind and raises ValueError for a value that nobody declared.
    """

    label: str
    code: str
    word: str
    owner: Owner
    required: tuple[str, ...]
    optional: tuple[str, ...]
    examples: Mapping[str, Any]
    is_notice: bool
    voice: Voice
    answer: Answer | None
    served: Served | None

    def __new__(cls, value: str) -> "LetterKind":
        if value not in _register:
            raise ValueError(f"{value!r} is not a declared kind of letter")
        return _register[value]

    def __reduce__(self) -> tuple[type["LetterKind"], tuple[str]]:
        return LetterKind, (self.value,)

    def __repr__(self) -> str:
        return f"<LetterKind {self.value}>"

    @property
    def value(self) -> str:
        return str(self)

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of all that the letter can say, what it must say first."""
        return (*self.required, *self.optional)


def declare(
    value: str,
    label: str,
    *,
    code: str,
    owner: Owner,
    required: tuple[str, ...],
    word: str = "",
    optional: tuple[str, ...] = (),
    examples: Mapping[str, Any] = MappingProxyType({}),
    is_notice: bool = False,
    voice: Voice,
    answer: Answer | None = None,
    served: Served | None = None,
) -> LetterKind:
    """Enter a kind in the register; its wording is `templates/letters/<value>.txt`.

    `code`: its place in the register of reference §10.1; `voice`: who speaks; `word`: the word of its number,
    滨信告〔2026〕12号, for what has one;
    `required`: the facts without which it is not issued, `optional`: those it says when they are known; `examples`:
    values of facts that mean something else here than in other kinds; `is_notice`: a notice to the petitioner, not due
    where nobody gave a name; `answer`: the clock of the answer that it asks for; `served`: why its delivery is
    recorded, None where it need not be.

    Raises ValueError for a value, a word or a fact that cannot be: a mistake stops the start.
    """
    if value in _register or any(word and kind.word == word for kind in _register.values()):
        raise ValueError(f"{value}: another kind has this value or the word {word}")
    if bool(word) is not voice.is_numbered:
        raise ValueError(f"{value}: a word of the number {word!r} does not fit what the {voice.value} says")
    if unknown := [name for name in (*required, *optional, *examples) if name not in FACTS]:
        raise ValueError(f"{value}: nobody declared the facts {unknown}")
    kind = str.__new__(LetterKind, value)
    kind.label, kind.code, kind.word, kind.owner = label, code, word, owner
    kind.required, kind.optional, kind.examples = required, optional, examples
    kind.is_notice, kind.voice, kind.answer, kind.served = is_notice, voice, answer, served
    _register[value] = kind
    return kind


def by_moves(*moves: str) -> OfMoves:
    """Name the moves that leave the letter behind, by their values."""
    return OfMoves(frozenset(moves))


def examples_of(kind: LetterKind) -> dict[str, Any]:
    """Collect a made-up value for every fact of the kind, a list as a list."""
    values = {name: FACTS[name].example for name in kind.facts} | dict(kind.examples)
    return {
        name: value.splitlines() if FACTS[name].is_list and isinstance(value, str) else value
        for name, value in values.items()
    }
