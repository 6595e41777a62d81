"""Offers while one types: rows found by their names, by what people call them, and by the initials of pinyin.

A table that is picked from keeps its words in a `WordsField`: `|市住房和城乡建设局|szfhcxjsj|住建局|zjj|`, each by the
key of `typed`, so that a whole word, the beginning of one, and a part can be told apart.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import models
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from pypinyin import Style, lazy_pinyin

from binzhou_xinfang import typed

LONGEST = 60
_BETWEEN = re.compile(r"[\s/、，,；;|]+")
_CHINESE = re.compile("[一-龥]")

Row = TypeVar("Row", bound=models.Model)
Named = TypeVar("Named")


def parted(text: str) -> list[str]:
    """Part what was typed, or a list of other names, into its words."""
    return [word for word in _BETWEEN.split(typed.cleaned(text)[:LONGEST]) if word]


@lru_cache(maxsize=20_000)
def initials(word: str) -> str:
    """Spell the first letters of a word's pinyin: 住建局, zjj; "" for a word without Chinese characters."""
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER)).lower() if _CHINESE.search(word) else ""


def words_of(names: Iterable[str]) -> str:
    """Compose the words by which a row of these names is found."""
    keys = [typed.key(name) for name in names]
    spelt = dict.fromkeys(part for key in keys for part in (key, initials(key)) if part)
    return f"|{'|'.join(spelt)}|" if spelt else ""


class WordsField(models.TextField[str, str]):
    """Words by which a row is found, made of the columns `of` whenever the row is saved or inserted in bulk; a column
    may hold several names. Whoever saves one of them alone saves this column with it."""

    def __init__(self, *args: Any, of: Sequence[str] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        super().__init__(*args, **{"editable": False, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        names = [name for column in self.of for name in _BETWEEN.split(str(getattr(model_instance, column)))]
        made = words_of(names)
        setattr(model_instance, self.attname, made)
        return made


def like(rows: QuerySet[Row], text: str, *, column: str = "words", also: Sequence[str] = ()) -> QuerySet[Row]:
    """Narrow to the rows in whose words every word typed occurs, or in one of the columns `also`."""
    for word in parted(text):
        found = Q(**{f"{column}__contains": typed.key(word)})
        for other in also:
            found |= Q(**{f"{other}__contains": typed.key(word)})
        rows = rows.filter(found)
    return rows


def nearness(text: str, *, column: str = "words") -> list[Case]:
    """Build the order of nearness to the last word typed: who bears it, whose word begins with it, the rest; [] when
    nothing was typed."""
    words = parted(text)
    if not words:
        return []
    last = typed.key(words[-1])
    whole, begins = Q(**{f"{column}__contains": f"|{last}|"}), Q(**{f"{column}__contains": f"|{last}"})
    return [
        Case(When(whole, then=Value(0)), When(begins, then=Value(1)), default=Value(2), output_field=IntegerField())
    ]


def found_among(rows: Iterable[Named], text: str, names: Callable[[Named], Iterable[str]]) -> list[Named]:
    """Find in the same way among rows without a `WordsField`, few enough to be read whole: all whose names hold every
    word typed, the nearest first, else in the order given."""
    keys = [typed.key(word) for word in parted(text)]
    told = [(row, words_of(names(row))) for row in rows]
    found = [(row, words) for row, words in told if all(key in words for key in keys)]
    if keys:
        found.sort(key=lambda pair: (f"|{keys[-1]}|" not in pair[1], f"|{keys[-1]}" not in pair[1]))
    return [row for row, _ in found]
