"""Words of people: a text that masks itself wherever it is shown, and is told in full by `in_full` alone.

Columns of what people wrote are `MaskedField`, `MaskedTextField` and `MaskedJSONField`; where it is of a matter, which
may be a report of wrongdoing on any day, `KeptField`, `KeptTextField` and `KeptJSONField`, which stand encrypted in the
database. What is read from any of them is a `Words`: a page, an f-string, a log line, a file name and an answer of the
API show it masked, while the database, searches and comparisons have the text itself. In a form, which would otherwise
keep the mask, `web.showing` tells it in full and logs that.
"""

from collections.abc import Mapping
from typing import Any, SupportsIndex

from django.db import models
from django.utils.html import escape
from django.utils.safestring import SafeString

from binzhou_xinfang.records.crypto import EncryptedJSONField, EncryptedTextField
from binzhou_xinfang.records.masking import mask_numbers


class Words(str):
    """A text of somebody's own; `str()`, formats and templates give it masked, its parts are `Words` too."""

    __slots__ = ()

    def __str__(self) -> str:
        return mask_numbers(in_full(self))

    def __repr__(self) -> str:
        return repr(str(self))

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __html__(self) -> SafeString:
        return escape(str(self))

    def __add__(self, other: str) -> "Words":
        return Words(str.__add__(self, other))

    def __radd__(self, other: str) -> "Words":
        return Words(str.__add__(other, self))

    def __getitem__(self, part: SupportsIndex | slice) -> "Words":
        return Words(str.__getitem__(self, part))

    def strip(self, chars: str | None = None) -> "Words":
        """Strip as `str` does."""
        return Words(super().strip(chars))

    def replace(self, old: str, new: str, count: SupportsIndex = -1) -> "Words":
        """Replace as `str` does."""
        return Words(super().replace(old, new, count))

    def split(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> list[str]:
        """Split as `str` does."""
        return [Words(part) for part in super().split(sep, maxsplit)]

    def splitlines(self, keepends: bool = False) -> list[str]:
        """Split into lines as `str` does."""
        return [Words(part) for part in super().splitlines(keepends)]


def in_full(text: str) -> str:
    """Give the text itself: for a paper that tells it, for a form, and for who asked with a reason that is logged."""
    return str.__str__(text) if isinstance(text, Words) else text


def told(value: Any) -> Any:
    """Mask every `Words` in lists and mappings, as JSON takes them."""
    if isinstance(value, Words):
        return str(value)
    if isinstance(value, Mapping):
        return {told(name): told(entry) for name, entry in value.items()}
    return [told(entry) for entry in value] if isinstance(value, list | tuple) else value


class _OfPeople:
    """Behaviour of both columns. For migrations they are columns of Django: the database knows no masks."""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Words | None:
        return None if value is None else Words(value)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()  # type: ignore[misc]  # of the Field beside
        return name, f"django.db.models.{self.of_django}", args, kwargs  # type: ignore[attr-defined]


class MaskedField(_OfPeople, models.CharField[str, str]):
    """Column of a short text that people wrote."""

    of_django = "CharField"


class MaskedTextField(_OfPeople, models.TextField[str, str]):
    """Column of a text that people wrote."""

    of_django = "TextField"


class MaskedJSONField(_OfPeople, models.JSONField):
    """Column of lists and mappings in which people wrote."""

    of_django = "JSONField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return _words(models.JSONField.from_db_value(self, value, expression, connection))


class KeptField(EncryptedTextField):
    """Encrypted column of a short text that people wrote."""

    def value_of(self, text: str) -> Words:
        return Words(text)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, f"{EncryptedTextField.__module__}.{EncryptedTextField.__qualname__}", args, kwargs


class KeptTextField(KeptField):
    """Encrypted column of a text that people wrote, of many lines."""


class KeptJSONField(EncryptedJSONField):
    """Encrypted column of lists and mappings in which people wrote."""

    def value_of(self, text: str) -> Any:
        return _words(super().value_of(text))

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, f"{EncryptedJSONField.__module__}.{EncryptedJSONField.__qualname__}", args, kwargs


def _words(value: Any) -> Any:
    """Make every text in lists and mappings `Words`; the names of a mapping stay."""
    if isinstance(value, str):
        return Words(value)
    if isinstance(value, dict):
        return {name: _words(entry) for name, entry in value.items()}
    return [_words(entry) for entry in value] if isinstance(value, list) else value
