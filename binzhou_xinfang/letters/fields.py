"""The column that names the kind of a letter."""

from typing import TYPE_CHECKING, Any

from django.db import models

from binzhou_xinfang.letters.kinds import letter_kinds

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField


class LetterKindField(_CharField):
    """A letter kind by its value. A migration never names the kinds: a new one needs none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        given: dict[str, Any] = {"max_length": 40, "choices": letter_kinds} | kwargs
        super().__init__(*args, **given)

    def deconstruct(self) -> Any:
        """Tell migrations of a plain column of text."""
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, "django.db.models.CharField", args, kwargs
