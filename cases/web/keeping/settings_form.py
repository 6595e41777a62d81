"""The form of one item of 期限与参数, made of the shapes of its settings."""

from datetime import date, timedelta
from typing import Any

from django import forms

from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.statute.number_patterns import Pattern
from binzhou_xinfang.statute.setting_types import Ladder, OneOf, Shape, Switch, Value, Whole, rungs_of
from binzhou_xinfang.undecided import EVERY
from binzhou_xinfang.web.fields import DayInput
from cases.keeping.in_force import Item, Line


class SettingForm(OfficeForm):
    """A field for each setting of the item, then from which day and why. `values()`: what was typed, by key."""

    proposes = {EVERY: "现在生效的设定"}

    effective_from = forms.DateField(
        label="生效日期", widget=DayInput, help_text="从这一天起开始的期限按新设定计算，已经开始的不变"
    )
    reason = forms.CharField(
        label="理由", max_length=200, error_messages={"required": "请填写设定的理由。"},
        help_text="例如：市局办公会议决定，文号……",
    )  # fmt: skip

    def __init__(self, *args: Any, item: Item, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        own = {line.column: _field(line) for line in item.lines}
        self.fields = {**own, **self.fields}
        if any(line.parameter.is_kept for line in item.lines):
            self.fields["effective_from"].help_text = "从这一天起按新设定编号、遮盖，此前编定的号和制发的文书不变"
        self.initial = {"effective_from": on + timedelta(days=1), **self.initial}

    def clean(self) -> dict[str, Any]:
        """Read each setting by its shape, which gives the law's reason for a refusal."""
        data = super().clean() or {}
        for line in self.item.lines:
            if line.column in self.errors:
                continue
            try:
                data[line.column] = line.parameter.shape.read(data.get(line.column, ""))
            except ValueError as fault:
                self.add_error(line.column, str(fault))
        return data

    def values(self) -> dict[str, Value]:
        """Gather what was typed, by the keys of the settings; what is wrong is left out."""
        given = self.cleaned_data
        return {line.parameter.key: given[line.column] for line in self.item.lines if line.column in given}


def _field(line: Line) -> forms.Field:
    shape, value = line.parameter.shape, line.value
    if isinstance(shape, (Switch, OneOf)):
        choices = (
            [("true", shape.yes), ("false", shape.no)] if isinstance(shape, Switch) else list(shape.choices.items())
        )
        initial = str(value).lower() if isinstance(shape, Switch) else value
        return forms.ChoiceField(label=line.title, choices=choices, initial=initial, help_text=line.law)
    if isinstance(shape, Ladder):
        rungs = rungs_of(value)
        rows = forms.Textarea(attrs={"rows": len(rungs) + 2})
        initial = "\n".join(rung.words for rung in rungs)
        return forms.CharField(
            label="提醒阶梯（每行一级）", required=False, initial=initial, max_length=1000, widget=rows,
            help_text=f"{line.law}。到期前按不顺延的届满日数，超期按顺延后的届满日数；不提醒的留空",
        )  # fmt: skip
    if isinstance(shape, Pattern):
        return forms.CharField(
            label=line.title, initial=value, max_length=60, help_text=f"{line.law}；{_fields(shape)}"
        )
    unit = f"（{shape.unit}）" if isinstance(shape, Whole) and shape.unit else ""
    digits = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.CharField(
        label=f"{line.title}{unit}", initial=value, max_length=5, widget=digits,
        help_text=f"{line.law}{_bounds(shape)}", error_messages={"required": f"请填写{line.title}。"},
    )  # fmt: skip


def _fields(shape: Pattern) -> str:
    return "、".join(f"{{{name}}}为{label}" for name, label in shape.fields.items())


def _bounds(shape: Shape) -> str:
    if not isinstance(shape, Whole):
        return ""
    return f"，可设{shape.low}至{shape.high}" if shape.low < shape.high else "，不得改动"
