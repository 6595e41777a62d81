"""Sheet of 一案双督三查 as a form: for every item its answer and the finding."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.undecided import EVERY
from binzhou_xinfang.web.fields import DayInput
from supervision.inspections.items import FOLLOWS, ITEMS, Item, Part, Standing

Known = Mapping[str, tuple[str, Standing | None]]


def _fields_for(item: Item) -> dict[str, forms.Field]:
    """Build the fields for the answer, the finding and, of a duty, who answers for it."""
    fields: dict[str, forms.Field] = {
        item.code: forms.ChoiceField(
            label=item.label, choices=[("", "请选择"), *item.answers.choices], help_text=item.article,
            error_messages={"required": "请作出结论。"},
        ),
        f"{item.code}_finding": forms.CharField(label=f"{item.label}：发现的问题", required=False, max_length=500),
    }  # fmt: skip
    if item.part is Part.DUTIES:
        label = f"{item.label}：责任单位、责任人"
        fields[f"{item.code}_who"] = forms.CharField(label=label, required=False, max_length=100)
    return fields


class SheetForm(OfficeForm):
    """Form of the sheet. `known`: what the file says of an item, and the answer that it proposes; `who`: who answers
    for a duty."""

    proposes = {EVERY: "卷宗能够核实的，督查人员可以改"}

    held_on = forms.DateField(label="督查日期", widget=DayInput, initial=timezone.localdate)
    conclusion = forms.CharField(
        label="督查结论", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请填写督查结论。"},
    )  # fmt: skip

    def __init__(self, *args: Any, known: Known, who: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, (fact, proposed) in known.items():
            field = self.fields[code]
            field.initial = proposed or ""
            field.help_text = "，".join(filter(None, (str(field.help_text), fact)))
        for code, name in who.items():
            self.fields[f"{code}_who"].initial = name

    def clean(self) -> dict[str, Any]:
        """Say at once of every item that is not in order and has no finding; the verb would refuse the first alone."""
        data = super().clean() or self.cleaned_data
        for item in ITEMS:
            if data.get(item.code) in FOLLOWS and not data.get(f"{item.code}_finding", "").strip():
                self.add_error(f"{item.code}_finding", "有问题的，请写明发现的问题。")
        return data

    @property
    def choosing(self) -> str:
        """The answers that ask for a finding, for the script that opens its field."""
        return json.dumps({item.code: {answer: [f"{item.code}_finding"] for answer in FOLLOWS} for item in ITEMS})

    @property
    def parts(self) -> list[tuple[str, list[tuple[BoundField, BoundField, BoundField | None]]]]:
        """The fields under their headings: the answer, the finding and, of a duty, who answers for it."""
        return [(part.label, [self._fields_of(item) for item in ITEMS if item.part is part]) for part in Part]

    def _fields_of(self, item: Item) -> tuple[BoundField, BoundField, BoundField | None]:
        who = self[f"{item.code}_who"] if item.part is Part.DUTIES else None
        return self[item.code], self[f"{item.code}_finding"], who


# The sheet as the table of items declares it; the API describes its input by the same fields.
InspectionForm: type[SheetForm] = type(
    "InspectionForm",
    (SheetForm,),
    {name: field for item in ITEMS for name, field in _fields_for(item).items()} | {"__module__": __name__},
)


def answers_in(said: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Read the answers of a sheet that has been validated, as the verb takes them."""
    return {
        item.code: {
            "answer": said[item.code], "finding": said[f"{item.code}_finding"],
            "who": said.get(f"{item.code}_who", ""),
        }
        for item in ITEMS
    }  # fmt: skip
