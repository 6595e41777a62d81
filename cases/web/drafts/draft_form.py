"""Form of a letter written by hand: one field for each fact of its kind, all of which may still be missing."""

from functools import cache
from typing import Any

from django import forms

from binzhou_xinfang.letters.kinds import FACTS, LetterKind
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.fields import DayInput, LinesField
from cases.drafts.steps import DraftStep

# These steps ask for the reason.
ASK_WHY = (DraftStep.RETURN, DraftStep.DISCARD)


class LetterDraftForm(OfficeForm):
    """The base of all kinds: its cleaned data are the facts as `LetterDraft.facts` keeps them."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        plain = {name: value.isoformat() if name.endswith("_on") and value else value for name, value in data.items()}
        return {name: value for name, value in plain.items() if value}


@cache
def form_for(kind: LetterKind) -> type[LetterDraftForm]:
    """Build the form of the kind from its facts."""
    fields = {name: _field(name, is_needed=name in kind.required) for name in kind.facts}
    name = "".join(part.title() for part in kind.value.split("-"))
    return type(f"{name}DraftForm", (LetterDraftForm,), fields | {"__doc__": str(kind.label), "__module__": __name__})


def _field(name: str, *, is_needed: bool) -> forms.Field:
    common: dict[str, Any] = {
        "label": FACTS[name].label,
        "required": False,
        "help_text": "签发前必须填写" if is_needed else "",
    }
    if name.endswith("_on"):
        return forms.DateField(widget=DayInput, **common)
    if FACTS[name].is_list:
        lines = "每行一项" + ("，签发前必须填写" if is_needed else "")
        box = forms.Textarea(attrs={"rows": 4 if is_needed else 2})
        return LinesField(max_lines=40, max_length=1000, widget=box, **common | {"help_text": lines})
    if FACTS[name].is_short:
        return forms.CharField(max_length=200, **common)
    return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), **common)


class StepForm(OfficeForm):
    """Form for the reason of returning or discarding a draft."""

    note = forms.CharField(
        label="理由",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明理由。"},
    )


class PlainStepForm(OfficeForm):
    """A step that asks nothing."""


def form_of(step: DraftStep, kind: LetterKind) -> type[forms.Form]:
    """Choose the form of a step."""
    if step is DraftStep.REVISE:
        return form_for(kind)
    return StepForm if step in ASK_WHY else PlainStepForm
