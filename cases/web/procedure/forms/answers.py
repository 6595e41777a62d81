"""One answer for each request, as a field of the opinion's forms."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.http import QueryDict
from rest_framework import serializers

from binzhou_xinfang.web.input_serializers import InputSerializer
from cases.vocabulary import Answer

LONGEST_ANSWER = 4000
_refuse_null = ProhibitNullCharactersValidator()


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


class RequestAnswerInputSerializer(InputSerializer):
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
