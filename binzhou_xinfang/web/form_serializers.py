"""API serializers derived from the forms of the pages, so that both doors keep the same rules."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import CharField, TextField
from django.http import QueryDict
from rest_framework import serializers
from rest_framework.settings import api_settings

from binzhou_xinfang.web.json_shapes import SpeaksJson, shape_error

UNKNOWN = "没有这一项，请核对名称"

# The first match counts, so a subclass stands before what it derives from.
PLAIN_FIELDS: tuple[tuple[type[forms.Field], type[serializers.Field[Any, Any, Any, Any]]], ...] = (
    (forms.DecimalField, serializers.DecimalField),
    (forms.FloatField, serializers.FloatField),
    (forms.IntegerField, serializers.IntegerField),
    (forms.DateTimeField, serializers.DateTimeField),
    (forms.DateField, serializers.DateField),
    (forms.TimeField, serializers.TimeField),
    (forms.BooleanField, serializers.BooleanField),
    (forms.EmailField, serializers.EmailField),
    (forms.UUIDField, serializers.UUIDField),
    (forms.FileField, serializers.FileField),
)


class FormSerializer(serializers.Serializer[Any]):
    """Serializer that reads what its form reads. Arguments that the form wants go into the context as `form_kwargs`;
    `validated_data` is the form's `cleaned_data`; `form` is the bound form."""

    form_class: type[forms.BaseForm]
    form: forms.BaseForm

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Run the form and give its `cleaned_data`; raises `ValidationError` with the sentences per field."""
        given: Any = {} if data is serializers.empty else data
        if not isinstance(given, Mapping):
            raise serializers.ValidationError({api_settings.NON_FIELD_ERRORS_KEY: ["请发送一个对象"]})
        # A multipart body holds values and files in one mapping.
        bound: dict[str, Any] = {"data": given, "files": given}
        self.form = self.form_class(**bound, **self.context.get("form_kwargs", {}))
        if wrong := _wrong_shapes(self.form, given):
            raise serializers.ValidationError(wrong)
        if not self.form.is_valid():
            raise serializers.ValidationError(_sentences(self.form))
        return self.form.cleaned_data


@cache
def serializer_for(form_class: type[forms.BaseForm]) -> type[FormSerializer]:
    """Derive the serializer of a form class: it declares the form's fields (for the API's description) and validates by
    running the form. `AcceptForm` becomes `AcceptInput`."""
    base_fields: dict[str, forms.Field] = form_class.base_fields  # type: ignore[attr-defined]  # set by the metaclass
    fields = {name: _declare(field) for name, field in base_fields.items() if not field.disabled}
    name = f"{form_class.__name__.removesuffix('Form')}InputSerializer"
    about = {"form_class": form_class, "__module__": form_class.__module__, "__doc__": form_class.__doc__}
    return type(name, (FormSerializer,), fields | about)


def _wrong_shapes(form: forms.BaseForm, given: Mapping[str, Any]) -> dict[str, list[str]]:
    known = {form.add_prefix(name): field for name, field in form.fields.items() if not field.disabled}
    # A name may hold what no answer can be written with.
    wrong = {str(name).encode(errors="replace").decode(): UNKNOWN for name in given if name not in known}
    for name, field in known.items():
        if sentence := shape_error(field, given.get(name), as_text=isinstance(given, QueryDict)):
            wrong[name] = sentence
    return {name: [sentence] for name, sentence in wrong.items()}


def _sentences(form: forms.BaseForm) -> dict[str, list[str]]:
    sentences = {str(name): [str(error) for error in errors] for name, errors in form.errors.items()}
    if NON_FIELD_ERRORS in sentences:
        sentences[api_settings.NON_FIELD_ERRORS_KEY] = sentences.pop(NON_FIELD_ERRORS)
    return sentences


def _declare(field: forms.Field) -> serializers.Field[Any, Any, Any, Any]:
    common: dict[str, Any] = {
        "required": field.required,
        "allow_null": not field.required,
        "label": field.label and str(field.label),
        "help_text": str(field.help_text) or None,
        "write_only": True,
    }
    if isinstance(field, SpeaksJson):
        return field.json_field(**common)
    if isinstance(field, (forms.ModelChoiceField, forms.ChoiceField)):
        return _declare_choice(field, common)
    for form_type, serializer_type in PLAIN_FIELDS:
        if isinstance(field, form_type):
            return serializer_type(**common, **_bounds(field))
    lengths: dict[str, Any] = {
        "max_length": getattr(field, "max_length", None),
        "min_length": getattr(field, "min_length", None),
    }
    return serializers.CharField(**common, allow_blank=not field.required, **lengths)


def _bounds(field: forms.Field) -> dict[str, Any]:
    if not isinstance(field, forms.IntegerField):
        return {}
    bounds = {"min_value": field.min_value, "max_value": field.max_value}
    if isinstance(field, forms.DecimalField):
        bounds |= {"max_digits": field.max_digits, "decimal_places": field.decimal_places}
    return bounds


def _declare_choice(field: forms.Field, common: dict[str, Any]) -> serializers.Field[Any, Any, Any, Any]:
    if isinstance(field, forms.ModelChoiceField):
        one: type[serializers.Field[Any, Any, Any, Any]] = _key_type(field)
        if isinstance(field, forms.ModelMultipleChoiceField):
            return serializers.ListField(child=one(), allow_empty=not field.required, **common)
        return one(**common)
    choices = [(value, label) for value, label in _flat(getattr(field, "choices", ())) if value not in ("", None)]
    is_multiple = isinstance(field, forms.MultipleChoiceField)
    if not choices:
        # A list that the form fills when it is made has no values to name here.
        text = serializers.CharField(**({} if is_multiple else common | {"allow_blank": not field.required}))
        return serializers.ListField(child=text, **common) if is_multiple else text
    if is_multiple:
        return serializers.MultipleChoiceField(choices=choices, allow_empty=not field.required, **common)
    return serializers.ChoiceField(choices=choices, allow_blank=not field.required, **common)


def _key_type(field: "forms.ModelChoiceField[Any]") -> type[serializers.Field[Any, Any, Any, Any]]:
    if field.queryset is None:
        return serializers.CharField if field.to_field_name else serializers.IntegerField
    meta = field.queryset.model._meta
    column = meta.get_field(field.to_field_name) if field.to_field_name else meta.pk
    return serializers.CharField if isinstance(column, (CharField, TextField)) else serializers.IntegerField


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    pairs: list[tuple[Any, Any]] = []
    for value, label in choices:
        pairs += label if isinstance(label, (list, tuple)) else [(value, label)]
    return pairs
