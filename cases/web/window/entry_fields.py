"""Form fields of the entries of registration, made from their declaration."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.boundfield import BoundField

from binzhou_xinfang.accounts.models import PLACES as PLACE_KINDS
from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.words import KeptTextField
from binzhou_xinfang.typed import spelled
from binzhou_xinfang.web.fields import DayInput, PickField
from cases.entries.declaration import FOLDED, Entry, Nature, Pick, Row, asked_of
from cases.models import Petition, PetitionCase, Petitioner, Topic
from cases.window.identity import read_phone

FormClass = TypeVar("FormClass", bound=type[forms.Form])

PLACES = Unit.objects.filter(kind__in=PLACE_KINDS)
# What is picked from, and the address that answers what is typed.
_PICKED: dict[Pick, tuple[models.QuerySet[Any], str]] = {
    Pick.TOPIC: (Topic.objects.filter(is_current=True), "cases:topics"),
    Pick.PLACE: (PLACES, "cases:places"),
    Pick.BODY: (Unit.objects.exclude(kind=UnitKind.AREA), "cases:units"),
}


class NumberField(forms.CharField):
    """A number or code, spelled in one way however it was typed."""

    def to_python(self, value: Any) -> str:
        return spelled(super().to_python(value) or "")


class PhoneField(forms.CharField):
    """A number that can be dialled, as digits."""

    def clean(self, value: Any) -> str:
        try:
            return read_phone(super().clean(value))
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal


def asks(model: type[models.Model]) -> Callable[[FormClass], FormClass]:
    """Give a form class a field for every entry of the model; a field that the class declares itself stays."""

    def add(form_class: FormClass) -> FormClass:
        derived = {entry.name: field_of(entry) for entry in asked_of(model)}
        fields = {**derived, **form_class.base_fields}
        form_class.declared_fields = form_class.base_fields = fields
        return form_class

    return add


def field_of(entry: Entry) -> forms.Field:
    """Make the form field of an entry."""
    common: dict[str, Any] = {
        "label": entry.form_label or entry.words,
        "required": entry.is_required,
        "initial": entry.initial,
        "help_text": entry.help_text,
    }
    column = entry.column
    if entry.pick in _PICKED:
        queryset, source = _PICKED[entry.pick]
        return PickField(queryset, source=source, takes_ended=entry.pick is Pick.BODY, **common)
    if entry.choices:
        return forms.ChoiceField(choices=_choices(entry), **common)
    if isinstance(column, models.BooleanField):
        return forms.BooleanField(**common)
    if isinstance(column, models.DateField):
        return forms.DateField(widget=DayInput, **common)
    if isinstance(column, models.IntegerField):
        return forms.IntegerField(min_value=1, max_value=entry.most, **common)
    return _text_field(entry, common)


def _text_field(entry: Entry, common: dict[str, Any]) -> forms.Field:
    lengths: dict[str, Any] = {"max_length": entry.longest or entry.column.max_length, "min_length": entry.shortest}
    if entry.nature is Nature.PHONE:
        return PhoneField(**lengths, **common)
    if entry.nature is Nature.NUMBER:
        return NumberField(**lengths, **common)
    if entry.nature is Nature.EMAIL:
        return forms.EmailField(**common)
    if isinstance(entry.column, KeptTextField):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": entry.lines}), **lengths, **common)
    return forms.CharField(**lengths, **common)


def _choices(entry: Entry) -> list[tuple[Any, Any]]:
    choices = list(entry.choices.items())
    is_open = not entry.is_required and not entry.column.has_default() and "" not in entry.choices
    return [("", entry.empty), *choices] if is_open else choices


def taken(model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    """Take the columns of the model's entries from the cleaned data there is; what was left empty is the column's
    default."""
    return {entry.name: _or_default(entry, data[entry.name]) for entry in asked_of(model) if entry.name in data}


def _or_default(entry: Entry, value: Any) -> Any:
    return entry.column.get_default() if value == "" and entry.column.has_default() else value


@dataclass(frozen=True)
class Asked:
    """One entry with its field on the form."""

    entry: Entry
    bound: BoundField


@dataclass(frozen=True)
class AskedRow:
    """One row of the form: ticks stand below the other fields."""

    all: list[Asked]

    @property
    def fields(self) -> list[Asked]:
        return [one for one in self.all if not one.entry.is_tick]

    @property
    def ticks(self) -> list[Asked]:
        return [one for one in self.all if one.entry.is_tick]


def rows_of(form: forms.BaseForm) -> dict[str, AskedRow]:
    """Group what the form asks by the name of its row, in the order of declaration; `FOLDED` is all that is folded."""
    entries = [entry for model in (PetitionCase, Petitioner, Petition) for entry in asked_of(model)]
    asked = [Asked(entry, form[entry.name]) for entry in entries if entry.name in form.fields]
    rows = {row.name: AskedRow([one for one in asked if one.entry.row is row]) for row in Row}
    return rows | {"FOLDED": AskedRow([one for row in FOLDED for one in rows[row.name].all])}
