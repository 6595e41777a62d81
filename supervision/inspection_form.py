"""The sheet of 一案双督三查: for every item its answer and what was found."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from cases.forms.fields import DayInput
from supervision.inspection_items import ITEMS, Item, Part, Standing

Known = Mapping[str, tuple[str, Standing | None]]


class InspectionForm(forms.Form):
    """`known`: what the file says of an item, and the answer that it proposes; `who`: who answers for a duty."""

    held_on = forms.DateField(label="督查日期", widget=DayInput, initial=timezone.localdate)
    conclusion = forms.CharField(
        label="督查结论", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请填写督查结论。"},
    )  # fmt: skip

    def __init__(self, *args: Any, known: Known, who: Mapping[str, str], **kwargs: Any) -> None:
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
            if item.part is Part.DUTIES:
                self.fields[f"{item.code}_who"] = forms.CharField(
                    label=f"{item.label}：责任单位、责任人", required=False, max_length=100,
                    initial=who.get(item.code, ""),
                )  # fmt: skip

    @property
    def parts(self) -> list[tuple[str, list[tuple[BoundField, BoundField, BoundField | None]]]]:
        """The fields under their headings: the answer, the finding and, of a duty, who answers for it."""
        return [(part.label, [self._fields_of(item) for item in ITEMS if item.part is part]) for part in Part]

    def _fields_of(self, item: Item) -> tuple[BoundField, BoundField, BoundField | None]:
        who = self[f"{item.code}_who"] if item.part is Part.DUTIES else None
        return self[item.code], self[f"{item.code}_finding"], who

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """What was said, as the act takes it."""
        said = self.cleaned_data
        return {
            item.code: {
                "answer": said[item.code], "finding": said[f"{item.code}_finding"],
                "who": said.get(f"{item.code}_who", ""),
            }
            for item in ITEMS
        }  # fmt: skip
