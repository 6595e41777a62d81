"""Choices that nobody has made yet: a list begins with 请选择, unless its form declares why it proposes a value."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.forms import BaseForm
from django.forms.models import BaseModelForm

UNDECIDED = "请选择"
# Stands for every field in `proposes`: a form that shows what is kept already.
EVERY = "*"
# Of what the framework would write for nothing.
_DASHES = ("---------", None)


class Undecided(BaseForm):
    """A form in which nobody decides by only sending it.

    `proposes`: the choices that may begin with a value, each with the reason; the initial value of any other is passed
    over, wherever it comes from.
    """

    proposes: ClassVar[Mapping[str, str]] = {}

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if is_decision(field) and not isinstance(self, BaseModelForm) and not self._may_propose(field_name):
            return None
        return super().get_initial_for_field(field, field_name)

    def __getitem__(self, name: str) -> BoundField:
        """Leave the choice open before it is shown or read."""
        field = self.fields.get(name)
        if field is not None and is_decision(field):
            self._leave_open(field, name)
        return super().__getitem__(name)

    def _may_propose(self, name: str) -> bool:
        return name in self.proposes or EVERY in self.proposes

    def _leave_open(self, field: forms.Field, name: str) -> None:
        if self.get_initial_for_field(field, name) not in ("", None):
            # For the check over all pages: it is meant.
            field.widget.attrs["data-proposed"] = ""
        elif isinstance(field, forms.ModelChoiceField):
            _leave_rows_open(field)
        elif isinstance(field.widget, forms.Select):
            choices = list(field.choices)  # type: ignore[attr-defined]  # of a ChoiceField
            if len(choices) > 1 and choices[0][0] != "":
                field.choices = [("", UNDECIDED), *choices]  # type: ignore[attr-defined]


def _leave_rows_open(field: forms.ModelChoiceField[Any]) -> None:
    # A list that the form wrote out itself is left as it is; where there is one row alone nothing is decided.
    is_only_row = field.empty_label is None and field.queryset is not None and len(field.queryset[:2]) == 1
    if field.empty_label in _DASHES and not is_only_row and not isinstance(field.widget.choices, list):
        field.empty_label = UNDECIDED


def is_decision(field: forms.Field) -> bool:
    """Check for one choice out of several, picked from a list or by a radio button."""
    is_choice = isinstance(field, forms.ChoiceField) and not isinstance(
        field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
    )
    return is_choice and isinstance(field.widget, (forms.Select, forms.RadioSelect))
