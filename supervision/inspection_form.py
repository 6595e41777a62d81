"""The sheet of 一案双督三查: for every item its answer and what was found."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from cases.forms.fields import DayInput
from supervision.inspection_items import ITEMS, Answer, Part

Known = Mapping[str, tuple[str, Answer | None]]


class InspectionForm(forms.Form):
    """`known`: what the file says of an item, and the answer that it proposes."""

    held_on = forms.DateField(label="督查日期", widget=DayInput, initial=timezone.localdate)
    conclusion = forms.CharField(
        label="督查结论", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请填写督查结论。"},
    )  # fmt: skip

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in ITEMS:
            fact, proposed = known.get(item.code, ("", None))
            hint = "，".join(filter(None, (item.article, fact)))
            choices = [("", "请选择"), *item.answers.choices]
            self.fields[item.code] = forms.ChoiceField(
                label=item.label, choices=choices, initial=proposed or "", help_text=hint,
                error_messages={"required": "请作出结论。"},
            )  # fmt: skip
            self.fields[f"{item.code}_finding"] = forms.CharField(
                label=f"{item.label}：发现的问题", required=False, max_length=500
            )

    @property
    def parts(self) -> list[tuple[str, list[tuple[BoundField, BoundField]]]]:
        """The fields under their headings."""
        return [
            (part.label, [(self[item.code], self[f"{item.code}_finding"]) for item in ITEMS if item.part is part])
            for part in Part
        ]

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """What was said, as the act takes it."""
        said = self.cleaned_data
        return {item.code: {"answer": said[item.code], "finding": said[f"{item.code}_finding"]} for item in ITEMS}
