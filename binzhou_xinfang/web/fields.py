"""Form fields of the house: a day, a row picked by typing, short texts by the line."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from rest_framework import serializers

from binzhou_xinfang.accounts.models import Unit


def mark_wanted(field: forms.Field) -> None:
    """Mark a field that must be filled here, though not in every matter: what is sent is judged by the verb."""
    field.is_marked = True  # type: ignore[attr-defined]


def is_wanted(field: forms.Field) -> bool:
    """Check that a field bears the mark of what must be filled."""
    return field.required or getattr(field, "is_marked", False)


class _Written(forms.widgets.DateTimeBaseInput):
    """A text box for a day, with the browser's calendar behind a button."""

    template_name = "parts/day.html"
    native: str
    example: str
    written: str

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off"} | (attrs or {}), format=self.written)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"native": self.native, "example": self.example}
        return context


class DayInput(_Written, forms.DateInput):
    """A day as the office writes it, typed (20261130, 11-30, 2026年11月30日) or picked; `day.js` writes it out.

    Not the browser's own field for days, which shows month and day in the order of the browser's language.
    """

    native, example, written = "date", "年-月-日", "%Y-%m-%d"


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
# More of one very name than anybody would read.
_NAMESAKES = 20


class PickField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One row by its code. `source` names the address that answers what is typed.

    A unit that is no more is offered to nobody, and refused when it is sent (by its code, from a page of yesterday);
    `takes_ended`: the field asks for what was, or its verb says better what to do.
    """

    def __init__(self, queryset: QuerySet[Any], *, source: str, takes_ended: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("to_field_name", "code")
        super().__init__(queryset, widget=PickInput(source=source), **kwargs)
        self.takes_ended = takes_ended

    def label_from_instance(self, obj: Model) -> str:
        return str(obj)

    def to_python(self, value: Any) -> Any:
        """Find the row of the code; what was typed without picking counts when exactly one row bears that very name."""
        try:
            row = super().to_python(value)
        except ValidationError:
            row = self._named(str(value).strip())
            if row is None:
                raise
        if self._is_over(row):
            raise ValidationError(f"{row}已撤销或并入其他单位，请选择承接其职权的单位。")
        return row

    def _is_over(self, row: Model | None) -> bool:
        return isinstance(row, Unit) and not self.takes_ended and not row.exists_on(timezone.localdate())

    def _named(self, name: str) -> Model | None:
        if self.queryset is None or "\x00" in name:  # PostgreSQL takes no such text
            return None
        columns = [field.name for field in self.queryset.model._meta.fields if field.name in _NAMES]
        bears_it = reduce(or_, (Q(**{column: name}) for column in columns), Q(pk__in=[]))
        matches = list(self.queryset.filter(bears_it)[:_NAMESAKES])
        standing = [row for row in matches if not self._is_over(row)] or matches
        return standing[0] if len(standing) == 1 else None


class LinesField(forms.CharField):
    """Several short texts, one a line. The API may send a list."""

    widget = forms.Textarea

    def __init__(self, *, max_lines: int, max_length: int, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
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


class PicksInput(forms.Textarea):
    """A list of rows, each found while one types (`static/js/picks.js`); its lines of codes are what is sent."""

    template_name = "parts/picks.html"

    def __init__(self, *, source: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 2} | (attrs or {}))
        self.source = source

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["source"] = self.source
        return context


def text(
    label: str, *, required: bool = True, help_text: str = "", rows: int = 4, max_length: int = 4000
) -> forms.CharField:
    """Make a text of several lines."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=max_length, widget=area, help_text=help_text)


def line(label: str, *, required: bool = True, max_length: int = 200, help_text: str = "") -> forms.CharField:
    """Make a text of one line."""
    return forms.CharField(label=label, required=required, max_length=max_length, help_text=help_text)


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """Make a day picked from a calendar."""
    return forms.DateField(label=label, required=required, widget=DayInput, help_text=help_text)


class MomentInput(_Written, forms.DateTimeInput):
    """A day and an hour, as `DayInput`."""

    native, example, written = "datetime-local", "年-月-日 时:分", "%Y-%m-%d %H:%M"


def moment(label: str, *, required: bool = True, help_text: str = "") -> forms.DateTimeField:
    """Make a day with its hour."""
    return forms.DateTimeField(label=label, required=required, widget=MomentInput, help_text=help_text)


def days(label: str, *, most: int = 365, initial: int | None = None, help_text: str = "自然日") -> forms.IntegerField:
    """Make a number of days."""
    return forms.IntegerField(label=label, min_value=1, max_value=most, initial=initial, help_text=help_text)
