"""Columns by which an encrypted one beside them is found again: keyed digests, which tell nothing without the key."""

import hmac
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from binzhou_xinfang.records.crypto import digest

# A name is found in a longer text by its pieces of so many characters; a shorter one is a piece itself.
LONGEST_PIECE = 4
_DIGITS = 12


class _BesideField(models.Field[Any, Any]):
    """Behaviour of a column made of the column `of` whenever the row is saved or inserted in bulk. Whoever saves `of`
    alone saves this column with it."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"editable": False, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def made_of(self, words: str) -> Any:
        """Make the value of the words."""
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        made = self.made_of(str.__str__(getattr(model_instance, self.of)))
        setattr(model_instance, self.attname, made)
        return made


class NameDigestField(_BesideField, models.BinaryField[Any, Any]):
    """Digest of a name, the same for every spelling; look for `digest(name, kind="name")` in it."""

    def made_of(self, words: str) -> bytes:
        return digest(words, kind="name")


class PiecesField(_BesideField, models.TextField[str, str]):
    """Digests of the pieces of a text, in which `bears` finds whoever is named there."""

    def made_of(self, words: str) -> str:
        return pieces_of(words)


def pieces_of(text: str) -> str:
    """Digest each piece of one to four neighbouring characters, in an order that tells nothing of the text."""
    ends = ((start, start + size) for size in range(1, LONGEST_PIECE + 1) for start in range(len(text) - size + 1))
    return " ".join(sorted({_piece(text[start:end]) for start, end in ends}))


def bears(column: str, name: str) -> Q:
    """Build the condition that the text of which the column holds the pieces bears the name, which is not empty.
    Of a name longer than a piece all pieces are sought: their order is not told."""
    size = min(len(name), LONGEST_PIECE)
    found = Q()
    for start in range(len(name) - size + 1):
        found &= Q(**{f"{column}__contains": _piece(name[start : start + size])})
    return found


def _piece(text: str) -> str:
    return hmac.digest(settings.DIGEST_KEY.encode(), f"piece:{text}".encode(), "sha256").hex()[:_DIGITS]
