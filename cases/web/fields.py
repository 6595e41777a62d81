"""Form fields of our own: a row picked by typing, people by the line, one answer for each request."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from rest_framework import serializers

from cases.vocabulary import Answer

LONGEST_ANSWER = 4000
_refuse_null = ProhibitNullCharactersValidator()


class DayInput(forms.DateInput):
    """A day picked from the browser's own calendar, which takes ISO days alone, whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PickInput(forms.TextInput):
    """A text box that finds rows while one types (`static/js/pick.js`); the code picked is what is sent."""

    template_name = "parts/pick.html"

    def __init__(self, *, source: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.source = source

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["source"] = self.source
        return context


# The columns that hold what people call a row.
_NAMES = frozenset({"name", "short_name", "level_3"})


class PickField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One row by its code. `source` names the address that answers what is typed."""

    def __init__(self, queryset: QuerySet[Any], *, source: str, **kwargs: Any) -> None:
        kwargs.setdefault("to_field_name", "code")
        super().__init__(queryset, widget=PickInput(source=source), **kwargs)

    def label_from_instance(self, obj: Model) -> str:
        return str(obj)

    def to_python(self, value: Any) -> Any:
        """Find the row of the code; what was typed without picking counts when exactly one row bears that very name."""
        try:
            return super().to_python(value)
        except ValidationError:
            row = self._named(str(value).strip())
            if row is None:
                raise
            return row

    def _named(self, name: str) -> Model | None:
        if self.queryset is None or "\x00" in name:  # PostgreSQL takes no such text
            return None
        columns = [field.name for field in self.queryset.model._meta.fields if field.name in _NAMES]
        bears_it = reduce(or_, (Q(**{column: name}) for column in columns), Q(pk__in=[]))
        found = list(self.queryset.filter(bears_it)[:2])
        return found[0] if len(found) == 1 else None


class LinesField(forms.CharField):
    """Several short texts, one a line. The API may send a list."""

    widget = forms.Textarea

    def __init__(self, *, max_lines: int, max_length: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_lines, self.longest = max_lines, max_length

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [line for line in (str(line).strip() for line in lines) if line]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(value) > self.max_lines:
            raise ValidationError(f"最多填写{self.max_lines}行。")
        if any(len(line) > self.longest for line in value):
            raise ValidationError(f"每行最多{self.longest}字。")

    def run_validators(self, value: Any) -> None:
        """Run the validators of a text on each line."""
        for line in value:
            super().run_validators(line)

    def json_field(self, **common: Any) -> serializers.ListField:
        """Describe a list of short texts."""
        line = serializers.CharField(max_length=self.longest, allow_blank=True)
        return serializers.ListField(child=line, max_length=self.max_lines, **common)


class AnswersInput(forms.Widget):
    """A choice and a text for each request: `answers-<order>-result`, `answers-<order>-text`."""

    template_name = "parts/answers.html"
    requests: tuple[Any, ...] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if not isinstance(data, QueryDict):
            return data.get(name) if isinstance(data, Mapping) else None
        return [
            {
                "order": request.order,
                "result": data.get(f"{name}-{request.order}-result", ""),
                "text": data.get(f"{name}-{request.order}-text", ""),
            }
            for request in self.requests
        ]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = {entry["order"]: entry for entry in value or [] if isinstance(entry, dict) and "order" in entry}
        context["widget"]["rows"] = [(request, given.get(request.order, {})) for request in self.requests]
        context["widget"]["choices"] = Answer.choices
        return context


class RequestAnswerInputSerializer(serializers.Serializer[Any]):
    """对一项诉求的处理意见。"""

    order = serializers.IntegerField(min_value=1, max_value=32767, label="诉求序号")
    result = serializers.ChoiceField(choices=Answer.choices, label="处理意见")
    text = serializers.CharField(max_length=LONGEST_ANSWER, label="答复内容")


class AnswersField(forms.Field):
    """Field that reads `[{"order": 1, "result": "support", "text": "…"}, …]` into {order: (result, text)}."""

    widget = AnswersInput

    def to_python(self, value: Any) -> dict[int, tuple[str, str]]:
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise ValidationError("应为每项诉求的答复列表，每条含 order、result、text。")
        try:
            return {int(entry["order"]): (str(entry["result"]), str(entry["text"]).strip()) for entry in value}
        except (KeyError, TypeError, ValueError) as fault:
            raise ValidationError("每条答复应含 order（序号）、result（处理意见）、text（答复内容）。") from fault

    def validate(self, value: Any) -> None:
        for order, (result, text) in value.items():
            if result not in Answer.values:
                raise ValidationError(f"请选择第{order}项诉求的处理意见。")
            if not text:
                raise ValidationError(f"请填写第{order}项诉求的答复内容。")
            if len(text) > LONGEST_ANSWER:
                raise ValidationError(f"第{order}项诉求的答复内容最多{LONGEST_ANSWER}字。")
            _refuse_null(text)

    def json_field(self, **common: Any) -> serializers.BaseSerializer[Any]:
        """Describe a list of answers."""
        return RequestAnswerInputSerializer(many=True, **common)
