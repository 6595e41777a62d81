"""The base of every form of the house: what is refused is said in the office's words, with the name of the field."""

import re
from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.forms.forms import BaseForm
from django.utils.functional import Promise

from binzhou_xinfang.undecided import Undecided

_IN_BRACKETS = re.compile(r"（[^（）]*）$")
_UNNAMED = "此项"
_LINE_ENDS = re.compile(r"\s*[\r\n]\s*")


class Speaking(BaseForm):
    """A form that says 请填写投诉内容 where the framework would say 这个字段是必填项.

    A sentence that a field or a validator declares itself stays; whatever Django would say is replaced.
    """

    def full_clean(self) -> None:
        super().full_clean()
        # `errors` would clean anew: they are there, or the form is not bound.
        for name, errors in vars(self).get("_errors", {}).items() if self.is_bound else ():
            said = sentences(self.fields[name]) if name in self.fields else _COMMON
            for error in errors.data:
                _say(error, said)


def _say(error: ValidationError, said: Mapping[str, str]) -> None:
    # What Django says is translated when it is shown; what we say is written already.
    if error.code and error.code in said and (isinstance(error.message, Promise) or error.code in _PASSWORDS):
        error.message, error.params = said[error.code] % (error.params or {}), None


class OfficeForm(Undecided, Speaking, forms.Form):
    """The base of all forms of ours; `tests/test_sentences.py` refuses another."""

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> object:
        """Read what was sent; what no browser's field of one line can hold, a program sends as one line too."""
        value = super()._widget_data_value(widget, html_name)  # type: ignore[misc]  # Django's own, of every version
        is_line = isinstance(widget, forms.TextInput) and widget.input_type == "text"
        return _LINE_ENDS.sub(" ", value) if is_line and isinstance(value, str) else value


def label_of(label: object) -> str:
    """Write the label as it stands in a sentence, without the unit or the hint in brackets at its end."""
    return _IN_BRACKETS.sub("", str(label or "")).strip() or _UNNAMED


def sentences(field: forms.Field) -> Mapping[str, str]:
    """List the sentences of a field by the code of the fault."""
    name = label_of(field.label)
    said = _COMMON | {"required": f"{_verb(field)}{name}。"}
    for kind, own in _BY_KIND:
        if isinstance(field, kind):
            said |= own
            break
    return {code: sentence.replace("{name}", name.replace("%", "%%")) for code, sentence in said.items()}


def _verb(field: forms.Field) -> str:
    if isinstance(field, forms.FileField):
        return "请附上"
    if isinstance(field, forms.BooleanField):
        return "请先核对，再勾选"
    return "请选择" if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)) else "请填写"


# Django writes these out at once.
_PASSWORDS = {
    "password_too_common": "密码太常见，容易被猜到，请另设一个。",
}
_COMMON = _PASSWORDS | {
    "max_length": "{name}最多%(limit_value)d字，现在是%(show_value)d字，请删减。",
    "min_length": "{name}至少%(limit_value)d字，请写具体些。",
    "max_value": "{name}不能大于%(limit_value)s。",
    "min_value": "{name}不能小于%(limit_value)s。",
    "step_size": "{name}应为%(limit_value)s的倍数。",
    "null_characters_not_allowed": "{name}含有无法识别的字符，请删去后重新填写。",
}
_NOT_OFFERED = "{name}不在可选的范围内，请从列表中选择。"
_NUMBER = {"invalid": "{name}应为数字。"}
# The first match counts, so a subclass stands before what it derives from.
_BY_KIND: tuple[tuple[type[forms.Field], Mapping[str, str]], ...] = (
    (
        forms.DecimalField,
        _NUMBER
        | {
            "max_digits": "{name}最多%(max)s位数字。",
            "max_decimal_places": "{name}最多%(max)s位小数。",
            "max_whole_digits": "{name}的整数部分最多%(max)s位。",
        },
    ),
    (forms.FloatField, _NUMBER),
    (forms.IntegerField, {"invalid": "{name}应为整数。"}),
    (forms.DateField, {"invalid": "{name}不是有效的日期，请按年月日填写，例如2026-03-05。"}),
    (forms.DateTimeField, {"invalid": "{name}不是有效的时间，请填写日期和时刻，例如2026-03-05 09:30。"}),
    (forms.TimeField, {"invalid": "{name}不是有效的时刻，例如09:30。"}),
    (forms.EmailField, {"invalid": "{name}的格式不对，应当像 name@example.com，请核对。"}),
    (forms.URLField, {"invalid": "{name}不是有效的网址，请核对。"}),
    (forms.UUIDField, {"invalid": "{name}的格式不对，请核对。"}),
    (
        forms.FileField,
        {
            "invalid": "{name}没有上传成功，请重新选择文件。",
            "missing": "{name}没有上传成功，请重新选择文件。",
            "empty": "{name}是空文件，请重新选择。",
            "max_length": "{name}的文件名最多%(max)d字，现在是%(length)d字，请改短后再上传。",
            "contradiction": "请或者上传{name}，或者勾选清除，不要同时选。",
        },
    ),
    (
        forms.ModelChoiceField,
        {
            "invalid_choice": _NOT_OFFERED,
            "invalid_list": "{name}应为一组选项。",
            "list": "{name}应为一组选项。",
            "invalid_pk_value": _NOT_OFFERED,
        },
    ),
    (
        forms.ChoiceField,
        {"invalid_choice": _NOT_OFFERED, "invalid_list": "{name}应为一组选项。"},
    ),
)
