"""Types of JSON values for form fields; their content is for the form to judge."""

from typing import Any, Protocol, runtime_checkable

from django import forms
from django.core.files.uploadedfile import UploadedFile
from rest_framework import serializers

from binzhou_xinfang.web.input_serializers import speak

TEXT = "应为文字"
LIST = "应为列表"
BROKEN_TEXT = "含有无法识别的字符"

# The first match counts; what is not named reads text.
SHAPES: tuple[tuple[type[forms.Field], tuple[type, ...], str], ...] = (
    (forms.FileField, (UploadedFile,), "应为文件"),
    (forms.BooleanField, (bool,), "应为 true 或 false"),
    (forms.DecimalField, (int, float, str), "应为数字"),
    (forms.FloatField, (int, float), "应为数字"),
    (forms.IntegerField, (int,), "应为整数"),
    (forms.ModelChoiceField, (int, str), "应为一个选项的值"),
    (forms.ChoiceField, (int, str), "应为一个选项的值"),
)


@runtime_checkable
class SpeaksJson(Protocol):
    """A form field with a list or an object for its value in JSON: it tells the shape itself."""

    def json_field(self, **common: Any) -> serializers.BaseSerializer[Any] | serializers.Field[Any, Any, Any, Any]:
        """Build the serializer field that describes and reads the value; `common`: label, required and the like."""


def shape_error(field: forms.Field, value: Any, *, as_text: bool = False) -> str:
    """Word the type that is wanted, or "". `as_text`: a form was sent, in which all values are text."""
    if value is None:
        return ""
    if isinstance(field, SpeaksJson) and not as_text:
        return _said_by(field, value)
    if as_text and isinstance(value, UploadedFile) and field.widget.needs_multipart_form:
        return ""
    types, sentence = _shape(field)
    if as_text and UploadedFile not in types:
        types = (*types, str)
    is_multiple = isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField))
    if as_text or not is_multiple:
        return _item_error(value, types, sentence)
    if not isinstance(value, list):
        return LIST
    return next((error for item in value if (error := _item_error(item, types, sentence))), "")


def _said_by(field: SpeaksJson, value: Any) -> str:
    declared = speak(field.json_field(required=False))
    if isinstance(declared, (serializers.ListField, serializers.ListSerializer)) and not isinstance(value, list):
        return LIST
    try:
        declared.run_validation(value)
    except serializers.ValidationError as wrong:
        return _first_sentence(wrong.detail)
    return ""


def _first_sentence(detail: Any) -> str:
    """Take the first sentence of a nest of errors; one about an item of a list says which."""
    if isinstance(detail, dict):
        place, inner = next(iter(detail.items()))
        return f"第{place + 1}项：{_first_sentence(inner)}" if isinstance(place, int) else _first_sentence(inner)
    if isinstance(detail, list):
        place, inner = next((place, inner) for place, inner in enumerate(detail) if inner)
        return f"第{place + 1}项：{_first_sentence(inner)}" if isinstance(inner, dict) else _first_sentence(inner)
    return str(detail)


def _shape(field: forms.Field) -> tuple[tuple[type, ...], str]:
    for form_type, types, sentence in SHAPES:
        if isinstance(field, form_type):
            return types, sentence
    return (str,), TEXT


def _item_error(value: Any, types: tuple[type, ...], sentence: str) -> str:
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        return sentence
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return BROKEN_TEXT
    return ""
