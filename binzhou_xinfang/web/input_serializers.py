"""The base of what the API reads without a form: it refuses in the same sentences as the pages."""

from collections.abc import Mapping
from typing import Any

from django.core.validators import BaseValidator
from django.utils.functional import Promise
from rest_framework import serializers

from binzhou_xinfang.sentences import label_of

Field = serializers.Field[Any, Any, Any, Any]
_NOT_OFFERED = "{name}不在可选的范围内，请核对。"
_SENTENCES: Mapping[str, str] = {
    "required": "请填写{name}。",
    "null": "请填写{name}。",
    "blank": "请填写{name}。",
    "empty": "请填写{name}，至少一项。",
    "invalid": "{name}的格式不对，请核对。",
    "invalid_choice": _NOT_OFFERED,
    "does_not_exist": _NOT_OFFERED,
    "incorrect_type": "{name}的格式不对，请核对。",
    "not_a_list": "{name}应为列表。",
    "not_a_dict": "{name}应为对象。",
    "max_string_length": "{name}太长，请核对。",
    "max_length": "{name}最多%(limit_value)s字（项）。",
    "min_length": "{name}至少%(limit_value)s字（项）。",
    "max_value": "{name}不能大于%(limit_value)s。",
    "min_value": "{name}不能小于%(limit_value)s。",
    "datetime": "{name}应为日期，不带时刻。",
    "date": "{name}应为日期和时刻。",
    "overflow": "{name}超出了可以表示的范围。",
}


class InputSerializer(serializers.Serializer[Any]):
    """The base of inputs; `tests/test_sentences.py` refuses another."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        for field in self.fields.values():
            speak(field)
        speak(self)
        return super().run_validation(data)


def speak(field: Field) -> Field:
    """Give a field, and what is inside it, the office's sentence for each fault that it would tell in DRF's words."""
    name = label_of(field.label)
    if name.isascii() and field.field_name:
        # Without a label of its own DRF makes one of the name: the program is told the name that it sent.
        name = field.field_name
    for code, message in field.error_messages.items():
        if isinstance(message, Promise) and code in _SENTENCES:
            field.error_messages[code] = _SENTENCES[code].replace("{name}", name)
    for validator in field.validators:
        # Its own words are formatted when they are shown; ours are a text.
        if isinstance(validator, BaseValidator) and not isinstance(validator.message, str):
            validator.message = _SENTENCES[validator.code].replace("{name}", name)
    inner = getattr(field, "child", None)
    if inner is not None:
        speak(inner)
    return field
