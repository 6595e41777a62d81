"""登记满意度评价: both objects on one sheet; each may be left for another day."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.fields import DayInput
from cases.evaluation.verbs import Said
from cases.models import AnswerChannel, EvaluationObject, Verdict
from cases.models.evaluation import LONGEST_REMARK

_VERDICTS = [("", "未评价"), *Verdict.choices]


def _verdict(about: EvaluationObject) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"对{about.label}的评价", choices=_VERDICTS, required=False, widget=forms.RadioSelect
    )


def _remark(about: EvaluationObject) -> forms.CharField:
    return forms.CharField(
        label=f"对{about.label}的意见",
        max_length=LONGEST_REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="信访人的原话或者要点，可以不填",
    )


class EvaluationForm(OfficeForm):
    """Form of the petitioner's answers when asked back. `open_for`: whom the page still asks about; the API may name
    both."""

    office_verdict = _verdict(EvaluationObject.OFFICE)
    office_remark = _remark(EvaluationObject.OFFICE)
    unit_verdict = _verdict(EvaluationObject.UNIT)
    unit_remark = _remark(EvaluationObject.UNIT)
    channel = forms.ChoiceField(label="评价方式", choices=AnswerChannel.choices)
    given_on = forms.DateField(label="评价日期", widget=DayInput, help_text="信访人作出评价的日期")

    def __init__(self, *args: Any, open_for: Collection[EvaluationObject] = tuple(EvaluationObject), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("given_on", timezone.localdate())
        for about in set(EvaluationObject) - set(open_for):
            for name in (f"{about.value}_verdict", f"{about.value}_remark"):
                self.fields[name].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Gather `said`, `channel` and `given_on`, as the verb takes them."""
        data = super().clean() or self.cleaned_data
        said = {about: self._said(about, data) for about in EvaluationObject if data.get(f"{about.value}_verdict")}
        for about in set(EvaluationObject) - set(said):
            if data.get(f"{about.value}_remark"):
                self.add_error(f"{about.value}_verdict", f"已填写对{about.label}的意见，请选择评价。")
        if not said and not self.errors:
            raise ValidationError("请至少选择对一个对象的评价。")
        return {"said": said, "channel": data.get("channel"), "given_on": data.get("given_on")}

    def _said(self, about: EvaluationObject, data: dict[str, Any]) -> Said:
        return Said(Verdict(data[f"{about.value}_verdict"]), data.get(f"{about.value}_remark", ""))
