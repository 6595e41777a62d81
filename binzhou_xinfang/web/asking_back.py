"""Forms that ask back: what is improbable is answered with a question at its field, and goes through once confirmed."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from binzhou_xinfang.sentences import OfficeForm

CONFIRMED = "confirmed"


class AsksBack(OfficeForm):
    """A form with the field `confirmed`: the names of the fields whose improbable value is right all the same.

    A subclass lists in `may_ask` what it may ask about, declares `confirmed = confirming(may_ask)`, and calls
    `ask_back` from `clean`; `asked_and_confirmed` is what was asked and confirmed, for the event.
    """

    may_ask: ClassVar[Sequence[str]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked_about: set[str] = set()
        self.asked_and_confirmed: list[str] = []

    @property
    def confirmed_fields(self) -> list[str]:
        """The fields that were confirmed by what was sent."""
        value = self[CONFIRMED].value() if self.is_bound else None
        return [name for name in value or [] if name in self.may_ask] if isinstance(value, (list, tuple)) else []

    def ask_back(self, field: str, question: str) -> None:
        """Ask at the field, unless it was confirmed."""
        self.asked_about.add(field)
        if field in self.confirmed_fields:
            self.asked_and_confirmed.append(question)
        else:
            self.add_error(field, question)

    def asks_about(self, name: str) -> bool:
        """Check that the page shows the tick: the question was asked, or confirmed before."""
        return self.is_bound and (name in self.asked_about or name in self.confirmed_fields)


def confirming(fields: Sequence[str]) -> forms.MultipleChoiceField:
    """Make the field `confirmed`."""
    return forms.MultipleChoiceField(
        label="确认无误的项目",
        choices=[(name, name) for name in fields],
        required=False,
        help_text="填写不常见、经核对无误的项目；未确认的，系统会先提示核对",
    )
